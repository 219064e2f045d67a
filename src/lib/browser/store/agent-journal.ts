/**
 * The till's journal as rows: added at the end, never changed, and how far each entry is. What an entry tells
 * of is written with it, in one transaction, or neither is.
 */
import Dexie from 'dexie';
import { EMPTY_JOURNAL, type JournalHead } from '#lib/core/sync/journal-chain.ts';
import type { SignedTillEntry } from '#lib/core/sync/till-journal.ts';
import { isOwed, isUnsold, startProgress } from '#lib/core/sync/till-outbox.ts';
import type { TillEntryHereRow, TillProgressRow } from './agent-rows.ts';
import type { AgentStore } from './agent.ts';
import { StoreFault, stored } from './store-fault.ts';

/**
 * What becomes true together with an entry, written by its caller inside the entry's own transaction: it may
 * await nothing but the store's tables (`entries`, `progress` and those of `ALONGSIDE_TABLES`). What it throws
 * undoes everything; `StoreFault('other-tab')` is for rows that another tab has changed meanwhile.
 */
export type TillAlongside = (entry: SignedTillEntry) => PromiseLike<unknown>;

/** The tables that an entry may change rows of. */
export const ALONGSIDE_TABLES = [
	'till',
	'operators',
	'sales',
	'customers',
	'batches',
	'reserve',
	'prints',
	'sealed',
	'gone',
] as const satisfies readonly (keyof AgentStore)[];

/** Where a device's journal ends here. @throws {StoreFault} */
export async function readTillHead(store: AgentStore, deviceId: string): Promise<JournalHead> {
	const last = await stored(() => entriesOf(store, deviceId).last());
	return last ? { sequence: last.sequence, hash: last.hash } : EMPTY_JOURNAL;
}

/** The last entry up to which the backend has said of every one that it has it; 0: of none. @throws {StoreFault} */
export async function readAcknowledged(store: AgentStore, deviceId: string): Promise<number> {
	const [head, owed] = await Promise.all([
		readTillHead(store, deviceId),
		stored(() => firstOwed(store, deviceId)),
	]);
	return owed ? Math.min(owed.sequence - 1, head.sequence) : head.sequence;
}

/**
 * Adds a signed entry after `head`.
 * @throws {StoreFault} nothing was written. `other-tab`: the journal went on meanwhile, or the till was revoked
 * or enrolled anew, and nothing of this journal would be handed in
 */
export async function addTillEntry(
	store: AgentStore,
	head: JournalHead,
	row: TillEntryHereRow,
	alongside?: TillAlongside,
): Promise<void> {
	const { deviceId, sequence, id, entry } = row;
	// Due whatever the clock on the wall is set to by the time somebody looks.
	const due = { notBeforeMs: 0 };
	const progress: TillProgressRow = {
		...{ ...startProgress(sequence, entry.atMs), ...due, deviceId, id },
	};
	const tables = ALONGSIDE_TABLES.map((name) => store.table(name));
	await stored(() =>
		store.transaction('rw', [store.entries, store.progress, ...tables], async () => {
			const [now, till] = [await readTillHead(store, deviceId), await store.till.get('till')];
			const isOver = till && (till.deviceId !== deviceId || till.revokedAtMs !== null);
			if (isOver || now.sequence !== head.sequence || now.hash !== head.hash)
				throw new StoreFault('other-tab');
			await store.entries.add(row);
			// What is owed leaves in order: the new entry is due, so the first one is.
			const first = await firstOwed(store, deviceId);
			if (first && first.notBeforeMs > 0) await store.progress.put({ ...first, ...due });
			await store.progress.put(progress);
			await alongside?.(entry);
		}),
	);
}

/** Entries after a number, in order. @param limit at most so many @throws {StoreFault} */
export function readTillEntries(
	store: AgentStore,
	deviceId: string,
	after: number,
	limit: number,
): Promise<TillEntryHereRow[]> {
	return stored(() =>
		store.entries
			.where('[deviceId+sequence]')
			.between([deviceId, after], [deviceId, Dexie.maxKey], false)
			.limit(limit)
			.toArray(),
	);
}

/** By their numbers, in that order; undefined: there is none of that number. @throws {StoreFault} */
export function readTillEntriesAt(
	store: AgentStore,
	deviceId: string,
	sequences: readonly number[],
): Promise<(TillEntryHereRow | undefined)[]> {
	return stored(() => store.entries.bulkGet(keysOf(deviceId, sequences)));
}

/** By their numbers, in that order. @throws {StoreFault} */
export function readProgressAt(
	store: AgentStore,
	deviceId: string,
	sequences: readonly number[],
): Promise<(TillProgressRow | undefined)[]> {
	return stored(() => store.progress.bulkGet(keysOf(deviceId, sequences)));
}

/**
 * What is not final of a device's entries: all that is told as missing or was taken, and of what is queued the
 * first, in order. @param most of what is queued @throws {StoreFault}
 */
export function readPending(
	store: AgentStore,
	deviceId: string,
	most: number,
): Promise<TillProgressRow[]> {
	return stored(async () => {
		const [queued, taken, damaged] = await Promise.all([
			inState(store, deviceId, 'queued').limit(most).toArray(),
			inState(store, deviceId, 'taken').toArray(),
			inState(store, deviceId, 'damaged').toArray(),
		]);
		return [...queued, ...taken, ...damaged.filter(isOwed)];
	});
}

/** How many entries are not final. @throws {StoreFault} */
export function countPending(store: AgentStore, deviceId: string): Promise<number> {
	return stored(async () => {
		const [queued, taken, damaged] = await Promise.all([
			inState(store, deviceId, 'queued').count(),
			inState(store, deviceId, 'taken').count(),
			inState(store, deviceId, 'damaged').toArray(),
		]);
		return queued + taken + damaged.filter(isOwed).length;
	});
}

function keysOf(deviceId: string, sequences: readonly number[]): [string, number][] {
	return sequences.map((sequence) => [deviceId, sequence]);
}

function entriesOf(store: AgentStore, deviceId: string) {
	return store.entries
		.where('[deviceId+sequence]')
		.between([deviceId, Dexie.minKey], [deviceId, Dexie.maxKey]);
}

/**
 * Of one journal, in the order of their numbers: rows of one index value come by their primary key. Nothing is
 * filtered, so that the browser reads, or counts, all that is wanted in one go.
 */
function inState(store: AgentStore, deviceId: string, state: TillProgressRow['state']) {
	return store.progress.where({ deviceId, state });
}

/**
 * What the backend has not said to have, or to miss, and what it has and waits to carry out, in no order: of one
 * journal. @throws {StoreFault}
 */
export function readUnsold(store: AgentStore, deviceId: string): Promise<TillProgressRow[]> {
	return stored(async () => {
		const [queued, taken, damaged] = await Promise.all([
			inState(store, deviceId, 'queued').toArray(),
			inState(store, deviceId, 'taken').toArray(),
			inState(store, deviceId, 'damaged').toArray(),
		]);
		return [...queued, ...[...taken, ...damaged].filter(isUnsold)];
	});
}

async function firstOwed(
	store: AgentStore,
	deviceId: string,
): Promise<TillProgressRow | undefined> {
	const queued = await inState(store, deviceId, 'queued').first();
	const damaged = (await inState(store, deviceId, 'damaged').toArray()).find(isOwed);
	if (!queued || !damaged) return queued ?? damaged;
	return queued.sequence < damaged.sequence ? queued : damaged;
}
