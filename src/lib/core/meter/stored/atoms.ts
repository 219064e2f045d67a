/** The smallest pieces of what is stored: whole numbers within bounds. */
import * as v from 'valibot';

/** A whole number from 0 to `highest`. */
export const whole = (highest = Number.MAX_SAFE_INTEGER) =>
	v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(highest));

/** A whole number from 1 to `highest`. */
export const counting = (highest = Number.MAX_SAFE_INTEGER) =>
	v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(highest));

/** An unsigned number of so many bits. */
export const bits = (count: number) => whole(2 ** count - 1);

/** A number that a check of the trade takes. */
export const checked = (check: (value: number) => boolean) => v.pipe(v.number(), v.check(check));
