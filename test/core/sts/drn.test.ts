import { describe, expect, it } from 'vitest';
import { mfrCodeOf, parseDrn } from '#lib/core/sts/drn.ts';
import { isLuhnRight, luhnDigit } from '#lib/core/sts/luhn.ts';
import { meterPanOf, parseMeterPan } from '#lib/core/sts/meter-pan.ts';

describe('a check digit', () => {
	it('is that of the published examples', () => {
		expect(luhnDigit('1234567890')).toBe(3);
		expect(luhnDigit('43135625623')).toBe(7);
		expect(luhnDigit('7861754265922')).toBe(0);
		expect(luhnDigit('60072700000000000')).toBe(9);
	});

	it('finds every single wrong digit', () => {
		const good = '12345678903';
		expect(isLuhnRight(good)).toBe(true);
		for (let at = 0; at < good.length; at += 1)
			for (let step = 1; step < 10; step += 1) {
				const digit = (Number(good[at]) + step) % 10;
				expect(isLuhnRight(good.slice(0, at) + digit + good.slice(at + 1))).toBe(false);
			}
	});
});

describe('a meter number', () => {
	it('is 11 or 13 digits with the right check digit', () => {
		expect(parseDrn('12345678903')).toEqual({ drn: '12345678903' });
		expect(parseDrn(' 0100 0000 00008 ')).toEqual({ drn: '0100000000008' });
		expect(mfrCodeOf('12345678903')).toBe(12);
		expect(mfrCodeOf('0100000000008')).toBe(100);
	});

	it.each([
		['', 'empty'],
		['1234567890A', 'not-digits'],
		['123456789', 'wrong-length'],
		['123456789012', 'wrong-length'],
		['12345678904', 'check-digit'],
		['11111111113', 'check-digit'],
	])('%j is refused by name: %s', (text, refusal) => {
		expect(parseDrn(text)).toEqual({ refusal });
	});
});

describe('a meter PAN', () => {
	it('comes from the meter number and gives it back', () => {
		expect(meterPanOf('00000000000')).toBe('600727000000000009');
		expect(meterPanOf('0100000000008')).toBe('000001000000000082');
		expect(meterPanOf('11111111115')).toBe('600727111111111153');
		expect(parseMeterPan('000001000000000082')).toEqual({
			pan: '000001000000000082',
			iin: '0000',
			drn: '0100000000008',
		});
		expect(parseMeterPan('600727111111111153')).toMatchObject({
			iin: '600727',
			drn: '11111111115',
		});
		expect(() => meterPanOf('12345678904')).toThrow(RangeError);
	});

	it.each([
		['', 'empty'],
		['60072700000000000x', 'not-digits'],
		['60072700000000009', 'wrong-length'],
		['123456000000000009', 'unknown-issuer'],
		['600727000000000008', 'check-digit'],
		['600727111111111138', 'drn-check-digit'],
	])('%j is refused by name: %s', (text, refusal) => {
		expect(parseMeterPan(text)).toEqual({ refusal });
	});
});
