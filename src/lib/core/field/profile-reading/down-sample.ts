/**
 * A curve of any length for a chart of so many pixels: for each of them the least and the greatest value
 * of its time, so that no peak is lost. Pixels without a value stay empty.
 */

export interface Bucket {
	/** 0 from the left. */
	readonly pixel: number;
	readonly least: number;
	readonly greatest: number;
	/** The first and last value in time, to join the curve to its neighbours. */
	readonly first: number;
	readonly last: number;
	/** Whether a gap lies in it or right before it: the curve is not joined there. */
	readonly broken: boolean;
}

/** The index of the first time that is not before `atMs`; times rise. */
export function firstIndexFrom(times: Float64Array, atMs: number): number {
	let [low, high] = [0, times.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((times[middle] as number) < atMs) low = middle + 1;
		else high = middle;
	}
	return low;
}

/**
 * The curve between two instants, both included, in buckets of one pixel, left to right.
 * @throws {RangeError} slip: no pixels, or no time between the two
 */
export function downSample(
	{ times, values }: { readonly times: Float64Array; readonly values: Float64Array },
	fromMs: number,
	toMs: number,
	pixels: number,
): Bucket[] {
	if (!Number.isInteger(pixels) || pixels < 1) throw new RangeError('a chart has pixels');
	if (!(toMs > fromMs)) throw new RangeError('a chart shows some time');
	const buckets: Bucket[] = [];
	let broken = true;
	for (let at = firstIndexFrom(times, fromMs); at < times.length; at += 1) {
		const time = times[at] as number;
		if (time > toMs) break;
		const value = values[at] as number;
		if (Number.isNaN(value)) {
			broken = true;
			continue;
		}
		const pixel = Math.min(pixels - 1, Math.floor(((time - fromMs) / (toMs - fromMs)) * pixels));
		const open = buckets.at(-1);
		if (open?.pixel === pixel)
			buckets[buckets.length - 1] = {
				...open,
				least: Math.min(open.least, value),
				greatest: Math.max(open.greatest, value),
				last: value,
				broken: open.broken || broken,
			};
		else buckets.push({ pixel, least: value, greatest: value, first: value, last: value, broken });
		broken = false;
	}
	return buckets;
}
