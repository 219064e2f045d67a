import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUnits, encodeUnits, MAX_UNITS } from '#lib/core/sts/amount-units.ts';

describe('the amount of a units token', () => {
	it.each([
		[0, 0x0000, 0],
		[1, 0x0001, 1],
		[256, 0x0100, 256],
		[16_383, 0x3fff, 16_383],
		[16_384, 0x4000, 16_384],
		[20_000, 0x416a, 20_004],
		[180_215, 0x8000, 180_224],
		[180_223, 0x8000, 180_224],
		[180_224, 0x8000, 180_224],
		[1_818_623, 0xc000, 1_818_624],
		[1_818_624, 0xc000, 1_818_624],
		[18_201_624, 0xffff, 18_201_624],
	])('%i units are field %i, which carries %i', (asked, field, units) => {
		expect(encodeUnits(asked)).toEqual({ field, units });
		expect(decodeUnits(field)).toBe(units);
	});

	it('is refused by name when no field can carry it', () => {
		expect(encodeUnits(MAX_UNITS + 1)).toEqual({ refusal: 'amount-too-large' });
		expect(encodeUnits(-1)).toEqual({ refusal: 'amount-negative' });
		expect(encodeUnits(1.5)).toEqual({ refusal: 'amount-not-whole' });
		expect(encodeUnits(Number.NaN)).toEqual({ refusal: 'amount-not-whole' });
		expect(() => decodeUnits(0x10000)).toThrow(RangeError);
	});

	it('is the smallest any field can carry that is not below what was asked', () => {
		const carried = Array.from({ length: 0x10000 }, (_, field) => decodeUnits(field));
		for (let at = 1; at < carried.length; at += 1)
			expect((carried[at] as number) > (carried[at - 1] as number)).toBe(true);
		fc.assert(
			fc.property(fc.integer({ min: 0, max: MAX_UNITS }), (asked) => {
				const encoded = encodeUnits(asked);
				if ('refusal' in encoded) throw new Error(encoded.refusal);
				expect(encoded.units).toBeGreaterThanOrEqual(asked);
				if (encoded.field > 0) expect(carried[encoded.field - 1]).toBeLessThan(asked);
			}),
			{ numRuns: 5000, seed: 3 },
		);
	});

	it('grows with what is asked', () => {
		const amount = fc.integer({ min: 0, max: MAX_UNITS });
		fc.assert(
			fc.property(amount, amount, (one, other) => {
				const [less, more] = [Math.min(one, other), Math.max(one, other)].map(encodeUnits);
				expect(less).toHaveProperty('units');
				expect((less as { units: number }).units).toBeLessThanOrEqual(
					(more as { units: number }).units,
				);
			}),
			{ seed: 4 },
		);
	});
});
