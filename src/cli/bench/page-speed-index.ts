/**
 * The Speed Index: how long, on average over the picture, a person looks at something that is not there yet. How far
 * a picture has come is told from its colours, as by Lighthouse (speedline): the share of the last picture's pixels
 * of each brightness of red, green and blue. A page begins white, and white pixels are not counted.
 */

/** 3 × 256 counts: red's of 0 to 255, then green's, then blue's. */
export type Colours = readonly number[];

export interface Shot {
	readonly atMs: number;
	readonly colours: Colours;
}

/** @param shots in the order of time. @returns milliseconds; 0: nothing ever changed */
export function speedIndex(shots: readonly Shot[]): number {
	const last = shots.at(-1);
	if (!last) return 0;
	let [index, beforeMs, missing] = [0, 0, progressOf([], last.colours) === 1 ? 0 : 1];
	for (const { atMs, colours } of shots) {
		index += missing * (atMs - beforeMs);
		beforeMs = atMs;
		missing = 1 - progressOf(colours, last.colours);
	}
	return index;
}

/** From 0, as white as the beginning, to 1, as the last. */
function progressOf(colours: Colours, last: Colours): number {
	const whole = last.reduce((sum, count) => sum + count, 0);
	if (whole === 0) return 1;
	const reached = last.reduce((sum, count, at) => sum + Math.min(count, colours[at] ?? 0), 0);
	return reached / whole;
}
