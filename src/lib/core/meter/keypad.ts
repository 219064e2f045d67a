/**
 * The keypad of a meter as a value: the digits typed so far and when the last one was. Twenty digits are
 * a token, three a short code; digits that were left lying for twenty seconds are forgotten
 * (sts.md §13.11).
 */
import { TOKEN_DIGITS } from '../sts/token-number.ts';
import type { DisplayName } from './display-items.ts';

/** A key: a digit, `*` to take the last digit back, `#` to enter. */
export type KeypadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#';

/** What has been typed. */
export interface Keypad {
	readonly digits: string;
	readonly lastKeyMs: number;
}

/** Nothing typed. */
export const EMPTY_KEYPAD: Keypad = { digits: '', lastKeyMs: 0 };

/** Digits left lying this long are forgotten. */
export const INTER_DIGIT_TIMEOUT_MS = 20_000;

/** Digits in a short code. */
export const SHORT_CODE_DIGITS = 3;

/** What each short code shows. */
export const SHORT_CODES: Readonly<Record<string, DisplayName>> = {
	'001': 'credit',
	'002': 'meter-number',
	'003': 'last-token',
	'004': 'active-power',
	'005': 'total-registers',
	'006': 'total-credited',
	'007': 'power-limit',
	'008': 'tamper-status',
	'009': 'supply-group',
	'010': 'key-revision',
	'011': 'tariff-index',
	'012': 'encryption-algorithm',
	'013': 'load-switch',
};

/** What a key brought about, if anything. */
export type KeypadAction =
	| { readonly kind: 'token'; readonly digits: string }
	| { readonly kind: 'show'; readonly name: DisplayName }
	| { readonly kind: 'unknown-code'; readonly digits: string };

/** The digits that still count at an instant. */
export function digitsAt(keypad: Keypad, instantMs: number): string {
	return instantMs - keypad.lastKeyMs >= INTER_DIGIT_TIMEOUT_MS ? '' : keypad.digits;
}

function actionOf(digits: string): KeypadAction {
	if (digits.length === TOKEN_DIGITS) return { kind: 'token', digits };
	const name = SHORT_CODES[digits];
	return name ? { kind: 'show', name } : { kind: 'unknown-code', digits };
}

/** One key pressed. The twentieth digit enters a token by itself; a short code waits for `#`. */
export function pressKey(
	keypad: Keypad,
	key: KeypadKey,
	instantMs: number,
): { keypad: Keypad; action?: KeypadAction } {
	const before = digitsAt(keypad, instantMs);
	if (key === '*') return { keypad: { digits: before.slice(0, -1), lastKeyMs: instantMs } };
	const digits = key === '#' ? before : before + key;
	const isWhole = digits.length === TOKEN_DIGITS || (key === '#' && digits !== '');
	return isWhole
		? { keypad: { digits: '', lastKeyMs: instantMs }, action: actionOf(digits) }
		: { keypad: { digits, lastKeyMs: instantMs } };
}
