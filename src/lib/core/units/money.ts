/**
 * Money: a whole number of minor units of an ISO 4217 currency. Never a float; division happens once,
 * at the end of a line, half to even.
 */

import { latinDigits } from './digits.ts';

/** What is needed to write an amount: the currency's code and the digits of its minor unit. */
export interface Currency {
	/** ISO 4217 alphabetic code, such as `KES`. */
	readonly code: string;
	/** Digits after the decimal point: 2 for most, 0 for some. */
	readonly minorDigits: number;
}

/** The largest amount the product handles: exact in a double, and in a 64-bit database column. */
export const MAX_AMOUNT_MINOR = 1_000_000_000_000;

/** Whether a number is a whole, handled amount of minor units. Negative ones are (they are credits). */
export function isAmountMinor(value: number): boolean {
	return Number.isInteger(value) && Math.abs(value) <= MAX_AMOUNT_MINOR;
}

/** Instead of a decimal point: the comma, or the Arabic decimal separator. */
export const DECIMAL_COMMA = /[,\u066b]/;

/** Why a typed amount is not one, in order of precedence. */
export type AmountRefusal =
	'empty' | 'not-a-number' | 'too-many-decimals' | 'not-positive' | 'too-large';

/**
 * A typed amount such as `1500` or `49.50` as minor units, in Latin or Arabic digits. A point or a comma may
 * part the decimals; spaces part thousands, and so does the Arabic sign for it.
 */
export function parseAmount(
	text: string,
	currency: Currency,
): { amountMinor: number } | { refusal: AmountRefusal } {
	const plain = latinDigits(text)
		.replace(/[\s\u00a0\u202f\u066c]/g, '')
		.replace(DECIMAL_COMMA, '.');
	if (plain === '') return { refusal: 'empty' };
	const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(plain);
	if (!match || (match[2] === '' && !match[3])) return { refusal: 'not-a-number' };
	const decimals = match[3] ?? '';
	if (decimals.length > currency.minorDigits) return { refusal: 'too-many-decimals' };
	const whole = (match[2] ?? '').replace(/^0+(?=\d)/, '');
	if (whole.length > 13) return { refusal: match[1] ? 'not-positive' : 'too-large' };
	const amountMinor = Number(`${whole}${decimals.padEnd(currency.minorDigits, '0')}` || '0');
	if (match[1] || amountMinor === 0) return { refusal: 'not-positive' };
	return amountMinor > MAX_AMOUNT_MINOR ? { refusal: 'too-large' } : { amountMinor };
}

/** Some languages put them into amounts; how an amount stands in its sentence is for the sentence to say. */
export const DIRECTION_MARKS = /[\u200e\u200f\u061c]/g;

/** An amount for a person: `KES 1,234.50` in the manner of the language. Display only. */
export function formatAmount(amountMinor: number, currency: Currency, language: string): string {
	return new Intl.NumberFormat(language, {
		style: 'currency',
		currency: currency.code,
		currencyDisplay: 'code',
		minimumFractionDigits:
			amountMinor % 10 ** currency.minorDigits === 0 ? 0 : currency.minorDigits,
		maximumFractionDigits: currency.minorDigits,
	})
		.format(amountMinor / 10 ** currency.minorDigits)
		.replace(DIRECTION_MARKS, '');
}

/** `dividend / divisor`, rounded half to even. @throws {RangeError} slip: a divisor of zero or less */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
	if (divisor <= 0n) throw new RangeError('the divisor must be positive');
	const quotient = dividend / divisor;
	const twiceRest = (dividend % divisor) * 2n;
	const size = twiceRest < 0n ? -twiceRest : twiceRest;
	const away = size > divisor || (size === divisor && quotient % 2n !== 0n);
	return away ? quotient + (dividend < 0n ? -1n : 1n) : quotient;
}
