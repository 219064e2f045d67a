/** Closes a batch: its Z totals and what was counted are written once, and stand. */
import type { BatchAnswer, BatchClosingRequest } from '#lib/core/sync/wire-vendors.ts';
import { countCash, soldMoney } from '#lib/core/sync/count-cash.ts';
import { actorOf, type Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { contentHash } from '../content-hash.ts';
import { lockBatch } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { BatchRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { batchAnswer, type ClosedTotals } from './batch-answer.ts';
import { findBatch } from './batch-rows.ts';
import { readTotals } from './batch-totals.ts';

/**
 * The same closing again: the same answer. Order: `not-found`, `not-allowed` (a shift of another till, by a
 * till), `batch-closed` (with another count), `body-shape` (a denomination named twice), `batch-open` (one
 * in it is).
 */
export async function closeBatch(
	{ database, clock }: Backend,
	caller: Caller,
	id: string,
	request: BatchClosingRequest,
): Promise<BatchAnswer | Refusal> {
	const { hash } = contentHash(request);
	return await transact(database, async (write) => {
		await lockBatch(write, id);
		const row = await findBatch(write, caller, id);
		if (isRefusal(row)) return row;
		if (isOfAnotherTill(row, caller)) return { refusal: 'not-allowed' };
		if (row.state === 'closed')
			return row.closing_hash === hash
				? await batchAnswer(write, row)
				: { refusal: 'batch-closed' };
		const denied = namedTwice(request) ?? (await openChild(write, id));
		if (denied !== undefined) return denied;
		return await store(write, caller, row, { request, hash, nowMs: clock.nowMs() });
	});
}

function isOfAnotherTill(row: BatchRow, { terminalId }: Caller): boolean {
	return terminalId !== undefined && row.terminal_id !== null && row.terminal_id !== terminalId;
}

function namedTwice({ cash, others }: BatchClosingRequest): Refusal | undefined {
	const lists = [
		['/cash', cash.map(({ denominationMinor }) => denominationMinor)],
		['/others', others.map(({ payType }) => payType)],
	] as const;
	const twice = lists.find(([, names]) => new Set<unknown>(names).size < names.length);
	if (twice === undefined) return undefined;
	const errors = [{ pointer: twice[0], detail: 'expected each at most once' }];
	return { refusal: 'body-shape', errors };
}

async function openChild(write: Write, id: string): Promise<Refusal | undefined> {
	const child = await write
		.selectFrom('batch')
		.select('id')
		.where('parent_id', '=', id)
		.where('state', '=', 'open')
		.limit(1)
		.executeTakeFirst();
	return child && { refusal: 'batch-open', facts: { batch: child.id } };
}

async function store(
	write: Write,
	caller: Caller,
	row: BatchRow,
	{ request, hash, nowMs }: { request: BatchClosingRequest; hash: string; nowMs: number },
): Promise<BatchAnswer> {
	const totals = await readTotals(write, row);
	const closed: ClosedTotals = { totals, counted: countCash(soldMoney(totals), request) };
	const stored = await write
		.updateTable('batch')
		.set({
			...{ state: 'closed', closed_at_ms: nowMs, closed_by: actorOf(caller) },
			...{ closing_hash: hash, totals: JSON.stringify(closed) },
		})
		.where('id', '=', row.id)
		.returningAll()
		.executeTakeFirstOrThrow();
	const { differences } = closed.counted;
	const facts = {
		kind: row.kind,
		soldMinor: totals.sold.amountMinor,
		differenceMinor: differences.reduce((sum, each) => sum + each.differenceMinor, 0),
	};
	const deed = { action: 'batch-closed', subject: { kind: 'batch', id: row.id }, facts };
	await recordDeed(write, caller, deed, nowMs);
	return await batchAnswer(write, stored);
}
