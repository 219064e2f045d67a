/** A down-sampled curve as the path of an SVG: joined from pixel to pixel, broken at gaps. */
import type { Bucket } from '#lib/core/field/profile-reading/down-sample.ts';

/** @param yOf where a value stands, in pixels from the top */
export function curvePath(buckets: readonly Bucket[], yOf: (value: number) => number): string {
	const two = (value: number): string => value.toFixed(1);
	let path = '';
	for (const { pixel, least, greatest, first, last, broken } of buckets) {
		path += `${broken ? 'M' : 'L'}${pixel} ${two(yOf(first))}`;
		if (greatest > least) path += `V${two(yOf(greatest))}V${two(yOf(least))}V${two(yOf(last))}`;
		// A value alone between two gaps is a short stroke, not nothing.
		else if (broken) path += 'h0.01';
	}
	return path;
}
