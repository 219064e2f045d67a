/**
 * The amount of a currency token (IEC 62055-41 Ed.3, sts.md §5.2): a sign, a five-bit exponent and a
 * 14-bit mantissa, shared between the S&E field (sign and upper exponent bits) and the amount field
 * (lower exponent bits and mantissa). One unit is 0.00001 of the currency, which the token does not
 * name. Always rounded towards plus infinity: a credit up, a debit down in size.
 */

/** The largest amount in either direction that all modules agree on: 1.6383·10³⁰ of the currency. */
export const MAX_CURRENCY_UNITS = 16_383n * 10n ** 31n;

const EXPONENTS = 32;
const MAX_MANTISSA = 0x3fffn;

/** Per exponent: the size of a step, and the lowest and highest size it can carry. */
const RANGES = Array.from({ length: EXPONENTS }, (_, exponent) => {
	const step = 10n ** BigInt(exponent);
	const lowest = (16_384n * (step - 1n)) / 9n;
	return { exponent, step, lowest, highest: lowest + MAX_MANTISSA * step };
});

/** Why a currency amount cannot be put on a token. */
export type CurrencyRefusal = 'amount-too-large';

/** The two fields and the amount they carry. */
export interface EncodedCurrency {
	/** Sign in bit 3, exponent bits 4..2 in bits 2..0. */
	readonly signExponent: number;
	/** Exponent bits 1..0 in bits 15..14, mantissa in bits 13..0. */
	readonly field: number;
	/** In 0.00001 of the currency; never below what was asked for. */
	readonly units: bigint;
}

/** The amount, in 0.00001 of the currency, that the two fields carry. @throws {RangeError} slip: too wide */
export function decodeCurrency(signExponent: number, field: number): bigint {
	if (signExponent >>> 4 !== 0 || field >>> 16 !== 0)
		throw new RangeError('S&E has 4 bits and the amount field 16');
	const { step, lowest } = RANGES[
		((signExponent & 7) << 2) | (field >>> 14)
	] as (typeof RANGES)[number];
	const size = BigInt(field & 0x3fff) * step + lowest;
	return signExponent & 8 ? -size : size;
}

/** Exponent and mantissa of a size: the next one up for a credit, the next one down for a debit. */
function fit(size: bigint, negative: boolean): { exponent: number; mantissa: bigint } {
	const range = RANGES.find(({ highest }) => size <= highest) as (typeof RANGES)[number];
	const above = size - range.lowest;
	// Between the highest of one exponent and the lowest of the next lies a gap.
	if (above < 0n)
		return negative
			? { exponent: range.exponent - 1, mantissa: MAX_MANTISSA }
			: { exponent: range.exponent, mantissa: 0n };
	const rounding = negative ? 0n : range.step - 1n;
	return { exponent: range.exponent, mantissa: (above + rounding) / range.step };
}

/** The smallest amount the fields can carry that is not below `units`, in 0.00001 of the currency. */
export function encodeCurrency(units: bigint): EncodedCurrency | { refusal: CurrencyRefusal } {
	const negative = units < 0n;
	const size = negative ? -units : units;
	if (size > MAX_CURRENCY_UNITS) return { refusal: 'amount-too-large' };
	const { exponent, mantissa } = fit(size, negative);
	const signExponent = (negative ? 8 : 0) | (exponent >>> 2);
	const field = ((exponent & 3) << 14) | Number(mantissa);
	return { signExponent, field, units: decodeCurrency(signExponent, field) };
}
