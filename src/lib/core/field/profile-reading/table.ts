/**
 * The rows of a profile as columns of numbers for charts: oldest first, as floats, with a gap wherever rows
 * are missing. Time stands as instants, so that an hour that daylight saving repeats or leaps over is one
 * hour like any other.
 */
import type { ProfileColumn } from './columns.ts';
import type { ProfileShape } from './reading-state.ts';
import type { ProfileRow } from './rows.ts';

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

/**
 * A table of rows, whatever their order. Of rows of one instant the first given stays. It takes one pass
 * over typed arrays: a year of quarter hours must not hold up a page.
 */
export function profileTable(shape: ProfileShape, rows: readonly ProfileRow[]): ProfileTable {
	const timed = inTime(rows);
	const gapMs = shape.periodS > 0 ? shape.periodS * 1000 * GAP_PERIODS : Infinity;
	const places = placesOf(timed, gapMs);
	const length = timed.length === 0 ? 0 : (places.at(-1) as number) + 1;
	const times = new Float64Array(length);
	timed.forEach((row, at) => {
		const place = places[at] as number;
		times[place] = row.atMs as number;
		// A gap is a row without values, half way between the two.
		if (at > 0 && place - (places[at - 1] as number) > 1)
			times[place - 1] = ((row.atMs as number) + (timed[at - 1]?.atMs as number)) / 2;
	});
	const columns = shape.columns.flatMap((column, index) => {
		if (column.kind !== 'value' && column.kind !== 'event') return [];
		const values = valuesOf(timed, places, index, column.scaler, length);
		return values ? [{ column, values }] : [];
	});
	return { times, columns, leftOut: rows.length - timed.length };
}

/** The rows with a time, oldest first, one per instant. */
function inTime(rows: readonly ProfileRow[]): readonly ProfileRow[] {
	const timed = rows.filter(({ atMs }) => atMs !== null);
	const rising = (each: readonly ProfileRow[]) =>
		each.every(({ atMs }, at) => at === 0 || (atMs as number) > (each[at - 1]?.atMs as number));
	if (rising(timed)) return timed;
	const turned = timed.toReversed();
	if (rising(turned)) return turned;
	const sorted = timed.toSorted((a, b) => (a.atMs as number) - (b.atMs as number));
	return sorted.filter(({ atMs }, at) => atMs !== sorted[at - 1]?.atMs);
}

/** Where each row stands, with a place left free before one that follows on a gap. */
function placesOf(timed: readonly ProfileRow[], gapMs: number): Int32Array {
	const places = new Int32Array(timed.length);
	for (let at = 1; at < timed.length; at += 1) {
		const apartMs = (timed[at]?.atMs as number) - (timed[at - 1]?.atMs as number);
		places[at] = (places[at - 1] as number) + (apartMs > gapMs ? 2 : 1);
	}
	return places;
}

/** One column; undefined where no row has a number in it. */
function valuesOf(
	timed: readonly ProfileRow[],
	places: Int32Array,
	index: number,
	scaler: number,
	length: number,
): Float64Array | undefined {
	const values = new Float64Array(length).fill(NaN);
	let some = false;
	for (let at = 0; at < timed.length; at += 1) {
		const cell = timed[at]?.cells[index];
		if (typeof cell !== 'number' && typeof cell !== 'bigint') continue;
		values[places[at] as number] = scaled(Number(cell), scaler);
		some = true;
	}
	return some ? values : undefined;
}

/** Divided rather than multiplied by a fraction: the float nearest to the decimal, as long as it can be. */
const scaled = (value: number, scaler: number): number =>
	scaler < 0 ? value / 10 ** -scaler : value * 10 ** scaler;

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
