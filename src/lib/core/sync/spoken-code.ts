/**
 * Codes that people read out and type: Crockford's base 32, five random bits a character and a check
 * character at the end (mod 37), so that a slip is told from a code that is not known.
 */

import { latinDigits } from '#lib/core/units/digits.ts';

/** Values 0 to 31; no I, L, O or U. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Check values 32 to 36. */
const CHECK_DIGITS = `${DIGITS}*~$=U`;

/** One character of each random octet, and the check character. @param random uniformly chosen octets */
export function makeCode(random: Uint8Array): string {
	const body = Array.from(random, (octet) => DIGITS[octet & 31]).join('');
	return `${body}${checkOf(body)}`;
}

/** In groups of four, for eyes. */
export function formatCode(code: string): string {
	return code.replace(/(.{4})(?=.)/g, '$1-');
}

/**
 * A code as somebody typed it: any case, with or without hyphens and spaces, digits of any keyboard, I and L for 1, O for 0.
 * Undefined: of another length, or mistyped. @param length of the code, its check character counted
 */
export function parseCode(text: string, length: number): string | undefined {
	const plain = latinDigits(text).toUpperCase().replace(/[\s-]/g, '');
	const code = plain.replace(/[IL]/g, '1').replaceAll('O', '0');
	if (code.length !== length) return undefined;
	const body = code.slice(0, -1);
	return /^[0-9A-HJKMNP-TV-Z]*$/.test(body) && code.endsWith(checkOf(body)) ? code : undefined;
}

function checkOf(body: string): string {
	let value = 0;
	for (const character of body) value = (value * 32 + DIGITS.indexOf(character)) % 37;
	return CHECK_DIGITS.charAt(value);
}
