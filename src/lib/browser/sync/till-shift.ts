/**
 * Shifts at a till, and the sales and banking batches around them: opened and closed as entries of the journal,
 * counted up by the till itself, so that all of it works without the network.
 */
import type { BatchHereRow, TillSaleRow } from '#lib/browser/store/agent-rows.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { StoreFault, stored } from '#lib/browser/store/store-fault.ts';
import type { BatchClosingRequest, BatchTotals } from '#lib/core/sync/wire-vendors.ts';
import {
	expectedMoney,
	refusedMoney,
	tillTotals,
	type ExpectedMoney,
	type RefusedMoney,
} from '#lib/core/sync/till-totals.ts';
import { appendTillDeed } from './till-journal.ts';
import type { TillParts } from './till-ports.ts';
import { openRow } from './till-sales.ts';
import { openShiftOf } from './till-standing.ts';

type Parts = Pick<
	TillParts,
	'store' | 'operator' | 'journal' | 'newId' | 'nowMs' | 'operatorKeys' | 'tillKeys' | 'locks'
>;

/** One change of the batches at a time, over all tabs. */
const LOCK = 'tokenline-till-batches';

/** The open shift, or a new one with the batches around it that are not open. @throws {StoreFault} */
export function openShift(parts: Parts): Promise<BatchHereRow> {
	return parts.locks.request(LOCK, async () => {
		const banking = await openBatch(parts, 'banking', null);
		const sales = await openBatch(parts, 'sales', banking.id);
		return await openBatch(parts, 'shift', sales.id);
	});
}

async function openBatch(
	parts: Parts,
	kind: BatchHereRow['kind'],
	parentId: string | null,
): Promise<BatchHereRow> {
	const { store, operator, newId, nowMs } = parts;
	const here = await stored(() => findOpen(store, kind));
	if (here) return here;
	const operatorId = kind === 'shift' ? operator.operatorId : null;
	const row: BatchHereRow = {
		...{ id: newId(), kind, parentId, operatorId, state: 'open', openedAtMs: nowMs() },
		...{ closedAtMs: null, closing: null, totals: null },
	};
	const content = { batchId: row.id, request: { kind, parentId, operatorId } };
	const deed = { kind: 'batch-opened', content, operatorId: operator.operatorId } as const;
	await appendTillDeed(parts.journal, deed, () => store.batches.add(row));
	return row;
}

function findOpen(store: AgentStore, kind: BatchHereRow['kind']) {
	return store.batches
		.where('state')
		.equals('open')
		.filter((row) => row.kind === kind)
		.first();
}

/** X of an open batch, Z of a closed one. @throws {StoreFault} */
export async function batchTotals(parts: Parts, batchId: string): Promise<BatchTotals> {
	const { store } = parts;
	const batch = await stored(() => store.batches.get(batchId));
	if (batch?.totals) return batch.totals;
	await hearEnergy(parts, batchId);
	return stored(() => countUp(store, batchId));
}

/** What the tokens of a batch really carry is in the answers: opened here, where the PIN was given. */
async function hearEnergy(parts: Parts, batchId: string): Promise<void> {
	const rows = await stored(() => salesIn(parts.store, batchId));
	for (const row of rows) if (row.state === 'issued' && !row.energyHeard) await openRow(parts, row);
}

async function countUp(store: AgentStore, batchId: string): Promise<BatchTotals> {
	return tillTotals(await salesIn(store, batchId));
}

async function salesIn(store: AgentStore, batchId: string): Promise<TillSaleRow[]> {
	const shifts = await shiftsIn(store, batchId);
	return store.sales.where('shiftId').anyOf(shifts).toArray();
}

async function shiftsIn(store: AgentStore, batchId: string): Promise<string[]> {
	const all = await store.batches.toArray();
	const batch = all.find(({ id }) => id === batchId);
	if (batch?.kind === 'shift') return [batch.id];
	const within = all.filter(({ parentId }) => parentId === batchId);
	const shifts = await Promise.all(within.map(({ id }) => shiftsIn(store, id)));
	return shifts.flat();
}

/** What became of the money of a batch's refused sales. @throws {StoreFault} */
export async function refusedIn(
	{ store }: Pick<Parts, 'store'>,
	batchId: string,
	totals: BatchTotals,
): Promise<RefusedMoney> {
	const [sales, shifts] = await stored(() =>
		Promise.all([salesIn(store, batchId), shiftsIn(store, batchId)]),
	);
	return refusedMoney(totals, sales, shifts);
}

/** What should be in the drawer, and as slips. @throws {StoreFault} */
export async function expectedIn(
	{ store }: Pick<Parts, 'store'>,
	shiftId: string,
): Promise<readonly ExpectedMoney[]> {
	const sales = await stored(async () => {
		const own = await store.sales.where('shiftId').equals(shiftId).toArray();
		const settled = await store.sales.where('state').anyOf('refunded', 'replaced').toArray();
		const earlier = settled.filter((row) => row.settledIn === shiftId && row.shiftId !== shiftId);
		return [...own, ...earlier];
	});
	return expectedMoney(sales, shiftId);
}

/** @throws {StoreFault} nothing was closed. `other-tab`: there is no open shift any more */
export function closeShift(parts: Parts, closing: BatchClosingRequest): Promise<BatchHereRow> {
	return parts.locks.request(LOCK, async () => {
		const shift = await stored(() => openShiftOf(parts.store));
		if (!shift) throw new StoreFault('other-tab');
		return await closeBatch(parts, shift, closing);
	});
}

/**
 * Closes the sales and banking batches with what is brought to the bank.
 * @throws {StoreFault} nothing, or only the sales batch, was closed: the same again goes on. `other-tab`: a shift
 * is open, or there is nothing to bank
 */
export function bankBatches(parts: Parts, closing: BatchClosingRequest): Promise<BatchHereRow> {
	return parts.locks.request(LOCK, async () => {
		const { store } = parts;
		const [shift, sales, banking] = await stored(() =>
			Promise.all([openShiftOf(store), findOpen(store, 'sales'), findOpen(store, 'banking')]),
		);
		if (shift || !banking) throw new StoreFault('other-tab');
		if (sales) await closeBatch(parts, sales, closing);
		return await closeBatch(parts, banking, closing);
	});
}

/** A sale that came in between is counted, whichever tab made it. */
const CLOSING_TRIES = 5;

async function closeBatch(
	parts: Parts,
	batch: BatchHereRow,
	closing: BatchClosingRequest,
): Promise<BatchHereRow> {
	for (let tries = 1; ; tries += 1) {
		try {
			return await closeAsCounted(parts, batch, closing);
		} catch (cause) {
			const isOvertaken = cause instanceof StoreFault && cause.kind === 'other-tab';
			if (!isOvertaken || tries === CLOSING_TRIES) throw cause;
		}
	}
}

async function closeAsCounted(
	parts: Parts,
	batch: BatchHereRow,
	closing: BatchClosingRequest,
): Promise<BatchHereRow> {
	const { store, operator, nowMs } = parts;
	const totals = await batchTotals(parts, batch.id);
	const closed: BatchHereRow = { ...batch, state: 'closed', closedAtMs: nowMs(), closing, totals };
	const content = { batchId: batch.id, request: closing, totals };
	const deed = { kind: 'batch-closed', content, operatorId: operator.operatorId } as const;
	await appendTillDeed(parts.journal, deed, async () => {
		const here = await store.batches.get(batch.id);
		const now = await countUp(store, batch.id);
		if (here?.state !== 'open' || JSON.stringify(now) !== JSON.stringify(totals))
			throw new StoreFault('other-tab');
		await store.batches.put(closed);
	});
	return closed;
}

/** The latest first. @throws {StoreFault} */
export function listBatches({ store }: Pick<Parts, 'store'>, most: number) {
	return stored(() => store.batches.orderBy('openedAtMs').reverse().limit(most).toArray());
}

/** @throws {StoreFault} nothing was written: it is not printed */
export function noteReport(
	{ store }: Pick<Parts, 'store'>,
	batchId: string,
): Promise<{ readonly copy: number }> {
	return stored(() =>
		store.transaction('rw', store.batches, async () => {
			const copy = ((await store.batches.get(batchId))?.printed ?? 0) + 1;
			await store.batches.update(batchId, { printed: copy });
			return { copy };
		}),
	);
}
