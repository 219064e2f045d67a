import { describe, expect, it } from 'vitest';
import { decideAmount, decideMeterNumber } from '#lib/core/vending/request-checks.ts';

describe('decideMeterNumber', () => {
	it.each([
		['01450638802', '01450638802'],
		['0411 1111 110', '04111111110'],
		['0411-1111-110', '04111111110'],
		['0100000000008', '0100000000008'],
		['٠١٤٥٠٦٣٨٨٠٢', '01450638802'],
		['۰۱۴۵ ۰۶۳۸ ۸۰۲', '01450638802'],
	])('reads %s', (text, drn) => {
		expect(decideMeterNumber(text)).toEqual({ drn });
	});

	it.each([
		['', 'meter-number-empty'],
		['  ', 'meter-number-empty'],
		['0145063880A', 'meter-number-not-digits'],
		['O1', 'meter-number-not-digits'],
		['0145063880', 'meter-number-length'],
		['014506388021', 'meter-number-length'],
		['01450638801', 'meter-check-digit'],
		['12345678904', 'meter-check-digit'],
		['11111111113', 'meter-check-digit'],
	])('refuses %j with %s', (text, refusal) => {
		expect(decideMeterNumber(text)).toEqual({ refusal });
	});
});

describe('decideAmount', () => {
	const limits = { minTenderMinor: 5_000, maxTenderMinor: 5_000_000, currency: { code: 'KES' } };
	it.each([
		[0.5, 'EUR', 'currency-unknown'],
		[49.5, 'KES', 'amount-not-whole'],
		[Number.NaN, 'KES', 'amount-not-whole'],
		[0, 'KES', 'amount-not-positive'],
		[-100, 'KES', 'amount-not-positive'],
		[4_999, 'KES', 'amount-below-minimum'],
		[5_000_001, 'KES', 'amount-above-maximum'],
		[5_000, 'KES', undefined],
		[5_000_000, 'KES', undefined],
	])('answers %s %s with %s', (amount, currency, refusal) => {
		expect(decideAmount(amount, currency, limits)).toBe(refusal);
	});
});
