/** A claim code as a person types it: in groups of four as on the paper, judged while it grows. */
import { CLAIM_CODE_LENGTH } from '#lib/core/sync/claim.ts';
import { formatCode, parseCode } from '#lib/core/sync/spoken-code.ts';
import { latinDigits } from '#lib/core/units/digits.ts';
import type { FieldText } from './meter-number.ts';

const GAP = '-';
/** What may stand in a code, and what a person may type for it. */
const POSSIBLE = /^[0-9A-Z*~$=]*$/;

export type ClaimVerdict =
	| { readonly kind: 'hint' }
	| { readonly kind: 'so-far'; readonly characters: number }
	| { readonly kind: 'sound'; readonly code: string }
	| { readonly kind: 'refused' };

const plainOf = (text: string): string => latinDigits(text).toUpperCase().replace(/[\s-]/g, '');

/** @param done the person says it is all: what is still missing is then a refusal, not a hint */
export function decideClaimVerdict(text: string, done: boolean): ClaimVerdict {
	const code = parseCode(text, CLAIM_CODE_LENGTH);
	if (code !== undefined) return { kind: 'sound', code };
	const plain = plainOf(text);
	const isGrowing = !done && plain.length < CLAIM_CODE_LENGTH && POSSIBLE.test(plain);
	if (!isGrowing) return { kind: 'refused' };
	return plain === '' ? { kind: 'hint' } : { kind: 'so-far', characters: plain.length };
}

/** Groups a field's text and keeps the caret behind the same character. */
export function regroupCode({ text, caret }: FieldText): FieldText {
	const before = plainOf(text.slice(0, caret)).length;
	const gaps = Math.max(0, Math.ceil(before / 4) - 1);
	return { text: formatCode(plainOf(text)), caret: before + gaps };
}

/** Where the caret goes before a character behind it is deleted: past a gap, as with a meter number. */
export function caretBeforeCodeDelete({ text, caret }: FieldText): number {
	return text[caret - 1] === GAP ? caret - 1 : caret;
}
