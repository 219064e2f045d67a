/**
 * What may stand before the vault: a PIN of 6 to 12 digits, or a passphrase. Pure.
 *
 * Six digits are a million guesses; what is refused here is what a finder tries in the first hundred.
 */

export const MIN_DIGITS = 6;
export const MAX_DIGITS = 12;
export const MIN_PASSPHRASE = 10;
export const MAX_PASSPHRASE = 100;

/** Why a PIN or passphrase is not taken, in order of precedence. */
export const PIN_REFUSALS = [
	'too-short',
	'too-long',
	/** `111111`, `121112`: hardly any different characters. */
	'few-characters',
	/** `345678`, `864208`, `abcdefghij`: every step is the same. */
	'in-a-row',
	/** `271271`: one piece over and over. */
	'repeats',
	/** Among those that everybody takes. */
	'well-known',
] as const;
export type PinRefusal = (typeof PIN_REFUSALS)[number];

const WELL_KNOWN: ReadonlySet<string> = new Set([
	...['123321', '112233', '332211', '445566', '778899', '121314', '102030', '010203', '100200'],
	...['147258', '258369', '159357', '159753', '357159', '741852', '963852', '789456', '456123'],
	...['123789', '142536', '123654', '147852', '520131', '131452', '696969', '101010', '111222'],
	...['11223344', '12344321', '87654321', '14725836', '147258369', '789456123', '1122334455'],
	...['1234567890', '0987654321', '987654321', '123456789', '01234567890', '123454321'],
	...['qwertyuiop', 'qwertzuiop', 'azertyuiop', '1q2w3e4r5t', 'q1w2e3r4t5', '1qaz2wsx3edc'],
	...['password12', 'password123', 'password1234', 'passw0rd123', 'iloveyou123', 'letmein123'],
	...['technician', 'technician1', 'electricity', 'electricity1', 'tokenline123'],
]);

/** One form for what looks the same: how it was typed must not lock anybody out (RFC 8265, 4.2). */
export function normalizePin(typed: string): string {
	return typed.trim().normalize('NFKC');
}

/** The first reason why a person should choose another one; undefined where there is none. */
export function judgePin(typed: string): PinRefusal | undefined {
	const pin = normalizePin(typed);
	const digits = /^[0-9]+$/.test(pin);
	const [least, most, different] = digits
		? [MIN_DIGITS, MAX_DIGITS, 3]
		: [MIN_PASSPHRASE, MAX_PASSPHRASE, 5];
	const characters = [...pin.toLowerCase()];
	if (characters.length < least) return 'too-short';
	if (characters.length > most) return 'too-long';
	if (new Set(characters).size < different) return 'few-characters';
	if (isInARow(characters, digits)) return 'in-a-row';
	if (isRepeated(characters.join(''))) return 'repeats';
	return WELL_KNOWN.has(characters.join('')) ? 'well-known' : undefined;
}

/** Digits go round: 9 is followed by 0. */
function isInARow(characters: readonly string[], digits: boolean): boolean {
	const codes = characters.map((character) => character.codePointAt(0) ?? 0);
	const steps = codes.slice(1).map((code, at) => code - (codes[at] ?? 0));
	const first = steps[0] ?? 0;
	return steps.every((step) => (digits ? (step - first) % 10 === 0 : step === first));
}

function isRepeated(pin: string): boolean {
	// A text that is found within itself, doubled, before its end, is made of one piece.
	return (pin + pin).indexOf(pin, 1) < pin.length;
}
