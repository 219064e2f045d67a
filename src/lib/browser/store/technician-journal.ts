/**
 * The journals of this machine's devices, as rows: added at the end, never changed. What an entry proves is
 * written with it, in one transaction, or neither is.
 */
import Dexie from 'dexie';
import type { SealedRow } from '#lib/browser/vault/sealing.ts';
import { type SignedEntry } from '#lib/core/sync/field-journal.ts';
import { EMPTY_JOURNAL, type JournalHead } from '#lib/core/sync/journal-chain.ts';
import type { EntryFinding } from '#lib/core/sync/wire-deliveries.ts';
import { FIELD_START, type FieldProgress } from '#lib/core/sync/field-sync.ts';
import { StoreFault, stored } from './store-fault.ts';
import { putDelivery, type DeliveryChange } from './technician-deliveries.ts';
import {
	TECHNICIAN_SCHEMA,
	type ArrivalRow,
	type JournalRow,
	type ProgressRow,
} from './technician-rows.ts';
import type { TechnicianStore } from './technician.ts';

/** What becomes true together with an entry. */
export interface Alongside {
	/** How far the tokens of its meter are now. */
	readonly delivery?: DeliveryChange;
	/** A sealed record that is gone, which the entry tells of. */
	readonly gone?: readonly [owner: string, name: string];
	/** A sealed record that comes to be, which the entry tells of. */
	readonly sealed?: SealedRow;
}

/** Where a device's journal ends here. @throws {StoreFault} */
export async function readHead(store: TechnicianStore, deviceId: string): Promise<JournalHead> {
	const last = await stored(() => allOf(store, deviceId).last());
	return last ? { sequence: last.sequence, hash: last.hash } : EMPTY_JOURNAL;
}

/**
 * Adds a signed entry after `head`.
 * @throws {StoreFault} nothing was written. `other-tab`: the journal or the meter went on meanwhile
 */
export async function addEntry(
	store: TechnicianStore,
	head: JournalHead,
	entry: SignedEntry,
	hash: string,
	{ delivery, gone, sealed }: Alongside = {},
): Promise<void> {
	const { deviceId, sequence, id } = entry;
	const row: JournalRow = { deviceId, sequence, id, schema: TECHNICIAN_SCHEMA, hash, entry };
	await stored(() =>
		store.transaction(
			'rw',
			[store.journal, store.deliveries, store.gone, store.sealed],
			async () => {
				const now = await readHead(store, deviceId);
				if (now.sequence !== head.sequence || now.hash !== head.hash)
					throw new StoreFault('other-tab');
				await store.journal.add(row);
				if (delivery) await putDelivery(store, delivery, entry.atMs);
				if (gone) await takeGone(store, gone);
				if (sealed) await store.sealed.put(sealed);
			},
		),
	);
}

/** Another tab that has told of it already has taken it away. */
async function takeGone(
	store: TechnicianStore,
	[owner, name]: readonly [string, string],
): Promise<void> {
	if (!(await store.gone.get([owner, name]))) throw new StoreFault('other-tab');
	await store.gone.delete([owner, name]);
}

/** Entries after a number, in order. @param limit at most so many @throws {StoreFault} */
export function readEntries(
	store: TechnicianStore,
	deviceId: string,
	after: number,
	limit: number,
): Promise<JournalRow[]> {
	return stored(() =>
		store.journal
			.where('[deviceId+sequence]')
			.between([deviceId, after], [deviceId, Dexie.maxKey], false)
			.limit(limit)
			.toArray(),
	);
}

/** Undefined: there is none of that number. */
export function readEntry(
	store: TechnicianStore,
	deviceId: string,
	sequence: number,
): Promise<JournalRow | undefined> {
	return stored(() => store.journal.get([deviceId, sequence]));
}

/** The devices that have a journal here: those of others on this machine, and those that somebody had before. */
export async function journalDevices(store: TechnicianStore): Promise<string[]> {
	const ids = await stored(() => store.journal.orderBy('deviceId').uniqueKeys());
	return ids.map(String);
}

function allOf(store: TechnicianStore, deviceId: string) {
	return store.journal
		.where('[deviceId+sequence]')
		.between([deviceId, Dexie.minKey], [deviceId, Dexie.maxKey]);
}

/** How far the backend has a device's journal. */
export async function readProgress(
	store: TechnicianStore,
	deviceId: string,
): Promise<FieldProgress> {
	return (await stored(() => store.progress.get(deviceId))) ?? FIELD_START;
}

/** An entry that has arrived, to be written down with the progress. */
export interface Arrival {
	readonly sequence: number;
	readonly acceptedAtMs: number;
	readonly findings: readonly EntryFinding[];
}

/** Reads the progress anew, changes it and writes it, in one transaction. */
export function changeProgress(
	store: TechnicianStore,
	deviceId: string,
	change: (progress: FieldProgress) => FieldProgress,
	arrival?: Arrival,
): Promise<FieldProgress> {
	return stored(() =>
		store.transaction('rw', store.progress, store.arrivals, async () => {
			const next = change((await store.progress.get(deviceId)) ?? FIELD_START);
			const row: ProgressRow = { ...next, deviceId, schema: TECHNICIAN_SCHEMA };
			await store.progress.put(row);
			if (arrival) await store.arrivals.put({ ...arrival, deviceId, schema: TECHNICIAN_SCHEMA });
			return next;
		}),
	);
}

/** An entry as a screen lists it. */
export interface ListedEntry {
	readonly row: JournalRow;
	/** Undefined: it has not arrived, as far as this device knows. */
	readonly arrival: ArrivalRow | undefined;
}

/** The newest entries of every device of this machine, the newest first: their ids rise with the time. @throws {StoreFault} */
export function readNewestEntries(store: TechnicianStore, limit: number): Promise<ListedEntry[]> {
	return stored(() =>
		store.transaction('r', store.journal, store.arrivals, async () => {
			const rows = await store.journal.orderBy('id').reverse().limit(limit).toArray();
			const arrivals = await store.arrivals.bulkGet(
				rows.map(({ deviceId, sequence }) => [deviceId, sequence] as [string, number]),
			);
			return rows.map((row, at) => ({ row, arrival: arrivals[at] }));
		}),
	);
}
