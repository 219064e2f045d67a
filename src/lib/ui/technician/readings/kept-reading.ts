/**
 * A reading as this device keeps it, to go on with after a reload: a head that says how far it is, and rows
 * in pieces, so that no piece is long to write. All pure: JSON in and out.
 */
import {
	parseProfileReading,
	type ProfileReading,
} from '#lib/core/field/profile-reading/reading-state.ts';
import type { Cell, ProfileRow } from '#lib/core/field/profile-reading/rows.ts';

/** Rows of one piece at most. */
export const PIECE_ROWS = 1000;

export interface KeptHead {
	readonly reading: ProfileReading;
	/** Pieces of rows there are, from 0. */
	readonly pieces: number;
	/** Rows that were read and not kept. */
	readonly leftOut: number;
}

/** What a reading is stored under, besides the meter. */
export const headSubject = (logicalName: string): string => logicalName;
export const pieceSubject = (logicalName: string, piece: number): string =>
	`${logicalName}/${piece}`;

export const formatHead = (head: KeptHead): string => JSON.stringify(head);

/** Undefined for anything that is no head, or one of another layout. */
export function parseHead(text: string): KeptHead | undefined {
	const json = parseJson(text);
	if (typeof json !== 'object' || json === null) return undefined;
	const { reading: stored, pieces, leftOut } = json as Record<string, unknown>;
	const reading = parseProfileReading(stored);
	return reading && isCount(pieces) && isCount(leftOut) ? { reading, pieces, leftOut } : undefined;
}

const isCount = (value: unknown): value is number =>
	typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Numbers beyond what JSON holds exactly stand as texts in a list of one. */
type StoredCell = number | string | null | readonly [string];

const storedCell = (cell: Cell): StoredCell => (typeof cell === 'bigint' ? [String(cell)] : cell);

export function formatPiece(rows: readonly ProfileRow[]): string {
	return JSON.stringify(
		rows.map(({ atMs, deviation, daylightSaving, cells }) => [
			atMs,
			deviation,
			daylightSaving ? 1 : 0,
			...cells.map(storedCell),
		]),
	);
}

/** The rows of a piece; undefined where one of them is none. @param columns cells of each row */
export function parsePiece(text: string, columns: number): ProfileRow[] | undefined {
	const json = parseJson(text);
	if (!Array.isArray(json)) return undefined;
	const rows = json.map((row: unknown) => rowOf(row, columns));
	return rows.every((row) => row !== undefined) ? rows : undefined;
}

const BEFORE_CELLS = 3;

function rowOf(row: unknown, columns: number): ProfileRow | undefined {
	if (!Array.isArray(row) || row.length !== columns + BEFORE_CELLS) return undefined;
	const [atMs, deviation, daylight] = row as unknown[];
	if (!isWhole(atMs) || !isWhole(deviation) || (daylight !== 0 && daylight !== 1)) return undefined;
	const cells = row.slice(BEFORE_CELLS).map(cellOf);
	return cells.every((cell) => cell !== undefined)
		? { atMs, deviation, daylightSaving: daylight === 1, cells }
		: undefined;
}

const isWhole = (value: unknown): value is number | null =>
	value === null || (typeof value === 'number' && Number.isSafeInteger(value));

function cellOf(cell: unknown): Cell | undefined {
	if (cell === null || typeof cell === 'string') return cell;
	if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined;
	const text: unknown = Array.isArray(cell) && cell.length === 1 ? cell[0] : undefined;
	return typeof text === 'string' && /^-?\d{1,40}$/.test(text) ? BigInt(text) : undefined;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
