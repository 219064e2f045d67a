/**
 * The pieces in which a profile is read: newest first, each as large as its answer may be, each reaching
 * one row into the piece before, so that rows that came in meanwhile are noticed.
 */
import { octetString } from '#lib/core/dlms/axdr/build.ts';
import {
	dateTimeOf,
	encodeDateTime,
	UNSPECIFIED_DEVIATION,
} from '#lib/core/dlms/axdr/date-time.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { selectEntries, selectRange } from '#lib/core/dlms/cosem/selection.ts';
import type { Selection } from '#lib/core/dlms/apdu/target.ts';
import { timeColumn } from './columns.ts';
import type { ProfileReading, ProfileSettings, ProfileShape } from './reading-state.ts';

/**
 * Cells (rows × columns) of one piece, and of a buffer that is read at once where a meter gives no parts.
 * Measured: a piece of 5,000 cells takes 5 ms of a desktop's thread, cold, decoding included; 12,000 take
 * 10 ms, with a breath between decoding and understanding. A phone that is four times as slow stays below
 * the 50 ms from which on a browser counts a task as long.
 */
export const MAX_SLICE_CELLS = 5000;
export const MAX_WHOLE_CELLS = 12_000;
/** Rows of one piece, however few columns they have. */
export const MAX_SLICE_ROWS = 500;

const mostRows = ({ columns }: Pick<ProfileShape, 'columns'>): number =>
	Math.max(1, Math.min(MAX_SLICE_ROWS, Math.floor(MAX_SLICE_CELLS / columns.length)));

/** Whether all rows of a profile may be read at once. */
export function isReadAtOnce({ columns, entriesInUse }: ProfileShape): boolean {
	return entriesInUse !== null && entriesInUse * columns.length <= MAX_WHOLE_CELLS;
}

/** A guess at what a column takes, before the first answer: a number with its tag; a time. */
const OCTETS_OF_A_VALUE = 5;
const OCTETS_OF_A_TIME = 14;
/** Rows of the first piece: a guess must not be dear. */
const FIRST_ROWS = 32;

/** Rows of the first piece. */
export function firstSliceRows({ columns }: ProfileShape, sliceOctets: number): number {
	const row = columns.reduce(
		(sum, { kind }) => sum + (kind === 'time' ? OCTETS_OF_A_TIME : OCTETS_OF_A_VALUE),
		2,
	);
	return Math.max(1, Math.min(FIRST_ROWS, Math.floor(sliceOctets / row)));
}

/** Rows of the next piece, from what the last one took; no more than twice as many at a time. */
export function nextSliceRows(
	{ sliceRows, settings }: Pick<ProfileReading, 'sliceRows' | 'settings'>,
	shape: ProfileShape,
	rows: number,
	octets: number,
): number {
	if (rows === 0) return sliceRows;
	const fitting = Math.floor((settings.sliceOctets * rows) / octets);
	return Math.max(1, Math.min(fitting, sliceRows * 2, mostRows(shape)));
}

const HOUR_MS = 3_600_000;
/** An empty piece doubles the next one this often at most: what comes after it may be dense again. */
const MOST_DOUBLINGS = 3;

/** A piece: what is asked for, and where the next one begins. */
export type Slice =
	| { readonly way: 'entries'; readonly from: number; readonly to: number; readonly next: number }
	| { readonly way: 'range'; readonly fromMs: number; readonly toMs: number }
	| { readonly way: 'whole' };

/** The next piece; undefined where nothing is left to ask for. */
export function nextSlice(reading: ProfileReading, shape: ProfileShape): Slice | undefined {
	const [way] = reading.ways;
	if (way === 'whole') return reading.place === null ? { way } : undefined;
	return way === 'range' ? rangeSlice(reading, shape) : entrySlice(reading, shape);
}

/** Pieces past the end that bring nothing new; then a meter that goes on giving is not asked again. */
export const MOST_FRUITLESS = 64;

/**
 * Whether the numbers the meter told are gone through, newest first: rows that came in since have pushed
 * the oldest ones past the end, so that one more piece is asked for, until one brings nothing.
 */
export function isPastEnd(
	{ place, emptyInARow, ways }: Pick<ProfileReading, 'place' | 'emptyInARow' | 'ways'>,
	{ order, entriesInUse }: ProfileShape,
): boolean {
	const past = (place ?? 0) > (entriesInUse ?? 0) && (entriesInUse ?? 0) > 0;
	return ways[0] === 'entries' && order === 'newest-first' && past && emptyInARow < MOST_FRUITLESS;
}

function entrySlice(reading: ProfileReading, shape: ProfileShape): Slice | undefined {
	const { place, sliceRows, tail, settings, rows } = reading;
	const { order, entriesInUse } = shape;
	const isProbe = isPastEnd(reading, shape);
	const inUse = entriesInUse ?? 0;
	const overlap = tail.length > 0 ? 1 : 0;
	const wanted = Math.min(sliceRows, (settings.newest ?? Infinity) - rows);
	if (wanted <= 0) return undefined;
	if (order === 'oldest-first') {
		const to = Math.min(place ?? inUse, inUse);
		if (to < 1) return undefined;
		const from = Math.max(1, to - wanted + 1);
		return { way: 'entries', from, to: Math.min(to + overlap, inUse), next: from - 1 };
	}
	const from = place ?? 1;
	if (from > inUse && !isProbe) return undefined;
	const last = isProbe ? Infinity : inUse;
	const to = Math.min(from + wanted - 1, last);
	return { way: 'entries', from: Math.max(1, from - overlap), to, next: to + 1 };
}

function rangeSlice(
	{ place, sliceRows, emptyInARow, settings, rows }: ProfileReading,
	{ periodS, entriesInUse }: ProfileShape,
): Slice | undefined {
	if (rows >= Math.min(settings.newest ?? Infinity, entriesInUse ?? Infinity)) return undefined;
	// A meter that compares local times is off by an hour for half of the year: the ends reach further.
	const toMs = place ?? (settings.toMs ?? 0) + HOUR_MS;
	const lastMs = (settings.fromMs ?? 0) - HOUR_MS;
	if (toMs <= lastMs) return undefined;
	const windowMs = sliceRows * periodS * 1000 * 2 ** Math.min(emptyInARow, MOST_DOUBLINGS);
	return { way: 'range', fromMs: Math.max(lastMs, toMs - windowMs), toMs };
}

/** What selects a piece; undefined for the whole. */
export function selectionOf(
	slice: Slice,
	{ columns }: ProfileShape,
	settings: ProfileSettings,
): Selection | undefined {
	if (slice.way === 'whole') return undefined;
	if (slice.way === 'entries') return selectEntries(slice.from, slice.to);
	const column = columns[timeColumn(columns)];
	if (!column) return undefined;
	const { classId, logicalName, attribute, dataIndex } = column;
	return selectRange(
		{ classId, logicalName, attribute, dataIndex },
		timeData(slice.fromMs, settings),
		timeData(slice.toMs, settings),
	);
}

/** An instant as the meter writes its own, in whole seconds. */
function timeData(atMs: number, { zone, writesDeviation }: ProfileSettings): Data {
	const written = dateTimeOf(Math.floor(atMs / 1000) * 1000, writesDeviation ?? zone.deviation);
	return octetString(
		encodeDateTime({
			...written,
			// Weekdays are a comparison that some meters fail.
			weekday: 0xff,
			deviation: writesDeviation ?? UNSPECIFIED_DEVIATION,
		}),
	);
}

/** How many rows are wanted, as far as it can be said before they are read. */
export function rowsExpected(
	{ settings, ways }: Pick<ProfileReading, 'settings' | 'ways'>,
	{ entriesInUse, periodS }: ProfileShape,
): number | null {
	const { fromMs, toMs } = settings;
	const span =
		ways[0] === 'range' && fromMs !== null && toMs !== null && periodS > 0
			? Math.ceil((toMs - fromMs) / (periodS * 1000)) + 1
			: Infinity;
	const rows = Math.min(settings.newest ?? Infinity, entriesInUse ?? Infinity, Math.max(0, span));
	return Number.isFinite(rows) ? rows : null;
}
