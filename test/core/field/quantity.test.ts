import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as build from '#lib/core/dlms/axdr/build.ts';
import {
	decimalIn,
	decimalOfFloat,
	formatQuantity,
	quantityNumber,
	quantityText,
} from '#lib/core/field/quantity.ts';

const NBSP = '\u00a0';

describe('a quantity', () => {
	it.each([
		[123_456n, 1, 'Wh', `1,234.56${NBSP}kWh`],
		[2400n, 0, 'Wh', `2.400${NBSP}kWh`],
		[999n, 0, 'Wh', `999${NBSP}Wh`],
		[-1500n, 0, 'W', `-1.500${NBSP}kW`],
		[2300n, -1, 'V', `230.0${NBSP}V`],
		[1234n, 0, 'V', `1,234${NBSP}V`],
		[-150n, -2, 'KES', `-1.50${NBSP}KES`],
		[98n, 0, '', '98'],
		[2n ** 64n - 1n, 3, 'Wh', `18,446,744,073,709,551,615${NBSP}kWh`],
		[0n, -3, 'A', `0.000${NBSP}A`],
	])('%s × 10^%i %s is written %s', (raw, scaler, unit, text) => {
		expect(formatQuantity({ raw, scaler, unit }, 'en')).toBe(text);
	});

	it('is written in the manner of the language', () => {
		const text = formatQuantity({ raw: 123_456n, scaler: 1, unit: 'Wh' }, 'de');
		expect(text).toBe(`1.234,56${NBSP}kWh`);
	});

	it('has text for any scaler that fits in an octet', () => {
		for (const scaler of [-128, 127])
			expect(formatQuantity({ raw: 7n, scaler, unit: 'V' }, 'en').length).toBeGreaterThan(100);
	});

	it('keeps every digit', () => {
		fc.assert(
			fc.property(fc.bigInt(), fc.integer({ min: -30, max: 30 }), (raw, scaler) => {
				const [whole = '', fraction = ''] = quantityText({ raw, scaler }).split('.');
				const digits = BigInt(whole.replace('-', '') + fraction);
				const size = raw < 0n ? -raw : raw;
				expect(digits).toBe(scaler > 0 ? size * 10n ** BigInt(scaler) : size);
				expect(fraction.length).toBe(raw === 0n && scaler >= 0 ? 0 : Math.max(0, -scaler));
			}),
		);
	});

	it('is a float only for charts', () => {
		expect(quantityNumber({ raw: 123_456n, scaler: -3 })).toBe(123.456);
		expect(quantityNumber({ raw: -1n, scaler: 127 })).toBe(-1e127);
	});
});

describe('the number in a value', () => {
	it('is the shortest decimal that is the same float', () => {
		expect(decimalIn(build.float32(Math.fround(230.1)))).toEqual({ raw: 2301n, scaler: -1 });
		expect(decimalIn(build.float64(0.1))).toEqual({ raw: 1n, scaler: -1 });
		expect(decimalIn(build.float64(-1e300))).toEqual({ raw: -1n, scaler: 300 });
		for (const none of [NaN, Infinity, -Infinity])
			expect(decimalIn(build.float32(none))).toBeUndefined();
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
				const decimal = decimalOfFloat(value);
				expect(Number(`${decimal?.raw}e${decimal?.scaler}`)).toBe(value + 0);
			}),
		);
	});

	it('is whole for whole types, and none for anything else', () => {
		expect(decimalIn(build.long64Unsigned(2n ** 64n - 1n))?.raw).toBe(2n ** 64n - 1n);
		expect(decimalIn(build.integer(-7))?.raw).toBe(-7n);
		for (const data of [
			build.NULL_DATA,
			build.boolean(true),
			build.octetString(Uint8Array.of(1)),
			build.array(build.integer(1)),
		])
			expect(decimalIn(data)).toBeUndefined();
	});
});
