/** What the answer to one piece of a profile brings, and where the next piece begins. */
import type { Answer } from '#lib/core/dlms/association/wish.ts';
import { codeOf, DATA_ACCESS_RESULTS } from '#lib/core/dlms/apdu/results.ts';
import { dataOctets } from '../data-size.ts';
import { nextTail, rowsSeen } from './join-slices.ts';
import { type ProfileReading, type ProfileShape, shapeOf, stopped } from './reading-state.ts';
import { type ProfileRow, rowsIn } from './rows.ts';
import { isPastEnd, MOST_FRUITLESS, nextSlice, nextSliceRows, type Slice } from './slices.ts';

/** The rows of a piece, newest first, and the reading after it. */
export interface ProfileTaken {
	readonly reading: ProfileReading;
	readonly rows: readonly ProfileRow[];
}

/** At its end where no piece is left to ask for. */
export const finishIfEmpty = (reading: ProfileReading, shape: ProfileShape): ProfileReading =>
	nextSlice(reading, shape) ? reading : { ...reading, phase: 'done' };

/** Failures of one piece after which the profile is given up. */
const MOST_FAILURES = 4;
const TEMPORARY_FAILURE = codeOf(DATA_ACCESS_RESULTS, 'temporary-failure');

/** Takes the answer to the piece that `nextSlice` names. */
export function takeSlice(reading: ProfileReading, answer: Answer | 'no-answer'): ProfileTaken {
	const shape = shapeOf(reading);
	const slice = shape && nextSlice(reading, shape);
	if (!slice) return { reading: { ...reading, phase: 'done' }, rows: [] };
	// Nothing moves: whoever goes on asks for the same piece again.
	if (answer === 'no-answer' || answer.kind !== 'get')
		return { reading: stopped(reading, 'no-answer'), rows: [] };
	if ('error' in answer.result)
		return { reading: failSlice(reading, shape, answer.result.error), rows: [] };
	const { data } = answer.result;
	const { rows, rubbish } = rowsIn(data, { ...shape, zone: reading.settings.zone });
	const octets = dataOctets(data);
	const count = rows.length + rubbish;
	const counted = {
		...reading,
		failuresInARow: 0,
		octets: reading.octets + octets,
		rubbish: reading.rubbish + rubbish,
		sliceRows: nextSliceRows(reading, shape, count, octets),
	};
	// Newest first, as they are handed out.
	const arrived = shape.order === 'oldest-first' ? rows.toReversed() : rows;
	if (slice.way === 'whole' || isAll(slice, count, shape)) return takeWhole(counted, arrived);
	const fresh = arrived.slice(rowsSeen(arrived, reading.tail, reading.tailMs));
	const moved = moveOn(counted, slice, count, fresh);
	return handOut({ ...moved, emptyInARow: emptyAfter(reading, slice, count, fresh) }, fresh, shape);
}

/** Whether a meter that was asked for a part gave everything it has. */
function isAll(slice: Slice, count: number, { entriesInUse }: ProfileShape): boolean {
	return entriesInUse !== null && count > lengthOf(slice) && count >= entriesInUse;
}

/** The rows that were asked for; endless where they are asked for by time. */
function lengthOf(slice: Slice): number {
	return slice.way === 'entries' ? slice.to - slice.from + 1 : Infinity;
}

/** The meter gave all it has, asked or not: there is nothing more to ask for. */
function takeWhole(reading: ProfileReading, arrived: readonly ProfileRow[]): ProfileTaken {
	const fresh = arrived.slice(rowsSeen(arrived, reading.tail, reading.tailMs));
	const rows = wantedRows(reading, fresh);
	return { reading: { ...reading, phase: 'done', rows: reading.rows + rows.length }, rows };
}

function moveOn(
	reading: ProfileReading,
	slice: Exclude<Slice, { way: 'whole' }>,
	count: number,
	fresh: readonly ProfileRow[],
): ProfileReading {
	const tail = nextTail(reading.tail, fresh);
	const tailMs = fresh.at(-1)?.atMs ?? reading.tailMs;
	if (slice.way === 'range') return { ...reading, tail, tailMs, place: slice.fromMs };
	// A meter with fewer rows than it says is at its end.
	return { ...reading, tail, tailMs, place: count === 0 ? endOf(reading) : slice.next };
}

/** How many pieces in a row have brought nothing; past the end, one that is not full is the last. */
function emptyAfter(
	reading: ProfileReading,
	slice: Slice,
	count: number,
	fresh: readonly ProfileRow[],
): number {
	if (fresh.length > 0) return 0;
	const more = Math.min(reading.emptyInARow + 1, MOST_FRUITLESS);
	if (slice.way === 'range') return more;
	if (!isPastEnd(reading, shapeOf(reading) as ProfileShape)) return 0;
	return count < lengthOf(slice) ? MOST_FRUITLESS : more;
}

const endOf = ({ found }: ProfileReading): number =>
	found.order === 'oldest-first' ? 0 : (found.entriesInUse ?? 0) + 1;

function handOut(
	reading: ProfileReading,
	fresh: readonly ProfileRow[],
	shape: ProfileShape,
): ProfileTaken {
	const rows = wantedRows(reading, fresh);
	const handed = { ...reading, rows: reading.rows + rows.length };
	const { fromMs } = reading.settings;
	const last = fresh.at(-1)?.atMs ?? null;
	const passed = shape.order !== 'sorted' && fromMs !== null && last !== null && last < fromMs;
	return { reading: passed ? { ...handed, phase: 'done' } : finishIfEmpty(handed, shape), rows };
}

/** Those of the rows that were asked for; a row without a time is in every span. */
function wantedRows(
	{ settings: { fromMs, toMs, newest }, rows }: ProfileReading,
	fresh: readonly ProfileRow[],
): readonly ProfileRow[] {
	const within = fresh.filter(
		({ atMs }) => atMs === null || (atMs >= (fromMs ?? -Infinity) && atMs <= (toMs ?? Infinity)),
	);
	return newest === null ? within : within.slice(0, Math.max(0, newest - rows));
}

/** A piece was refused: the first one means that this way is none, a later one that it was too large. */
function failSlice(reading: ProfileReading, shape: ProfileShape, error: number): ProfileReading {
	// There is nothing past the end.
	if (isPastEnd(reading, shape)) return { ...reading, phase: 'done' };
	const failuresInARow = reading.failuresInARow + 1;
	const first = reading.place === null;
	if (failuresInARow <= MOST_FAILURES && (!first || error === TEMPORARY_FAILURE)) {
		const sliceRows = Math.max(1, Math.floor(reading.sliceRows / 2));
		return { ...reading, failuresInARow, sliceRows };
	}
	if (!first) return stopped(reading, 'not-readable');
	const ways = reading.ways.slice(1);
	if (ways.length > 0) return finishIfEmpty({ ...reading, ways, failuresInARow: 0 }, shape);
	return stopped(reading, reading.ways[0] === 'whole' ? 'not-readable' : 'no-parts');
}
