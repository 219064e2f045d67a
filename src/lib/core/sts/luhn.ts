/**
 * The check digit of meter numbers (ISO/IEC 7812 Luhn, sts.md §10.1): from the right, every other digit
 * is doubled, starting with the last.
 */

/** The check digit 0 … 9 that belongs after some digits. @throws {TypeError} slip: not digits */
export function luhnDigit(digits: string): number {
	if (!/^[0-9]+$/.test(digits)) throw new TypeError('digits expected');
	let sum = 0;
	for (let at = 0; at < digits.length; at += 1) {
		const digit = Number(digits[digits.length - 1 - at]);
		const counted = at % 2 === 0 ? digit * 2 : digit;
		sum += counted > 9 ? counted - 9 : counted;
	}
	return (10 - (sum % 10)) % 10;
}

/** Whether the last digit is the check digit of those before it. */
export function isLuhnRight(digits: string): boolean {
	return luhnDigit(digits.slice(0, -1)) === Number(digits.at(-1));
}
