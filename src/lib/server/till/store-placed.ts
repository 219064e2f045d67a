/** Writes down what a request has added to a journal: its entries, what is owed for each, what is missing, its end. */
import type { CompiledQuery } from 'kysely';
import type { JournalHead } from '#lib/core/sync/journal-chain.ts';
import type { MissingEntry } from '#lib/core/sync/wire-till.ts';
import { insertion } from '../database/insertion.ts';
import type { Write } from '../database/open.ts';
import type { Tables, TillEntryRow } from '../database/schema.ts';
import { together } from '../database/together.ts';
import { raiseAlarm, type Alarmed } from './alarms.ts';
import { claimOf } from './claim-row.ts';
import type { ReadEntry } from './read-rows.ts';

export interface Added {
	readonly entries: readonly { readonly row: TillEntryRow; readonly read: ReadEntry }[];
	readonly missing: readonly MissingEntry[];
	/** Where the journal ends now; null: where it did. */
	readonly head: JournalHead | null;
}

/** Whoever handed an entry in carries it out within this time, or not at all: then the background does. */
const CARRIED_OUT_WITHIN_MS = 30_000;

export async function storePlaced(
	write: Write,
	homeSecret: Uint8Array,
	alarmed: Alarmed,
	{ entries, missing, head }: Added,
	nowMs: number,
): Promise<void> {
	const { deviceId } = alarmed;
	const unsettled = entries.map(({ row: { id, sequence } }) => ({
		...{ entry_id: id, sequence, tries: 0, due_at_ms: nowMs + CARRIED_OUT_WITHIN_MS },
	}));
	const told = missing.map(({ sequence, hash }) => ({
		...{ device_id: deviceId, sequence, hash, told_at_ms: nowMs },
	}));
	await together(write, [
		...insertions(
			write,
			'till_entry',
			entries.map(({ row }) => row),
		),
		...insertions(write, 'till_unsettled', unsettled),
		...insertions(
			write,
			'claim',
			entries.flatMap(({ row, read }) => claimOf(homeSecret, row, read)),
		),
		...insertions(write, 'till_missing', told),
		head &&
			write
				.updateTable('till_head')
				.set({ ...head })
				.where('device_id', '=', deviceId)
				.compile(),
	]);
	for (const { sequence } of missing) {
		const about = { sequence, entryId: null, entry: null, facts: {} };
		await raiseAlarm(write, alarmed, { kind: 'missing', ...about }, nowMs);
	}
}

/** Fewer parameters than either database takes in one statement. */
const ROWS_AT_ONCE = 100;

function insertions<Table extends keyof Tables>(
	write: Write,
	table: Table,
	rows: Parameters<typeof insertion<Table>>[2],
): CompiledQuery[] {
	const queries: CompiledQuery[] = [];
	for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
		queries.push(insertion(write, table, rows.slice(at, at + ROWS_AT_ONCE)));
	return queries;
}
