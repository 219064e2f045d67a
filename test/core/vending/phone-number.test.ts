import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { Phone } from '#lib/core/sync/wire.ts';
import { formatPhone, parsePhone } from '#lib/core/vending/phone-number.ts';

describe('a phone number', () => {
	it.each([
		['+254712345678', '+254712345678'],
		[' +254 712-345.678 ', '+254712345678'],
		['00254 (712) 345 678', '+254712345678'],
		['+123456', '+123456'],
		['+٢٥٤ ٧١٢ ٣٤٥ ٦٧٨', '+254712345678'],
		['۰۰۲۵۴۷۱۲۳۴۵۶۷۸', '+254712345678'],
		['+123456789012345', '+123456789012345'],
	])('%j is kept as %s', (text, phone) => {
		expect(parsePhone(text)).toEqual({ phone });
		expect(v.is(Phone, phone)).toBe(true);
	});

	it.each([
		['', 'empty'],
		[' + ', 'empty'],
		['+2547x', 'not-digits'],
		['+254+7', 'not-digits'],
		['0712345678', 'no-country'],
		['+0712345678', 'no-country'],
		['712345678', 'no-country'],
		['+12345', 'too-short'],
		['+1234567890123456', 'too-long'],
	] as const)('%j is refused: %s', (text, refusal) => {
		expect(parsePhone(text)).toEqual({ refusal });
	});

	it('is shown in groups and read back the same', () => {
		expect(formatPhone('+254712345678')).toBe('+254 712 345 678');
		expect(parsePhone(formatPhone('+27831234567'))).toEqual({ phone: '+27831234567' });
	});
});
