import { describe, expect, it } from 'vitest';
import { decideTypedAmount, typedFrom } from '#lib/ui/view/amount.ts';
import { quickPicks } from '#lib/ui/view/quick-picks.ts';

const KES = { code: 'KES', minorDigits: 2 };
const UGX = { code: 'UGX', minorDigits: 0 };
const limits = { minTenderMinor: 5_000, maxTenderMinor: 3_500_000 };

describe('a typed amount', () => {
	it.each([
		['', { refusal: 'empty' }],
		['x', { refusal: 'not-a-number' }],
		['1.234', { refusal: 'too-many-decimals' }],
		['0', { refusal: 'not-positive' }],
		['-5', { refusal: 'not-positive' }],
		['49.99', { refusal: 'amount-below-minimum' }],
		['50', { amountMinor: 5_000 }],
		['35 000', { amountMinor: 3_500_000 }],
		['35000.01', { refusal: 'amount-above-maximum' }],
	])('%j', (text, decided) => {
		expect(decideTypedAmount(text, KES, limits)).toEqual(decided);
	});

	it('has no limits while the meter is not known', () => {
		expect(decideTypedAmount('1', KES, null)).toEqual({ amountMinor: 100 });
	});
});

describe('quick choices', () => {
	it('are round, rising, and above the least sale', () => {
		expect(quickPicks(limits)).toEqual([20_000, 50_000, 100_000, 200_000]);
	});

	it('never leave the limits', () => {
		expect(quickPicks({ minTenderMinor: 100, maxTenderMinor: 600 })).toEqual([500]);
		expect(quickPicks({ minTenderMinor: 5_000, maxTenderMinor: 5_000 })).toEqual([]);
	});

	it('exist where nothing is the least', () => {
		expect(quickPicks({ minTenderMinor: 0, maxTenderMinor: 1_000 })).toEqual([1, 2, 5, 10]);
	});

	it('are typed as a person would', () => {
		expect(typedFrom(10_000, KES)).toBe('100');
		expect(typedFrom(10_050, KES)).toBe('100.50');
		expect(typedFrom(500, UGX)).toBe('500');
	});
});
