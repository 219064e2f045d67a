/** A meter number as a person reads it: 4-4-3 for eleven digits, 4-4-5 for thirteen. Display only. */
import { latinDigits } from '#lib/core/units/digits.ts';

const SPACES = /[\s\u00a0\u202f]/g;
/** A narrow no-break space would be finer, but a plain one survives every copy and paste. */
const GAP = ' ';

/** Groups what has been typed so far, in Latin digits; anything that is not a space stays, so that it can be judged. */
export function groupMeterNumber(text: string): string {
	const plain = latinDigits(text).replace(SPACES, '');
	return [plain.slice(0, 4), plain.slice(4, 8), plain.slice(8)].filter((part) => part).join(GAP);
}

/** What stands in the field and where its caret is, counted in characters. */
export interface FieldText {
	readonly text: string;
	readonly caret: number;
}

/** Groups a field's text and keeps the caret behind the same digit. */
export function regroup({ text, caret }: FieldText): FieldText {
	const before = text.slice(0, caret).replace(SPACES, '').length;
	const grouped = groupMeterNumber(text);
	return { text: grouped, caret: before + (before > 8 ? 2 : before > 4 ? 1 : 0) };
}

/**
 * Where the caret goes before a character behind it is deleted: past a gap, which would otherwise come
 * back at once and hold it there.
 */
export function caretBeforeDelete({ text, caret }: FieldText): number {
	return text[caret - 1] === GAP ? caret - 1 : caret;
}

/** Each digit for itself, for a voice. */
export function spellDigits(digits: string): string {
	return [...digits].join(' ');
}

/** The groups of four of a token's twenty digits. */
export function tokenGroups(digits: string): string[] {
	return digits.match(/\d{1,4}/g) ?? [];
}
