/**
 * The load profile of a virtual meter as it is stored, apart from the meter: 2,880 rows are 225 kB of JSON
 * and change four times an hour, the meter itself is a tenth of that and changes all the time.
 */
import { LOAD_PROFILE_CAPACITY, type LoadRow } from '#lib/core/meter/cosem/load-profile.ts';

/** Numbers of one row. */
const WIDTH = 4;

/** Rows as numbers, one row after the other. */
export function packLoads(rows: readonly LoadRow[]): number[] {
	return rows.flatMap(({ clockMs, totalWh, powerW, creditWh }) => [
		clockMs,
		totalWh,
		powerW,
		creditWh,
	]);
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

/** Numbers as rows; undefined where they are no rows, or too many. */
export function unpackLoads(numbers: readonly number[]): LoadRow[] | undefined {
	const isSound =
		Array.isArray(numbers) &&
		numbers.length % WIDTH === 0 &&
		numbers.length <= LOAD_PROFILE_CAPACITY * WIDTH &&
		numbers.every(isCount);
	if (!isSound) return undefined;
	return Array.from({ length: numbers.length / WIDTH }, (_, row) => {
		const [clockMs, totalWh, powerW, creditWh] = numbers.slice(row * WIDTH, row * WIDTH + WIDTH);
		return { clockMs, totalWh, powerW, creditWh } as LoadRow;
	});
}

/** Stored numbers with newly captured rows behind them, the oldest giving way. */
export function appendLoads(
	numbers: readonly number[],
	captured: readonly LoadRow[],
): readonly number[] {
	return [...numbers, ...packLoads(captured)].slice(-LOAD_PROFILE_CAPACITY * WIDTH);
}
