/** A credit sold at a till, paid for by the vendor's float. */
import type { FloatVendRequest } from '#lib/core/sync/wire.ts';
import type { Caller } from '../access/caller.ts';
import { sharedShift } from '../batch/open-shift.ts';
import type { Write } from '../database/open.ts';
import { prepared } from '../database/prepared.ts';
import { together } from '../database/together.ts';
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
	/** Null: in none, where none is needed. */
	readonly shiftBatchId: string | null;
	readonly names: SellerNames;
}

/** What a till says of a sale beside what is sold. */
export type TillSaleFacts = Pick<FloatVendRequest, 'operatorId' | 'tender' | 'amountMinor'>;

/**
 * In which shift a sale is. `needed`: the till's open one, and it is refused where there is none. Named: by the
 * till's journal, in which it was made already; it is in that shift if it is open, else in none, and in no other:
 * its money lies in the drawer of the shift that took it. `none`: a token made beforehand is not sold yet.
 */
export type ShiftNeed = 'needed' | NamedShift | 'none';
export interface NamedShift {
	readonly named: string;
}

export const nameOfShift = (need: ShiftNeed): string | undefined =>
	typeof need === 'object' ? need.named : undefined;

/**
 * Who sells, and in which shift. Order: `not-allowed` (not a till), `vendor-suspended`, `not-allowed` (the
 * operator is not one of this vendor's, or not the one who is signed in), `shift-needed`, `body-shape` (less
 * was handed over than the amount).
 */
export async function findTill(
	write: Write,
	caller: Caller,
	{ operatorId, tender, amountMinor }: TillSaleFacts,
	shiftNeed: ShiftNeed = 'needed',
): Promise<Till | Refusal> {
	const { vendorId, terminalId } = caller;
	if (vendorId === undefined || terminalId === undefined) return { refusal: 'not-allowed' };
	const { utilityId } = caller;
	const [[vendor], [operator], [shift]] = await together(write, [
		sellingVendor.with(write, { vendorId, utilityId }),
		operatorId === null ? null : activeOperator.with(write, { operatorId, vendorId }),
		shiftNeed === 'none' ? null : sharedShift(write, terminalId, nameOfShift(shiftNeed)),
	]);
	if (vendor?.state !== 'active') return { refusal: 'vendor-suspended' };
	if (!isOwnOperator(caller, operatorId, operator)) return { refusal: 'not-allowed' };
	if (shift === undefined && shiftNeed === 'needed') return { refusal: 'shift-needed' };
	if (tender.tenderedMinor < amountMinor) return TOO_LITTLE;
	const names = { vendor, operator };
	return { vendorId, terminalId, operatorId, shiftBatchId: shift?.id ?? null, names };
}

const sellingVendor = prepared<{ vendorId: string; utilityId: string }>()((db, given) =>
	db
		.selectFrom('vendor')
		.select(['state', 'name', 'commission_basis_points'])
		.where('id', '=', given('vendorId'))
		.where('utility_id', '=', given('utilityId')),
);

const activeOperator = prepared<{ operatorId: string; vendorId: string }>()((db, given) =>
	db
		.selectFrom('operator')
		.select('name')
		.where('id', '=', given('operatorId'))
		.where('vendor_id', '=', given('vendorId'))
		.where('state', '=', 'active'),
);

const TOO_LITTLE: Refusal = {
	refusal: 'body-shape',
	errors: [{ pointer: '/tender/tenderedMinor', detail: 'less than the amount' }],
};

/** Nobody named is the till itself. */
function isOwnOperator(
	caller: Caller,
	operatorId: string | null,
	found: SellerNames['operator'],
): boolean {
	if (caller.operatorId !== undefined && caller.operatorId !== operatorId) return false;
	return operatorId === null || found !== undefined;
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
