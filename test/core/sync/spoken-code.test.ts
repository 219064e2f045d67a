import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCode, makeCode, parseCode } from '#lib/core/sync/spoken-code.ts';

/** Douglas Crockford's alphabet with the values of its check symbols, slowly: a plain number, modulo 37. */
function slowCheck(body: string): string {
	const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
	const value = [...body].reduce((sum, digit) => sum * 32n + BigInt(digits.indexOf(digit)), 0n);
	return `${digits}*~$=U`.charAt(Number(value % 37n));
}

const codes = fc.uint8Array({ minLength: 12, maxLength: 12 }).map(makeCode);

describe('a spoken code', () => {
	it('ends with the check symbol of its value', () => {
		fc.assert(
			fc.property(codes, (code) => {
				expect(code.slice(-1)).toBe(slowCheck(code.slice(0, -1)));
				expect(code.slice(0, -1)).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
			}),
		);
	});

	it('is read as it is written, in groups, in small letters, with O for 0 and I or L for 1', () => {
		fc.assert(
			fc.property(codes, fc.constantFrom('I', 'L', 'i', 'l'), (code, one) => {
				expect(parseCode(formatCode(code), 13)).toBe(code);
				const typed = ` ${code.toLowerCase().replaceAll('0', 'o').replaceAll('1', one)} `;
				expect(parseCode(typed, 13)).toBe(code);
			}),
		);
	});

	it('is not read when one character is another', () => {
		fc.assert(
			fc.property(codes, fc.nat(11), fc.nat(31), (code, at, value) => {
				const other = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(value);
				fc.pre(other !== code.charAt(at));
				expect(parseCode(`${code.slice(0, at)}${other}${code.slice(at + 1)}`, 13)).toBeUndefined();
			}),
		);
	});

	it.each(['', 'U'.repeat(13), '0'.repeat(12), '0'.repeat(14), 'é'.repeat(13)])(
		'is not %j',
		(text) => expect(parseCode(text, 13)).toBeUndefined(),
	);
});
