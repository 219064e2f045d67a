/** A credit sold at a till, paid for by the vendor's float. */
import type { FloatVendRequest } from '#lib/core/sync/wire.ts';
import type { Caller } from '../access/caller.ts';
import { shareShift } from '../batch/open-shift.ts';
import type { Write } from '../database/open.ts';
import type { MeterFacts } from '../meter/find-meter.ts';
import type { Refusal } from '../refusal.ts';
import { acceptNow, type Accepted } from './accept-now.ts';
import { askerColumns } from './asker.ts';
import { newVend, type VendDraft } from './new-vend.ts';
import type { SellerNames } from './seller.ts';

/** Where a till sells: found before the meter is looked at. */
export interface Till {
	readonly vendorId: string;
	readonly terminalId: string;
	readonly operatorId: string | null;
	readonly shiftBatchId: string;
	readonly names: SellerNames;
}

/**
 * Who sells, and in which shift. Order: `not-allowed` (not a till), `vendor-suspended`, `not-allowed` (the
 * operator is not one of this vendor's, or not the one who is signed in), `shift-needed`, `body-shape` (less
 * was handed over than the amount).
 */
export async function findTill(
	write: Write,
	caller: Caller,
	{ operatorId, tender, amountMinor }: FloatVendRequest,
): Promise<Till | Refusal> {
	const { vendorId, terminalId } = caller;
	if (vendorId === undefined || terminalId === undefined) return { refusal: 'not-allowed' };
	const vendor = await write
		.selectFrom('vendor')
		.select(['state', 'name', 'commission_basis_points'])
		.where('id', '=', vendorId)
		.where('utility_id', '=', caller.utilityId)
		.executeTakeFirst();
	if (vendor?.state !== 'active') return { refusal: 'vendor-suspended' };
	const operator = await ownOperator(write, caller, operatorId);
	if (operator === 'not-own') return { refusal: 'not-allowed' };
	const shift = await shareShift(write, terminalId);
	if (shift === undefined) return { refusal: 'shift-needed' };
	if (tender.tenderedMinor < amountMinor) return TOO_LITTLE;
	const names = { vendor, operator };
	return { vendorId, terminalId, operatorId, shiftBatchId: shift, names };
}

const TOO_LITTLE: Refusal = {
	refusal: 'body-shape',
	errors: [{ pointer: '/tender/tenderedMinor', detail: 'less than the amount' }],
};

/** Nobody named is the till itself. */
async function ownOperator(
	write: Write,
	caller: Caller,
	operatorId: string | null,
): Promise<SellerNames['operator'] | 'not-own'> {
	if (caller.operatorId !== undefined && caller.operatorId !== operatorId) return 'not-own';
	if (operatorId === null) return undefined;
	const operator = await write
		.selectFrom('operator')
		.select('name')
		.where('id', '=', operatorId)
		.where('vendor_id', '=', caller.vendorId ?? null)
		.where('state', '=', 'active')
		.executeTakeFirst();
	return operator ?? 'not-own';
}

/** Refusals: `acceptNow`. */
export async function acceptFloatVend(
	write: Write,
	{ id, request, till }: { id: string; request: FloatVendRequest; till: Till },
	caller: Caller,
	facts: MeterFacts,
	nowMs: number,
): Promise<Accepted | Refusal> {
	const draft: VendDraft = {
		id,
		kind: 'credit',
		funding: 'float',
		state: 'paid',
		...askerColumns(caller),
		operator_id: till.operatorId,
		shift_batch_id: till.shiftBatchId,
		amount_minor: request.amountMinor,
		notify_phone: request.notifyPhone ?? null,
	};
	const row = newVend(draft, request, facts, nowMs);
	return await acceptNow(write, row, facts, nowMs, till.names);
}
