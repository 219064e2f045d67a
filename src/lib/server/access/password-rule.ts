/** Which passwords may be chosen: long, and not what a guesser tries first. Nothing about kinds of characters. */
import type { Refusal } from '../refusal.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';

/** In characters as a person counts them. */
export const MIN_PASSWORD_LENGTH = 10;

/** Fewer different characters than this is one key held down, or two in turns. */
const MIN_DIFFERENT = 4;

/** Refusal: `password-weak`. */
export function decidePassword(password: string, login: string): Refusal | undefined {
	const plain = password.normalize('NFKC').toLowerCase();
	const characters = [...plain];
	const weak =
		characters.length < MIN_PASSWORD_LENGTH ||
		new Set(characters).size < MIN_DIFFERENT ||
		isRun(characters) ||
		COMMON_PASSWORDS.has(plain) ||
		COMMON_PASSWORDS.has(withoutTail(plain)) ||
		withoutTail(plain) === withoutTail(login);
	return weak ? { refusal: 'password-weak', facts: { minimum: MIN_PASSWORD_LENGTH } } : undefined;
}

/** Without the digits and signs that people add when a rule asks for more. */
const withoutTail = (text: string): string => text.replace(/[^\p{L}]+$/u, '');

/** `1234567890`, `0987654321`, `abcdefghij`: each character beside the one before. */
function isRun(characters: readonly string[]): boolean {
	const codes = characters.map((character) => character.codePointAt(0) ?? 0);
	const steps = codes.slice(1).map((code, at) => code - (codes[at] ?? 0));
	const neighbours = steps.filter((step) => Math.abs(step) === 1 || Math.abs(step) === 9);
	return neighbours.length === steps.length;
}
