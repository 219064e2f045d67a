/** What a customer who waits at the desk is told of a sale that is on the disk. Never throws: it was sold. */
import { liveQuery } from 'dexie';
import type { TillSaleRow } from '#lib/browser/store/agent-rows.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import type { OpenedSale, SaleDetails, SellOutcome } from './till-desk.ts';
import { ANSWER_WITHIN_MS, hasLeft } from '#lib/core/sync/till-sale-state.ts';
import { within } from './till-meters.ts';
import type { TillParts } from './till-ports.ts';
import { MONEY_IS_HERE } from '#lib/browser/store/agent-sales.ts';
import { openRow, salePlace } from './till-sales.ts';

/** Hands it in, and waits for the backend's word where one was promised at once. */
export async function answerTo(parts: TillParts, written: TillSaleRow): Promise<SellOutcome> {
	let row = written;
	try {
		parts.kick();
		if (row.promise === 'token') row = await awaitAnswer(parts, row);
		return outcomeOf(await openRow(parts, row));
	} catch {
		const state = row.state === 'asked' ? 'provisional' : row.state;
		return { kind: 'provisional', sale: await openWritten(parts, { ...row, state }) };
	}
}

/** What a sale that is on the disk is to the customer who waits. */
export function outcomeOf(sale: OpenedSale): SellOutcome {
	const { state, code } = sale.row;
	if (state === 'issued') return { kind: 'issued', sale };
	if (MONEY_IS_HERE.has(state)) return { kind: 'refused', sale, code: code ?? 'internal-error' };
	return { kind: 'provisional', sale };
}

/** What was written a moment ago, when even reading it again fails. */
async function openWritten({ operatorKeys }: TillParts, row: TillSaleRow): Promise<OpenedSale> {
	const details = await operatorKeys.open(salePlace(row.id), row.sealed).catch(() => undefined);
	return { row, details: (details as SaleDetails | undefined) ?? null, answer: null };
}

/** The row with the backend's word, or, after `ANSWER_WITHIN_MS`, as one with a provisional receipt. */
async function awaitAnswer(parts: TillParts, row: TillSaleRow): Promise<TillSaleRow> {
	const { store, timer } = parts;
	const watch = watchSale(parts, row.id);
	try {
		const heard = await within(timer, ANSWER_WITHIN_MS, watch.settled);
		if (heard) return heard;
	} finally {
		watch.stop();
	}
	const late = await stored(() => giveUpWaiting(store, row.id));
	return late ?? row;
}

function giveUpWaiting(store: AgentStore, id: string): Promise<TillSaleRow | undefined> {
	return store.transaction('rw', store.sales, async () => {
		const here = await store.sales.get(id);
		if (here?.state !== 'asked') return here;
		const next: TillSaleRow = { ...here, state: 'provisional' };
		await store.sales.put(next);
		return next;
	});
}

/**
 * Sales whose page died while it waited for the answer: their customers are due a provisional receipt like any
 * other without an answer. @throws {StoreFault}
 */
export async function settleUnanswered({
	store,
	nowMs,
}: Pick<TillParts, 'store' | 'nowMs'>): Promise<void> {
	await stored(async () => {
		const asked = await store.sales.where('state').equals('asked').toArray();
		const late = asked.filter((row) => hasLeft(row, nowMs()));
		for (const { id } of late) await giveUpWaiting(store, id);
	});
}

function watchSale({ store }: TillParts, id: string) {
	let stop = () => {};
	const settled = new Promise<TillSaleRow | undefined>((resolve) => {
		const watching = liveQuery(() => store.sales.get(id)).subscribe({
			next: (row) => {
				if (row && row.state !== 'asked') resolve(row);
			},
			error: () => resolve(undefined),
		});
		stop = () => watching.unsubscribe();
	});
	return { settled, stop: () => stop() };
}
