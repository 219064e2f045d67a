/** What is known of a journal around the rows of one request, asked with one way there and back. */
import type { JournalHead } from '#lib/core/sync/journal-chain.ts';
import { journalLock } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import { prepared } from '../database/prepared.ts';
import { together } from '../database/together.ts';
import type { TillEntryRow } from '../database/schema.ts';
import type { KnownPlaces } from './decide-row.ts';
import type { Totals } from './entry-row.ts';
import type { ReadRow } from './read-rows.ts';

export interface Known {
	readonly head: JournalHead;
	/** Up to the head. */
	readonly totals: Totals;
	/** Whether its till is switched off because it contradicted itself. */
	readonly isSuspended: boolean;
	/** Of the rows' own numbers and those before them. */
	readonly places: Map<number, { readonly hash: string; readonly isMissing: boolean }> &
		KnownPlaces;
	/** Number → its entry, of the same numbers. */
	readonly rows: Map<number, TillEntryRow>;
	/** Of the rows' ids those that some entry has. */
	readonly ids: Set<string>;
}

/** Takes the journal. @throws {Error} when there is no such journal */
export async function takeKnown(
	write: Write,
	deviceId: string,
	terminalId: string,
	read: readonly ReadRow[],
): Promise<Known> {
	const numbers = [...new Set(read.flatMap(numbersOf))];
	const ids = read.flatMap((row) => (row.what === 'entry' ? [row.entry.id] : []));
	const [, [head], [terminal], [last], rows, missing, taken] = await together(write, [
		journalLock(write, deviceId),
		headOfDevice.with(write, { deviceId }),
		stateOfTill.with(write, { deviceId, terminalId }),
		lastEntry.with(write, { deviceId }),
		numbers.length === 0 ? null : rowsAt(write, deviceId, numbers),
		numbers.length === 0 ? null : missingAt(write, deviceId, numbers),
		ids.length === 0 ? null : idsTaken(write, ids),
	]);
	if (head === undefined) throw new TypeError('no such journal');
	const places: Known['places'] = new Map();
	for (const place of missing) places.set(place.sequence, { hash: place.hash, isMissing: true });
	for (const row of rows) places.set(row.sequence, { hash: row.hash, isMissing: false });
	return {
		...{ head, places },
		isSuspended: terminal?.journal_state === 'suspended',
		totals: { count: last?.provisional_count ?? 0, sumMinor: last?.provisional_minor ?? 0 },
		rows: new Map(rows.map((row) => [row.sequence, row])),
		ids: new Set(taken.map(({ id }) => id)),
	};
}

function numbersOf(row: ReadRow): number[] {
	if (row.what === 'refused') return [];
	const { sequence } = row.what === 'entry' ? row.entry : row.missing;
	return [sequence - 1, sequence];
}

const headOfDevice = prepared<{ deviceId: string }>()((db, given) =>
	db
		.selectFrom('till_head')
		.select(['sequence', 'hash'])
		.where('device_id', '=', given('deviceId')),
);

const stateOfTill = prepared<{ deviceId: string; terminalId: string }>()((db, given) =>
	db
		.selectFrom('terminal')
		.select('journal_state')
		.where('id', '=', given('terminalId'))
		.where('device_id', '=', given('deviceId')),
);

const lastEntry = prepared<{ deviceId: string }>()((db, given) =>
	db
		.selectFrom('till_entry')
		.select(['provisional_count', 'provisional_minor'])
		.where('device_id', '=', given('deviceId'))
		.orderBy('sequence', 'desc')
		.limit(1),
);

function rowsAt(write: Write, deviceId: string, numbers: readonly number[]) {
	return write
		.selectFrom('till_entry')
		.selectAll()
		.where('device_id', '=', deviceId)
		.where('sequence', 'in', numbers)
		.compile();
}

function missingAt(write: Write, deviceId: string, numbers: readonly number[]) {
	return write
		.selectFrom('till_missing')
		.select(['sequence', 'hash'])
		.where('device_id', '=', deviceId)
		.where('sequence', 'in', numbers)
		.compile();
}

function idsTaken(write: Write, ids: readonly string[]) {
	return write.selectFrom('till_entry').select('id').where('id', 'in', ids).compile();
}
