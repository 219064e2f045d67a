/**
 * A token on its way through the keypad, from the first digit to Enter: the keypad of `core/meter`, and a
 * whole token resting on the display until a person presses Enter — the twentieth digit can still be
 * mended then, and a token that came by a link or the clipboard is never entered by itself.
 */
import {
	digitsAt,
	EMPTY_KEYPAD,
	INTER_DIGIT_TIMEOUT_MS,
	pressKey,
	SHORT_CODE_DIGITS,
	type Keypad,
	type KeypadAction,
	type KeypadKey,
} from '#lib/core/meter/keypad.ts';
import { TOKEN_DIGITS } from '#lib/core/sts/token-number.ts';
import { BACKSPACE_KEY, ENTER_KEY } from './keys.ts';

export interface Entry {
	readonly keypad: Keypad;
	/** Twenty digits waiting for Enter; `sinceMs` null: offered, and they wait as long as it takes. */
	readonly whole: { readonly digits: string; readonly sinceMs: number | null } | null;
}

export const EMPTY_ENTRY: Entry = { keypad: EMPTY_KEYPAD, whole: null };

/** What a key brought about: what the meter's keypad says, or too few digits, which stay. */
export type EntryAction = KeypadAction | { readonly kind: 'incomplete'; readonly count: number };

/** Puts a token on the display, waiting for Enter. */
export function offerToken(digits: string): Entry {
	return { keypad: EMPTY_KEYPAD, whole: { digits, sinceMs: null } };
}

/** The digits on the display at an instant. */
export function entryDigits({ keypad, whole }: Entry, instantMs: number): string {
	if (!whole) return digitsAt(keypad, instantMs);
	const isForgotten = whole.sinceMs !== null && instantMs - whole.sinceMs >= INTER_DIGIT_TIMEOUT_MS;
	return isForgotten ? '' : whole.digits;
}

/** Whole seconds until the digits are forgotten; null when none are waiting, or they wait for good. */
export function secondsLeft(entry: Entry, instantMs: number): number | null {
	if (entryDigits(entry, instantMs) === '') return null;
	const sinceMs = entry.whole ? entry.whole.sinceMs : entry.keypad.lastKeyMs;
	if (sinceMs === null) return null;
	return Math.ceil((INTER_DIGIT_TIMEOUT_MS - (instantMs - sinceMs)) / 1000);
}

/** Whether digits that were keyed in have just been forgotten. */
export function isForgotten(entry: Entry, instantMs: number): boolean {
	return (
		(entry.whole !== null || entry.keypad.digits !== '') && entryDigits(entry, instantMs) === ''
	);
}

/** One key pressed. */
export function pressEntryKey(
	entry: Entry,
	key: KeypadKey,
	instantMs: number,
): { readonly entry: Entry; readonly action?: EntryAction } {
	const digits = entryDigits(entry, instantMs);
	if (digits.length === TOKEN_DIGITS) return pressOnWhole(entry, digits, key, instantMs);
	const keypad = { digits, lastKeyMs: entry.keypad.lastKeyMs };
	if (key === ENTER_KEY && digits !== '' && digits.length !== SHORT_CODE_DIGITS)
		return {
			entry: { keypad: { digits, lastKeyMs: instantMs }, whole: null },
			action: { kind: 'incomplete', count: digits.length },
		};
	if (key !== ENTER_KEY && key !== BACKSPACE_KEY && digits.length === TOKEN_DIGITS - 1)
		return {
			entry: { keypad: EMPTY_KEYPAD, whole: { digits: digits + key, sinceMs: instantMs } },
		};
	const pressed = pressKey(keypad, key, instantMs);
	const next: Entry = { keypad: pressed.keypad, whole: null };
	return pressed.action ? { entry: next, action: pressed.action } : { entry: next };
}

/** With twenty digits there: Enter gives them to the meter, Backspace takes the last one back. */
function pressOnWhole(entry: Entry, digits: string, key: KeypadKey, instantMs: number) {
	if (key === ENTER_KEY) return { entry: EMPTY_ENTRY, action: { kind: 'token', digits } as const };
	if (key !== BACKSPACE_KEY) return { entry };
	const keypad = { digits: digits.slice(0, -1), lastKeyMs: instantMs };
	return { entry: { keypad, whole: null } };
}
