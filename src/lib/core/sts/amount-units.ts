/**
 * The amount of a units token, and of a power limit (IEC 62055-41 6.3.6, sts.md §5.1): a two-bit
 * exponent and a 14-bit mantissa. Amounts up to 16,383 are exact; above, the field can only carry some
 * amounts and takes the next one up, in the customer's favour. What it really carries is given back.
 *
 * One unit is 0.1 kWh, 0.1 m³ or 0.1 minute of credit, or 1 W of a limit.
 */

/** The largest amount a field can carry: 1,820,162.4 kWh. */
export const MAX_UNITS = 18_201_624;

/** Per exponent: the size of a step, and the amount that mantissa 0 stands for. */
const RANGES = [
	{ step: 1, offset: 0 },
	{ step: 10, offset: 16_384 },
	{ step: 100, offset: 180_224 },
	{ step: 1000, offset: 1_818_624 },
] as const;

const MAX_MANTISSA = 0x3fff;

/** Why an amount cannot be put on a token, in order of precedence. */
export type UnitsRefusal = 'amount-not-whole' | 'amount-negative' | 'amount-too-large';

/** A 16-bit field and the amount it carries: never less than was asked for. */
export interface EncodedUnits {
	readonly field: number;
	readonly units: number;
}

/** The amount that a 16-bit field carries. @throws {RangeError} slip: not 16 bits */
export function decodeUnits(field: number): number {
	if (!Number.isInteger(field) || field < 0 || field > 0xffff)
		throw new RangeError('an amount field has 16 bits');
	const { step, offset } = RANGES[field >>> 14] as (typeof RANGES)[number];
	return (field & MAX_MANTISSA) * step + offset;
}

/** The smallest amount that a field can carry and that is not below `units`. */
export function encodeUnits(units: number): EncodedUnits | { refusal: UnitsRefusal } {
	if (!Number.isInteger(units)) return { refusal: 'amount-not-whole' };
	if (units < 0) return { refusal: 'amount-negative' };
	for (const [exponent, { step, offset }] of RANGES.entries()) {
		const mantissa = Math.max(0, Math.ceil((units - offset) / step));
		if (mantissa <= MAX_MANTISSA)
			return { field: (exponent << 14) | mantissa, units: mantissa * step + offset };
	}
	return { refusal: 'amount-too-large' };
}
