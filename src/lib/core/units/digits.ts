/** Digits as people type them: not every keyboard has the Latin ones. */

/** Arabic-Indic, and the extended ones of Persian and Urdu: their last four bits are their values. */
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** The text with Latin digits in place of Arabic ones. Its length, and so a caret in it, stays. */
export const latinDigits = (text: string): string =>
	text.replace(OTHER_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf));
