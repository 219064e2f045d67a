/** A vendor's counter: a till with an open shift, an operator and a float that the ledger knows. */
import type { FloatVendRequest, VendAnswer } from '#lib/core/sync/wire.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import type { Backend } from '#lib/server/backend.ts';
import { transact } from '#lib/server/database/transact.ts';
import { book } from '#lib/server/ledger/book.ts';
import { transfer } from '#lib/server/ledger/entries.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { GUEST, MORNING_MS, mustBeTaken, newId } from './shop.ts';

export interface Counter {
	/** The till itself, as it signs. */
	readonly caller: Caller & { vendorId: string; terminalId: string };
	readonly operatorId: string;
	readonly shiftId: string;
}

export interface CounterWish {
	readonly vendorId?: string;
	readonly terminalId?: string;
	readonly floatMinor?: number;
	readonly creditLimitMinor?: number;
	readonly commissionBasisPoints?: number;
}

export async function openCounter(
	{ database }: Pick<Backend, 'database'>,
	{
		vendorId = 'corner-shop',
		terminalId = 'T-101',
		floatMinor = 1_000_000,
		creditLimitMinor = 0,
		commissionBasisPoints = 250,
	}: CounterWish = {},
): Promise<Counter> {
	const operatorId = newId();
	const shiftId = newId();
	const utility_id = GUEST.utilityId;
	await transact(database, async (write) => {
		await write
			.insertInto('vendor')
			.values({
				...{ id: vendorId, utility_id, name: 'Corner shop', state: 'active' },
				...{ float_minor: floatMinor, credit_limit_minor: creditLimitMinor },
				...{ commission_basis_points: commissionBasisPoints, blind_vend: 0 },
			})
			.execute();
		await write
			.insertInto('terminal')
			.values({
				...{ id: terminalId, utility_id, vendor_id: vendorId, name: 'Till', state: 'active' },
			})
			.execute();
		await write
			.insertInto('operator')
			.values({
				...{ id: operatorId, utility_id, login: operatorId, name: 'Wanjiru', roles: '["agent"]' },
				...{ vendor_id: vendorId, state: 'active' },
			})
			.execute();
		await write
			.insertInto('batch')
			.values({
				...{ id: shiftId, utility_id, vendor_id: vendorId, terminal_id: terminalId },
				...{ kind: 'shift', state: 'open', content_hash: shiftId },
				...{ opened_at_ms: MORNING_MS, opened_by: `operator:${operatorId}` },
			})
			.execute();
		if (floatMinor === 0) return;
		const float = { kind: 'agent-float', owner: vendorId } as const;
		await book(write, {
			...{ utilityId: utility_id, kind: 'opening', subjectId: vendorId },
			...{ atMs: MORNING_MS, currency: 'KES' },
			entries: transfer(floatMinor, { debit: 'bank', credit: float }, 'opening'),
		});
	});
	const caller = { ...GUEST, roles: ['terminal'] as const, vendorId, terminalId };
	return { caller, operatorId, shiftId };
}

/** A sale at the counter to which the customer agreed, whatever it buys, paid in exact coin. */
export function floatSaleOf(
	{ operatorId }: Counter,
	drn: string,
	amountMinor: number,
): FloatVendRequest {
	return {
		kind: 'credit',
		drn,
		amountMinor,
		currency: 'KES',
		agreed: { energyDeciKwh: 0, tariff: { id: 'domestic-flat', version: 1 } },
		operatorId,
		tender: { method: 'cash', tenderedMinor: amountMinor },
		requestedAtMs: MORNING_MS,
	};
}

/** Sells; answers as the till is answered. */
export async function sell(
	backend: Backend,
	counter: Counter,
	drn: string,
	amountMinor: number,
	id = newId(),
): Promise<{ id: string; status: number; answer: VendAnswer }> {
	const request = floatSaleOf(counter, drn, amountMinor);
	const { status, body } = mustBeTaken(await requestVend(backend, counter.caller, id, request));
	return { id, status, answer: JSON.parse(body) as VendAnswer };
}

export async function floatOf(
	{ database }: Pick<Backend, 'database'>,
	{ caller }: Counter,
): Promise<number> {
	const { float_minor: floatMinor } = await database
		.selectFrom('vendor')
		.select('float_minor')
		.where('id', '=', caller.vendorId)
		.executeTakeFirstOrThrow();
	return floatMinor;
}
