/** Rows held in memory for a chart: the newest, up to a number; what is beyond is counted and left out. */
import type { ProfileRow } from './rows.ts';

/** Rows of one profile that a page holds: a year of quarter hours. */
export const MOST_ROWS_KEPT = 36_000;

export interface KeptRows {
	/** In the order in which they came, newest first. */
	readonly rows: readonly ProfileRow[];
	readonly leftOut: number;
}

export const NO_ROWS: KeptRows = { rows: [], leftOut: 0 };

/** With some more rows, older than those before. */
export function keepRows(
	kept: KeptRows,
	rows: readonly ProfileRow[],
	most: number = MOST_ROWS_KEPT,
): KeptRows {
	const room = Math.max(0, most - kept.rows.length);
	const fitting = rows.length <= room ? rows : rows.slice(0, room);
	return {
		rows: fitting.length === 0 ? kept.rows : [...kept.rows, ...fitting],
		leftOut: kept.leftOut + rows.length - fitting.length,
	};
}
