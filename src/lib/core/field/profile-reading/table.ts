/**
 * The rows of a profile as columns of numbers for charts: oldest first, as floats, with a gap wherever rows
 * are missing. Time stands as instants, so that an hour that daylight saving repeats or leaps over is one
 * hour like any other.
 */
import { quantityNumber } from '../quantity.ts';
import type { ProfileColumn } from './columns.ts';
import type { ProfileShape } from './reading-state.ts';
import type { Cell, ProfileRow } from './rows.ts';

export interface TableColumn {
	readonly column: ProfileColumn;
	/** One per time; NaN where there is no number. */
	readonly values: Float64Array;
}

export interface ProfileTable {
	/** Epoch milliseconds, rising. */
	readonly times: Float64Array;
	/** The columns with numbers in them, in the profile's order. */
	readonly columns: readonly TableColumn[];
	/** Rows left out: without a time, or of the same instant as another. */
	readonly leftOut: number;
}

/** Two rows further apart than this many periods have a gap between them. */
const GAP_PERIODS = 1.5;

/** A table of rows, whatever their order. Of rows of one instant the first given stays. */
export function profileTable(shape: ProfileShape, rows: readonly ProfileRow[]): ProfileTable {
	const timed = rows.filter(({ atMs }) => atMs !== null) as (ProfileRow & { atMs: number })[];
	const sorted = timed.toSorted((a, b) => a.atMs - b.atMs);
	const distinct = sorted.filter((row, at) => row.atMs !== sorted[at - 1]?.atMs);
	const stepMs = shape.periodS * 1000 * GAP_PERIODS;
	const isGap = (at: number) => {
		const [before, row] = [distinct[at - 1], distinct[at]];
		return (
			stepMs > 0 && before !== undefined && row !== undefined && row.atMs - before.atMs > stepMs
		);
	};
	// A gap is a row without values, half way between the two.
	const spread = distinct.flatMap((row, at): (ProfileRow & { atMs: number })[] => {
		const before = distinct[at - 1];
		if (!before || !isGap(at)) return [row];
		return [{ ...row, atMs: (before.atMs + row.atMs) / 2, cells: [] }, row];
	});
	const numeric = shape.columns
		.map((column, index) => ({ column, index }))
		.filter(({ column }) => column.kind === 'value' || column.kind === 'event');
	return {
		times: Float64Array.from(spread, ({ atMs }) => atMs),
		columns: numeric
			.map(({ column, index }) => ({
				column,
				values: Float64Array.from(spread, ({ cells }) => numberIn(cells[index], column)),
			}))
			.filter(({ values }) => values.some((value) => !Number.isNaN(value))),
		leftOut: rows.length - distinct.length,
	};
}

function numberIn(cell: Cell | undefined, { scaler }: ProfileColumn): number {
	switch (typeof cell) {
		case 'bigint':
			return quantityNumber({ raw: cell, scaler });
		case 'number':
			// Through text: 0.1 is a tenth, and not what a product of floats makes of it.
			return Number.isInteger(cell) ? Number(`${cell}e${scaler}`) : cell * 10 ** scaler;
		default:
			return NaN;
	}
}

/**
 * What each row adds to the one before, for registers that only count up: NaN for the first row, across a
 * gap, and where a register was set back or ran over.
 */
export function stepsOf(values: Float64Array): Float64Array {
	return values.map((value, at) => {
		const step = at === 0 ? NaN : value - (values[at - 1] as number);
		return step >= 0 ? step : NaN;
	});
}
