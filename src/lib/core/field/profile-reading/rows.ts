/**
 * The rows in a piece of a profile's buffer (class 7, attribute 2): what meters leave out is filled in, so
 * that every row is whole. A null means "as in the row before", and for the time one period on; a delta
 * counts from the row before.
 */
import { formatHex } from '#lib/core/bytes/hex.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { decodeTokenParameter } from '#lib/core/dlms/profile/meter-profile.ts';
import { type AssumedZone, timeIn } from '../meter-time.ts';
import { bitsIn, elementsIn, octetsIn, textIn, wholeIn } from '../understand.ts';
import { type ProfileColumn, timeColumn } from './columns.ts';

/** A value as the meter has it, before its scaler; null where there is none. Times are epoch milliseconds. */
export type Cell = number | bigint | string | null;

export interface ProfileRow {
	/** Epoch milliseconds; null where the row has no time that a calendar knows. */
	readonly atMs: number | null;
	/** Minutes to add to the row's local time to get UTC; null where the meter does not say. */
	readonly deviation: number | null;
	readonly daylightSaving: boolean;
	/** One per column. */
	readonly cells: readonly Cell[];
}

/** How the rows of a buffer follow one another. */
export const ROW_ORDERS = ['oldest-first', 'newest-first', 'sorted'] as const;
export type RowOrder = (typeof ROW_ORDERS)[number];

/** What rows are read by. */
export interface RowReader {
	readonly columns: readonly ProfileColumn[];
	/** Seconds; 0 where rows come as things happen. */
	readonly periodS: number;
	readonly order: RowOrder;
	readonly zone: AssumedZone;
}

/** Characters of a cell that is a text. */
export const MAX_CELL_TEXT = 200;

/** The rows in the meter's order, and how many were none: of another shape than the columns. */
export function rowsIn(
	buffer: Data,
	reader: RowReader,
): { readonly rows: readonly ProfileRow[]; readonly rubbish: number } {
	const { columns } = reader;
	const elements = elementsIn(buffer) ?? [];
	const at = timeColumn(columns);
	const rows: ProfileRow[] = [];
	for (const element of elements) {
		const values = columns.length === 1 ? (elementsIn(element) ?? [element]) : elementsIn(element);
		if (values?.length !== columns.length) continue;
		rows.push(rowOf(values, reader, at, rows.at(-1)));
	}
	return { rows, rubbish: elements.length - rows.length };
}

function rowOf(
	values: readonly Data[],
	{ columns, periodS, order, zone }: RowReader,
	at: number,
	before: ProfileRow | undefined,
): ProfileRow {
	const own = at < 0 ? undefined : values[at];
	const time = own && own.type !== 'null-data' ? timeIn(own, zone) : undefined;
	const stepMs = (order === 'newest-first' ? -periodS : periodS) * 1000;
	const cells: Cell[] = [];
	for (let index = 0; index < values.length; index += 1) {
		const data = values[index] as Data;
		const previous = before?.cells[index] ?? null;
		if (index === at && time) cells.push(time.atMs);
		else if (data.type !== 'null-data')
			cells.push(cellIn(data, columns[index] as ProfileColumn, previous, zone));
		else cells.push(index === at && typeof previous === 'number' ? previous + stepMs : previous);
	}
	const atMs = cells[at] ?? null;
	return {
		atMs: typeof atMs === 'number' ? atMs : null,
		deviation: time ? time.deviation : (before?.deviation ?? null),
		daylightSaving: time ? time.daylightSaving : (before?.daylightSaving ?? false),
		cells,
	};
}

function cellIn(data: Data, { kind }: ProfileColumn, previous: Cell, zone: AssumedZone): Cell {
	if (kind === 'time') return timeIn(data, zone)?.atMs ?? unixTimeIn(data);
	if (kind === 'token') return tokenEnd(data);
	switch (data.type) {
		case 'null-data':
		case 'dont-care':
			return null;
		case 'float32':
		case 'float64':
			return Number.isFinite(data.value) ? data.value : null;
		case 'long64':
		case 'long64-unsigned':
			return wholeIn(data) ?? data.value;
		case 'boolean':
			return data.value ? 1 : 0;
		case 'delta-integer':
		case 'delta-long':
		case 'delta-double-long':
		case 'delta-unsigned':
		case 'delta-long-unsigned':
		case 'delta-double-long-unsigned':
			return typeof previous === 'number' ? previous + data.value : null;
		case 'array':
		case 'structure':
		case 'compact-array':
		case 'bit-string':
		case 'octet-string':
		case 'visible-string':
		case 'utf8-string':
		case 'date-time':
		case 'date':
		case 'time':
			return shortText(data).slice(0, MAX_CELL_TEXT);
		default:
			return data.value;
	}
}

/** Seconds since 1970, as a unix clock counts them. */
function unixTimeIn(data: Data): number | null {
	const seconds = data.type === 'double-long-unsigned' ? data.value : undefined;
	return seconds === undefined ? null : seconds * 1000;
}

/** The last four digits: a token that was refused may still be good, and is nobody's to read here. */
function tokenEnd(data: Data): string | null {
	const octets = octetsIn(data);
	if (!octets || octets.length === 0) return null;
	const digits = decodeTokenParameter(octets);
	return digits ? `…${digits.slice(-4)}` : `(${octets.length})`;
}

/** Elements of a list that are shown in a cell. */
const SHOWN_ELEMENTS = 16;

function shortText(data: Data): string {
	const elements = elementsIn(data);
	if (elements) return `(${elements.slice(0, SHOWN_ELEMENTS).map(plainText).join(', ')})`;
	return plainText(data);
}

function plainText(data: Data): string {
	if (data.type === 'bit-string')
		return (bitsIn(data) ?? []).map((bit) => (bit ? '1' : '0')).join('');
	if (data.type === 'date-time' || data.type === 'date' || data.type === 'time')
		return formatHex(data.value);
	if (elementsIn(data)) return '(…)';
	return textIn(data) ?? ('value' in data ? String(data.value) : '');
}
