/** The digits that a person types from memory or from a display: in groups of four, however many there are. */
import { GROUP_DIGITS } from '#lib/core/sts/token-number.ts';
import { latinDigits } from '#lib/core/units/digits.ts';
import type { FieldText } from './meter-number.ts';

const GAP = ' ';
const PARTING = /[\s\u00a0\u202f.-]+/g;

/** Without what parts the digits, which are Latin ones then. */
export function plainToken(text: string): string {
	return latinDigits(text).replace(PARTING, '');
}

/** Groups a field's text and keeps the caret behind the same character. */
export function regroupToken({ text, caret }: FieldText): FieldText {
	const before = plainToken(text.slice(0, caret)).length;
	const gaps = Math.max(0, Math.ceil(before / GROUP_DIGITS) - 1);
	const groups = plainToken(text).match(/.{1,4}/g) ?? [];
	return { text: groups.join(GAP), caret: before + gaps };
}

export type TypedVerdict =
	| { readonly kind: 'hint' }
	| { readonly kind: 'so-far'; readonly digits: number }
	| { readonly kind: 'empty' }
	| { readonly kind: 'not-digits' };

/** @param done the person says it is all */
export function decideTypedVerdict(text: string, done: boolean): TypedVerdict {
	const plain = plainToken(text);
	if (plain === '') return { kind: done ? 'empty' : 'hint' };
	return /^[0-9]+$/.test(plain) ? { kind: 'so-far', digits: plain.length } : { kind: 'not-digits' };
}
