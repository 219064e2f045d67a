/**
 * The rows of one request: each entry as it was written, and looked at before it leaves. One that is no longer
 * what was signed is told as missing, by the hash that the entry after it names.
 */
import { readTillEntriesAt } from '#lib/browser/store/agent-journal.ts';
import { endUnknown, noteDamaged } from '#lib/browser/store/agent-outbox.ts';
import type { TillEntryHereRow, TillProgressRow } from '#lib/browser/store/agent-rows.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import type { DeviceKeys } from '#lib/browser/vault/device-keys.ts';
import type { SentRow } from '#lib/core/sync/till-batch.ts';
import { startProgress } from '#lib/core/sync/till-outbox.ts';
import type { JournalBatchRow } from '#lib/core/sync/wire-till.ts';
import { isIntact } from './till-journal.ts';

export interface TillRowPorts {
	readonly store: AgentStore;
	readonly keys: DeviceKeys;
	readonly nowMs: () => number;
}

export interface RowToSend {
	readonly row: JournalBatchRow;
	readonly sent: SentRow<TillProgressRow>;
}

/**
 * What is sent of these numbers, in their order. What is damaged is written down before it is told.
 * @param progress of each number; undefined: it is gone @throws {StoreFault}
 */
export async function rowsToSend(
	ports: TillRowPorts,
	sequences: readonly number[],
	progress: readonly (TillProgressRow | undefined)[],
): Promise<RowToSend[]> {
	const { store, keys, nowMs } = ports;
	const entries = await readTillEntriesAt(store, keys.id, sequences);
	const rows: RowToSend[] = [];
	for (const [at, sequence] of sequences.entries()) {
		const here = progress[at] ?? progressAnew(keys.id, sequence, entries[at], nowMs());
		const made = await rowOf(ports, sequence, entries[at], here);
		if (made) rows.push(made);
	}
	return rows;
}

/** Of an entry whose progress is gone: it is handed in as if it never was. */
function progressAnew(
	deviceId: string,
	sequence: number,
	entry: TillEntryHereRow | undefined,
	nowMs: number,
): TillProgressRow {
	const id = entry?.id ?? `${deviceId}/${sequence}`;
	return { ...startProgress(sequence, nowMs), deviceId, id };
}

async function rowOf(
	ports: TillRowPorts,
	sequence: number,
	here: TillEntryHereRow | undefined,
	progress: TillProgressRow,
): Promise<RowToSend | undefined> {
	const { store, keys, nowMs } = ports;
	if (here && progress.state !== 'damaged' && (await isIntact(keys, here))) {
		const { entry, hash } = here;
		return { row: { what: 'entry', entry }, sent: { progress, hash, what: 'entry' } };
	}
	const hash = await hashOf(store, keys.id, sequence, here);
	if (hash === undefined) {
		await endUnknown(store, progress, nowMs());
		return undefined;
	}
	const [next = progress] = await noteDamaged(store, [progress], nowMs());
	return {
		row: { what: 'missing', missing: { sequence, hash } },
		sent: { progress: next, hash, what: 'missing' },
	};
}

/** As the next entry names it; where there is none, as the row itself says. */
async function hashOf(
	store: AgentStore,
	deviceId: string,
	sequence: number,
	here: TillEntryHereRow | undefined,
): Promise<string | undefined> {
	const [next] = await readTillEntriesAt(store, deviceId, [sequence + 1]);
	const named = next?.entry.previousHash ?? here?.hash;
	return named !== undefined && /^[0-9a-f]{64}$/.test(named) ? named : undefined;
}
