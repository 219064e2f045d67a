/**
 * The token as a person holds it: twenty decimal digits, a 66-bit number with leading zeros (IEC
 * 62055-41 6.4, sts.md §4.6). Always text, never a number. A number of twenty digits above 2⁶⁶−1 belongs
 * to some other scheme and is refused before anything else is looked at (sts.md §1.2).
 */
import { latinDigits } from '#lib/core/units/digits.ts';
import type { Block } from './block.ts';

/** Digits in a token. */
export const TOKEN_DIGITS = 20;

/** Digits in one group of a printed token. */
export const GROUP_DIGITS = 4;

/** The largest token number, 2⁶⁶−1. */
export const MAX_TOKEN = '73786976294838206463';

/** Why a text is not a token number, in order of precedence. */
export type TokenNumberRefusal = 'empty' | 'not-digits' | 'too-short' | 'too-long' | 'too-large';

/** A 66-bit token number: `top` holds bits 65..64, `rest` bits 63..0. */
export interface TokenBits {
	readonly top: number;
	readonly rest: Block;
}

const PARTING = /[\s\u00a0\u202f.-]+/g;
const HALF = 10_000_000_000;
const TWO_32 = 4_294_967_296;

/** Twenty digits as five groups of four, parted by spaces. @throws {RangeError} slip: not twenty digits */
export function formatToken(digits: string): string {
	if (!/^\d{20}$/.test(digits)) throw new RangeError('a token is twenty digits');
	return digits.replace(/(\d{4})(?=\d)/g, '$1 ');
}

/**
 * What a person typed or pasted as twenty plain digits. Spaces, hyphens and points between digits are
 * passed over, and digits may be Arabic.
 */
export function parseToken(text: string): { digits: string } | { refusal: TokenNumberRefusal } {
	const digits = latinDigits(text).replace(PARTING, '');
	if (digits === '') return { refusal: 'empty' };
	if (!/^[0-9]+$/.test(digits)) return { refusal: 'not-digits' };
	if (digits.length < TOKEN_DIGITS) return { refusal: 'too-short' };
	if (digits.length > TOKEN_DIGITS) return { refusal: 'too-long' };
	// Of equal length, the order of the texts is the order of the numbers.
	return digits > MAX_TOKEN ? { refusal: 'too-large' } : { digits };
}

/**
 * Twenty digits as 66 bits, in two halves of ten digits, so that every product stays below 2⁵³.
 * @throws {RangeError} slip: not twenty digits, or above 2⁶⁶−1
 */
export function digitsToBits(digits: string): TokenBits {
	if (digits.length !== TOKEN_DIGITS || digits > MAX_TOKEN)
		throw new RangeError('a token is twenty digits, at most 2^66-1');
	const upperDigits = Number(digits.slice(0, 10));
	const lowerDigits = Number(digits.slice(10));
	// number = (a·2¹⁷ + b)·10¹⁰ + lower, with a and b of 17 bits.
	const a = Math.floor(upperDigits / 131_072);
	const b = upperDigits - a * 131_072;
	const aProduct = a * HALF;
	const bProduct = b * HALF + lowerDigits;
	const aAbove32 = Math.floor(aProduct / 32_768);
	const lowSum = (aProduct - aAbove32 * 32_768) * 131_072 + (bProduct % TWO_32);
	const highSum = aAbove32 + Math.floor(bProduct / TWO_32) + Math.floor(lowSum / TWO_32);
	return {
		top: Math.floor(highSum / TWO_32),
		rest: { high: highSum >>> 0, low: lowSum >>> 0 },
	};
}

/** 66 bits as twenty digits: long division by 10¹⁰, sixteen bits at a time. */
export function bitsToDigits(bits: TokenBits): string {
	const upper = bits.top * TWO_32 + bits.rest.high;
	const first = Math.floor(upper / HALF);
	const middle = (upper - first * HALF) * 65_536 + (bits.rest.low >>> 16);
	const second = Math.floor(middle / HALF);
	const last = (middle - second * HALF) * 65_536 + (bits.rest.low & 0xffff);
	const third = Math.floor(last / HALF);
	const upperDigits = first * TWO_32 + second * 65_536 + third;
	const lowerDigits = last - third * HALF;
	return String(upperDigits).padStart(10, '0') + String(lowerDigits).padStart(10, '0');
}
