/** How a vendor stands at this moment: what the till shows in its status line. */
import type { VendorStatus } from '#lib/core/sync/wire-vendors.ts';
import { sql } from 'kysely';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import { prepared } from '../database/prepared.ts';
import { accountId } from '../ledger/accounts.ts';
import { balanceOf } from '../ledger/book.ts';
import { currencyOf } from '../meter/currency.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { openShift } from '../batch/open-shift.ts';
import { findVendor, vendorShape } from './vendors.ts';

/** Order: `not-allowed` (no till and nobody of a vendor), `not-found`. */
export async function readVendorStatus(
	{ database, clock }: Backend,
	caller: Caller,
): Promise<VendorStatus | Refusal> {
	const { vendorId, terminalId, utilityId } = caller;
	if (vendorId === undefined) return { refusal: 'not-allowed' };
	const row = await findVendor(database, caller, vendorId);
	if (isRefusal(row)) return row;
	const payable = { kind: 'commission-payable', owner: vendorId } as const;
	return {
		vendor: vendorShape(row, await currencyOf(database, utilityId)),
		...(await inTheMaking(database, vendorId)),
		commissionMinor: 0 - (await balanceOf(database, accountId(utilityId, payable))),
		shiftBatchId:
			terminalId === undefined ? null : ((await openShift(database, terminalId)) ?? null),
		asOfMs: clock.nowMs(),
	};
}

/** The few vends that are not final, of all, first: a vendor's own are many. */
export async function inTheMaking(
	database: Database,
	vendorId: string,
): Promise<Pick<VendorStatus, 'heldMinor' | 'queued'>> {
	const row = await unfinishedOf.first(database, { vendorId });
	return { heldMinor: Number(row?.held), queued: Number(row?.queued) };
}

/** The same as a query, to be asked together with others: one row, `held` and `queued`. */
export const unfinishedOf = prepared<{ vendorId: string }>()((database, given) =>
	database
		.with(
			(cte) => cte('unfinished').materialized(),
			(db) =>
				db
					.selectFrom('vend')
					.select(['vendor_id', 'funding', 'amount_minor'])
					// Written out, so that the index of those in the making is found to hold them.
					.where('state', 'in', [sql.lit<'paid'>('paid'), sql.lit<'issuing'>('issuing')]),
		)
		.selectFrom('unfinished')
		.select(({ fn, val, eb }) => [
			fn
				.coalesce(
					fn.sum<number>(
						eb.case().when('funding', '=', 'float').then(eb.ref('amount_minor')).else(0).end(),
					),
					val(0),
				)
				.as('held'),
			fn.countAll<number>().as('queued'),
		])
		.where('vendor_id', '=', given('vendorId')),
);
