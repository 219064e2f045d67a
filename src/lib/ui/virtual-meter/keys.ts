/** Where the keys of the meter's keypad are, and what the keys of a computer's keyboard mean to it. */
import type { KeypadKey } from '#lib/core/meter/keypad.ts';
import { latinDigits } from '#lib/core/units/digits.ts';

/** Takes the last digit back. */
export const BACKSPACE_KEY = '*' satisfies KeypadKey;
/** Gives what was keyed in to the meter. */
export const ENTER_KEY = '#' satisfies KeypadKey;

/** Twelve keys, row by row. */
export const KEYPAD_KEYS: readonly KeypadKey[] = [
	...(['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const),
	BACKSPACE_KEY,
	'0',
	ENTER_KEY,
];

/** The keypad's key for a physical one, as `KeyboardEvent.key` names it; null for every other key. */
export function keypadKeyOf(key: string): KeypadKey | null {
	const digit = latinDigits(key);
	if (/^[0-9]$/.test(digit)) return digit as KeypadKey;
	if (key === 'Enter') return ENTER_KEY;
	return key === 'Backspace' ? BACKSPACE_KEY : null;
}
