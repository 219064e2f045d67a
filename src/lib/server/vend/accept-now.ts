/**
 * Takes in a vend that waits for nobody: accepted and begun in one transaction, unless another vend of its
 * meter is in the making, which it then follows.
 */
import type { CompiledQuery } from 'kysely';
import { insertion } from '../database/insertion.ts';
import type { Write } from '../database/open.ts';
import type { VendRow } from '../database/schema.ts';
import type { MeterFacts } from '../meter/find-meter.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { bookingOfHold, writeHolding } from './held-money.ts';
import type { IssueOrder } from './issue-order.ts';
import { planIssue } from './plan-issue.ts';
import { begunColumns, commitmentOf, prepareIssue } from './prepare-issue.ts';
import type { SellerNames } from './seller.ts';
import { storedRequest } from './stored-request.ts';

/** The row as it was written, and what is to be carried out now; null: not now. */
export interface Accepted {
	readonly row: VendRow;
	readonly order: IssueOrder | null;
}

/**
 * The row is `paid` and not written yet; the meter is locked. Order: those of the plan (`planIssue`), of the
 * TID. Refused: nothing was written. @throws {TakenBack} `float-exhausted`
 */
export async function acceptNow(
	write: Write,
	row: VendRow,
	facts: MeterFacts,
	nowMs: number,
	names?: SellerNames,
): Promise<Accepted | Refusal> {
	if (facts.isBusy) return await acceptForLater(write, row, facts, nowMs);
	const prepared = await prepareIssue(write, row, facts, nowMs, names);
	if (isRefusal(prepared)) return prepared;
	const quoted_waterfall = JSON.stringify(prepared.order.waterfall);
	const begun = { ...row, quoted_waterfall, ...begunColumns(prepared) };
	await writeHolding(write, begun, [
		...takingIn(write, begun, nowMs),
		...commitmentOf(write, row.drn, prepared),
	]);
	return { row: begun, order: prepared.order };
}

/** Held and waiting: the first transaction is somebody else's, when the meter is free. */
export async function acceptForLater(
	write: Write,
	row: VendRow,
	facts: MeterFacts,
	nowMs: number,
): Promise<Accepted | Refusal> {
	const plan = planIssue(storedRequest(row), facts, nowMs);
	if (isRefusal(plan)) return plan;
	const waiting = { ...row, quoted_waterfall: JSON.stringify(plan.waterfall) };
	await writeHolding(write, waiting, takingIn(write, waiting, nowMs));
	return { row: waiting, order: null };
}

/** The row, and the money held for it in the books. */
function takingIn(write: Write, row: VendRow, nowMs: number): CompiledQuery[] {
	return [insertion(write, 'vend', [row]), ...bookingOfHold(write, row, nowMs)];
}
