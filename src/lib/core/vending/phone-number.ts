/**
 * A phone number as a person types it, and as it is kept: E.164, a plus and at most fifteen digits with the
 * country's code first. Spaces, hyphens, points and brackets are passed over, digits may be Arabic; `00` stands
 * for the plus.
 */
import { latinDigits } from '#lib/core/units/digits.ts';

/** Why a text is no phone number, in order of precedence. */
export type PhoneRefusal = 'empty' | 'not-digits' | 'no-country' | 'too-short' | 'too-long';

const PARTING = /[\s\u00a0\u202f().\-/]+/g;
const MIN_DIGITS = 6;
const MAX_DIGITS = 15;

/** Whether such a number exists is not known here. */
export function parsePhone(text: string): { phone: string } | { refusal: PhoneRefusal } {
	const plain = latinDigits(text).replace(PARTING, '').replace(/^00/, '+');
	if (plain === '' || plain === '+') return { refusal: 'empty' };
	if (!/^\+?\d+$/.test(plain)) return { refusal: 'not-digits' };
	// A number without its country's code is another one in every country; no code starts with a nought.
	if (!/^\+[1-9]/.test(plain)) return { refusal: 'no-country' };
	const count = plain.length - 1;
	if (count < MIN_DIGITS) return { refusal: 'too-short' };
	return count > MAX_DIGITS ? { refusal: 'too-long' } : { phone: plain };
}

/** In groups of three, which no country writes wrong: `+254 712 345 678`. Display only. */
export function formatPhone(phone: string): string {
	return phone.replace(/(\d)(?=(?:\d{3})+$)/g, '$1 ');
}
