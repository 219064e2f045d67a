/**
 * The decoder reference number, the "meter number" of every conversation: 11 digits from a maker with a
 * 2-digit code, 13 from one with a 4-digit code; maker, serial of 8 digits, check digit (sts.md §10.1).
 */
import { latinDigits } from '#lib/core/units/digits.ts';
import { isLuhnRight } from './luhn.ts';

/** Why a text is not a meter number, in order of precedence. */
export type DrnRefusal = 'empty' | 'not-digits' | 'wrong-length' | 'check-digit';

const PARTING = /[\s\u00a0\u202f-]+/g;

/** What a person typed or scanned as a meter number; spaces and hyphens are passed over, and digits may be Arabic. */
export function parseDrn(text: string): { drn: string } | { refusal: DrnRefusal } {
	const drn = latinDigits(text).replace(PARTING, '');
	if (drn === '') return { refusal: 'empty' };
	if (!/^[0-9]+$/.test(drn)) return { refusal: 'not-digits' };
	if (drn.length !== 11 && drn.length !== 13) return { refusal: 'wrong-length' };
	return isLuhnRight(drn) ? { drn } : { refusal: 'check-digit' };
}

/** The maker's code in a DRN, as a number: its first two digits of eleven, or four of thirteen. */
export function mfrCodeOf(drn: string): number {
	return Number(drn.slice(0, drn.length - 9));
}
