import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import {
	decodeCurrency,
	encodeCurrency,
	MAX_CURRENCY_UNITS,
} from '#lib/core/sts/amount-currency.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { encodeCurrencyToken } from '#lib/core/sts/currency-token.ts';
import { decodeToken } from '#lib/core/sts/decode.ts';
import { parseDecimalUp } from '#lib/core/sts/decimal.ts';

const BASE = 100_000n;

describe('the amount of a currency token', () => {
	it.each<[bigint, number, number]>([
		[0n, 0, 0],
		[1n * BASE, 0, 0x60aa],
		[16_383n * BASE, 1, 0x78e3],
		[180_224n * BASE, 1, 0xbf4a],
		[18_202_624n * BASE, 2, 0x3fff],
		[-1n * BASE, 8, 0x60a9],
		[-180_224n * BASE, 9, 0xbf49],
		[182_044n * 10n ** 9n * BASE, 4, 0x0000],
		[182_044n * 10n ** 24n * BASE, 7, 0xc000],
	])('%s units are S&E %i and field %i', (units, signExponent, field) => {
		expect(encodeCurrency(units)).toMatchObject({ signExponent, field });
	});

	it('reads the published fields', () => {
		expect(decodeCurrency(0, 57_334)).toBe(10_000_624n);
		expect(() => decodeCurrency(16, 0)).toThrow(RangeError);
		expect(() => decodeCurrency(0, 0x10000)).toThrow(RangeError);
	});

	it('is refused beyond what all modules carry', () => {
		expect(encodeCurrency(MAX_CURRENCY_UNITS)).toHaveProperty('field');
		expect(encodeCurrency(MAX_CURRENCY_UNITS + 1n)).toEqual({ refusal: 'amount-too-large' });
		expect(encodeCurrency(-MAX_CURRENCY_UNITS - 1n)).toEqual({ refusal: 'amount-too-large' });
	});

	const amount = fc
		.tuple(fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }), fc.integer({ min: 0, max: 17 }))
		.map(([digits, exponent]) => digits * 10n ** BigInt(exponent))
		.filter((units) => (units < 0n ? -units : units) <= MAX_CURRENCY_UNITS);

	it('is never below what was asked, and the next one down would be', () => {
		fc.assert(
			fc.property(amount, (units) => {
				const encoded = encodeCurrency(units);
				if ('refusal' in encoded) throw new Error(encoded.refusal);
				expect(encoded.units >= units).toBe(true);
				expect(decodeCurrency(encoded.signExponent, encoded.field)).toBe(encoded.units);
				// Exponent and mantissa in one number: its size grows with the amount's.
				const rank = ((encoded.signExponent & 7) << 16) | encoded.field;
				const down = encoded.units > 0n ? rank - 1 : rank + 1;
				if (encoded.units === 0n || down >= 1 << 19) return;
				const below = decodeCurrency((encoded.signExponent & 8) | (down >>> 16), down & 0xffff);
				expect(below < units).toBe(true);
			}),
			{ numRuns: 3000, seed: 8 },
		);
	});

	it('grows with what is asked', () => {
		fc.assert(
			fc.property(amount, amount, (one, other) => {
				const [less, more] = one < other ? [one, other] : [other, one];
				const [a, b] = [encodeCurrency(less), encodeCurrency(more)];
				if ('refusal' in a || 'refusal' in b) throw new Error('refused');
				expect(a.units <= b.units).toBe(true);
			}),
			{ numRuns: 2000, seed: 9 },
		);
	});

	it('is what a token says it carries', () => {
		const cipher = prepareCipher(7, parseHex('4530edb79b5f083d'));
		const made = encodeCurrencyToken({ units: 10_000_000n, tid: 6_680_788 }, cipher);
		expect(made).toEqual({ digits: '07420412750539184100', units: 10_000_624n });
		expect(encodeCurrencyToken({ units: 10n ** 40n, tid: 1 }, cipher)).toEqual({
			refusal: 'amount-too-large',
		});
		const debit = encodeCurrencyToken({ service: 'gas', units: -5n, tid: 9 }, cipher);
		if ('refusal' in debit) throw new Error(debit.refusal);
		expect(decodeToken(debit.digits, cipher)).toMatchObject({
			token: { subclass: 6, fields: { signExponent: 8, tid: 9, amount: 5 } },
		});
	});
});

describe('a decimal text', () => {
	it.each<[string, number, bigint | undefined]>([
		['25.6', 1, 256n],
		['25.61', 1, 257n],
		['25.60', 1, 256n],
		['0.1', 1, 1n],
		['-0.19', 1, -1n],
		['-25', 5, -2_500_000n],
		['1.000001', 5, 100_001n],
		['7.', 1, 70n],
		['', 1, undefined],
		['1e3', 1, undefined],
		['.5', 1, undefined],
	])('%j in 10^-%i is %s, rounded the customer’s way', (text, decimals, units) => {
		expect(parseDecimalUp(text, decimals)).toBe(units);
	});
});
