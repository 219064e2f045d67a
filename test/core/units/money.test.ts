import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	divideHalfEven,
	formatAmount,
	isAmountMinor,
	MAX_AMOUNT_MINOR,
	parseAmount,
} from '#lib/core/units/money.ts';

const KES = { code: 'KES', minorDigits: 2 };
const UGX = { code: 'UGX', minorDigits: 0 };

describe('parseAmount', () => {
	it.each([
		['500', 50_000],
		['49.5', 4_950],
		['49,50', 4_950],
		['1 500.05', 150_005],
		['.5', 50],
		['007', 700],
		['5.', 500],
		['٥٠٠', 50_000],
		['۵۰۰', 50_000],
		['١٬٥٠٠٫٠٥', 150_005],
	])('reads %j as %d minor units', (text, amountMinor) => {
		expect(parseAmount(text, KES)).toEqual({ amountMinor });
	});

	it.each([
		['', 'empty'],
		['  ', 'empty'],
		['abc', 'not-a-number'],
		['1e3', 'not-a-number'],
		['.', 'not-a-number'],
		['1.2.3', 'not-a-number'],
		['٥x', 'not-a-number'],
		['٫', 'not-a-number'],
		['١٫٠٠٥', 'too-many-decimals'],
		['٠', 'not-positive'],
		['0', 'not-positive'],
		['-5', 'not-positive'],
		['-99999999999999', 'not-positive'],
		['1.005', 'too-many-decimals'],
		['99999999999999999999', 'too-large'],
	])('refuses %j as %s', (text, refusal) => {
		expect(parseAmount(text, KES)).toEqual({ refusal });
	});

	it('takes no decimals where the currency has none', () => {
		expect(parseAmount('500', UGX)).toEqual({ amountMinor: 500 });
		expect(parseAmount('500.0', UGX)).toEqual({ refusal: 'too-many-decimals' });
	});

	it('reads back every amount that it can write', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: MAX_AMOUNT_MINOR }), (amountMinor) => {
				const text = `${Math.floor(amountMinor / 100)}.${String(amountMinor % 100).padStart(2, '0')}`;
				expect(parseAmount(text, KES)).toEqual({ amountMinor });
			}),
		);
	});
});

describe('divideHalfEven', () => {
	it.each([
		[5n, 2n, 2n],
		[7n, 2n, 4n],
		[-5n, 2n, -2n],
		[-7n, 2n, -4n],
		[8n, 3n, 3n],
		[-8n, 3n, -3n],
		[0n, 9n, 0n],
	])('%d / %d = %d', (dividend, divisor, quotient) => {
		expect(divideHalfEven(dividend, divisor)).toBe(quotient);
	});

	it('is never further than half a divisor from the truth', () => {
		fc.assert(
			fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 12n }), (dividend, divisor) => {
				const off = divideHalfEven(dividend, divisor) * divisor - dividend;
				expect((off < 0n ? -off : off) * 2n <= divisor).toBe(true);
			}),
		);
	});

	it('takes a divisor of zero for a slip', () => {
		expect(() => divideHalfEven(1n, 0n)).toThrow(RangeError);
	});
});

describe('amounts for people', () => {
	it('drops the decimals that say nothing', () => {
		expect(formatAmount(50_000, KES, 'en').replace(/\s/g, ' ')).toBe('KES 500');
		expect(formatAmount(50_050, KES, 'en').replace(/\s/g, ' ')).toBe('KES 500.50');
	});

	it('handles whole amounts in range only', () => {
		expect([0, 1, -1, MAX_AMOUNT_MINOR].every(isAmountMinor)).toBe(true);
		expect([0.5, NaN, Infinity, MAX_AMOUNT_MINOR + 1].some(isAmountMinor)).toBe(false);
	});
});
