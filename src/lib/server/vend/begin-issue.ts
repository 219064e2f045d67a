/**
 * The first transaction of an issue: the money is here, so the price is fixed, the account moved on and
 * the TID reserved, all of it written down before the security module is asked. From then on the vend can
 * be finished by anyone who finds it, and never needs to be begun again.
 */
import type { VendRequest } from '#lib/core/sync/wire.ts';
import type { AccountState } from '#lib/core/vending/tariff.ts';
import type { Waterfall } from '#lib/core/vending/waterfall.ts';
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import type { SupplyGroupKeyRow, VendRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { findMeter, storeAccount, utilityShape, type MeterFacts } from '../meter/find-meter.ts';
import { maskName } from '../meter/mask-name.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { checkSale, nextTid } from './check-sale.ts';
import { refuseVend } from './refuse-vend.ts';
import { checkAgreement } from './request-vend.ts';

/** All that the token and the receipt are made from, whoever makes them and whenever. */
export interface IssueOrder {
	readonly vendId: string;
	readonly drn: string;
	readonly slot: string;
	readonly sgc: string;
	readonly krn: number;
	readonly kt: number;
	readonly baseYear: number;
	readonly ti: string;
	readonly ea: 7 | 11;
	readonly tct: string;
	readonly tid: number;
	readonly waterfall: Waterfall;
	/** The account without this vend, should the security module refuse it for good. */
	readonly accountBefore: AccountState;
	readonly tariffName: string;
	readonly customerMasked: string;
	readonly utility: ReturnType<typeof utilityShape>;
}

/** What there is to do: an order to carry out, or nothing, or not yet (another vend of the meter is first). */
export type Begun = { order: IssueOrder } | 'final' | 'waits';

export async function beginIssue({ database, clock }: Backend, id: string): Promise<Begun> {
	return await transact(database, async (write): Promise<Begun> => {
		const row = await write
			.selectFrom('vend')
			.selectAll()
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		if (row.state === 'issuing' && row.issue_order !== null)
			return { order: JSON.parse(row.issue_order) as IssueOrder };
		if (row.state !== 'paid') return row.state === 'awaiting-payment' ? 'waits' : 'final';
		if (await isMeterBusy(write, row.drn)) return 'waits';
		const nowMs = clock.nowMs();
		const order = await decideOrder(write, row, nowMs);
		if (isRefusal(order)) {
			await refuseVend(write, row, order.refusal, nowMs);
			return 'final';
		}
		await write
			.updateTable('vend')
			.set({
				state: 'issuing',
				state_at_ms: nowMs,
				issue_order: JSON.stringify(order),
				tid: order.tid,
				base_year: order.baseYear,
			})
			.where('id', '=', id)
			.execute();
		return { order };
	});
}

async function isMeterBusy(write: Write, drn: string): Promise<boolean> {
	const other = await write
		.selectFrom('vend')
		.select('id')
		.where('drn', '=', drn)
		.where('state', '=', 'issuing')
		.executeTakeFirst();
	return other !== undefined;
}

/** Prices once more, on the account as it is now, and reserves. Refused as when the sale was taken in. */
async function decideOrder(
	write: Write,
	row: VendRow,
	nowMs: number,
): Promise<IssueOrder | Refusal> {
	const facts = await findMeter(write, { utilityId: row.utility_id }, row.drn, nowMs);
	if (isRefusal(facts)) return facts;
	const price = checkSale(facts, { amountMinor: row.amount_minor, currency: row.currency }, nowMs);
	if (isRefusal(price)) return price;
	const disagreement = checkAgreement(JSON.parse(row.request) as VendRequest, price);
	if (disagreement !== undefined) return disagreement;
	const reserved = await reserveTid(write, row.drn, facts.key, nowMs);
	if (isRefusal(reserved)) return reserved;
	await storeAccount(write, row.drn, price.accountAfter);
	return orderOf(row, facts, reserved, price.waterfall);
}

/** Strictly above every TID the meter was given under this base date, whatever key it was under. */
async function reserveTid(
	write: Write,
	drn: string,
	key: SupplyGroupKeyRow | undefined,
	nowMs: number,
): Promise<{ tid: number; key: SupplyGroupKeyRow } | Refusal> {
	if (key === undefined) return { refusal: 'vending-key-unknown' };
	const last = await write
		.selectFrom('tid_high_water')
		.select('last_tid')
		.where('drn', '=', drn)
		.where('base_year', '=', key.base_year)
		.executeTakeFirst();
	const next = nextTid(key, last?.last_tid, nowMs);
	if (isRefusal(next)) return next;
	if (last === undefined)
		await write
			.insertInto('tid_high_water')
			.values({ drn, base_year: key.base_year, last_tid: next.tid })
			.execute();
	else
		await write
			.updateTable('tid_high_water')
			.set({ last_tid: next.tid })
			.where('drn', '=', drn)
			.where('base_year', '=', key.base_year)
			.execute();
	return { tid: next.tid, key };
}

function orderOf(
	row: VendRow,
	{ meter, utility, tariff, account }: MeterFacts,
	{ tid, key }: { tid: number; key: SupplyGroupKeyRow },
	waterfall: Waterfall,
): IssueOrder {
	return {
		vendId: row.id,
		drn: meter.drn,
		slot: key.slot,
		sgc: meter.sgc,
		krn: meter.krn,
		kt: key.kt,
		baseYear: key.base_year,
		ti: meter.ti,
		ea: meter.ea === 11 ? 11 : 7,
		tct: meter.tct,
		tid,
		waterfall,
		accountBefore: account,
		tariffName: tariff.name,
		customerMasked: maskName(meter.owner_name),
		utility: utilityShape(utility),
	};
}
