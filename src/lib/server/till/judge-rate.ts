/** How fast somebody sells: pure. */

/** The rate is of so long, and told once in it. */
export const RATE_OF_MS = 3_600_000;

/** How many of these instants lie within `RATE_OF_MS` up to one. */
export function salesUntil(madeMs: readonly number[], atMs: number): number {
	return madeMs.filter((each) => each > atMs - RATE_OF_MS && each <= atMs).length;
}
