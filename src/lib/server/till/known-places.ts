/** What is known of a journal around the rows of one request. */
import type { JournalHead } from '#lib/core/sync/journal-chain.ts';
import type { Write } from '../database/open.ts';
import type { TillEntryRow } from '../database/schema.ts';
import type { KnownPlaces } from './decide-row.ts';
import type { ReadRow } from './read-rows.ts';

export interface Known {
	readonly head: JournalHead;
	/** Of the rows' own numbers and those before them. */
	readonly places: Map<number, { readonly hash: string; readonly isMissing: boolean }> &
		KnownPlaces;
	/** Number → its entry, of the same numbers. */
	readonly rows: Map<number, TillEntryRow>;
	/** Of the rows' ids those that some entry has. */
	readonly ids: Set<string>;
}

/** The journal is taken. @throws {Error} when there is no such journal */
export async function readKnown(
	write: Write,
	deviceId: string,
	read: readonly ReadRow[],
): Promise<Known> {
	const { sequence, hash } = await write
		.selectFrom('till_head')
		.select(['sequence', 'hash'])
		.where('device_id', '=', deviceId)
		.executeTakeFirstOrThrow();
	const numbers = [...new Set(read.flatMap(numbersOf))].filter((number) => number <= sequence);
	const rows = await rowsAt(write, deviceId, numbers);
	const places: Known['places'] = new Map();
	for (const place of await missingAt(write, deviceId, numbers))
		places.set(place.sequence, { hash: place.hash, isMissing: true });
	for (const row of rows) places.set(row.sequence, { hash: row.hash, isMissing: false });
	return {
		...{ head: { sequence, hash }, places },
		rows: new Map(rows.map((row) => [row.sequence, row])),
		ids: await idsTaken(write, read),
	};
}

function numbersOf(row: ReadRow): number[] {
	if (row.what === 'refused') return [];
	const { sequence } = row.what === 'entry' ? row.entry : row.missing;
	return [sequence - 1, sequence];
}

async function rowsAt(
	write: Write,
	deviceId: string,
	numbers: readonly number[],
): Promise<TillEntryRow[]> {
	if (numbers.length === 0) return [];
	return await write
		.selectFrom('till_entry')
		.selectAll()
		.where('device_id', '=', deviceId)
		.where('sequence', 'in', numbers)
		.execute();
}

async function missingAt(write: Write, deviceId: string, numbers: readonly number[]) {
	if (numbers.length === 0) return [];
	return await write
		.selectFrom('till_missing')
		.select(['sequence', 'hash'])
		.where('device_id', '=', deviceId)
		.where('sequence', 'in', numbers)
		.execute();
}

async function idsTaken(write: Write, read: readonly ReadRow[]): Promise<Set<string>> {
	const ids = read.flatMap((row) => (row.what === 'entry' ? [row.entry.id] : []));
	if (ids.length === 0) return new Set();
	const rows = await write.selectFrom('till_entry').select('id').where('id', 'in', ids).execute();
	return new Set(rows.map(({ id }) => id));
}
