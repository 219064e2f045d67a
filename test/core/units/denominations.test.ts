/** Notes and coins: largest first, each once, all whole. */
import { describe, expect, it } from 'vitest';
import { denominationsOf } from '#lib/core/units/denominations.ts';

describe('denominations', () => {
	it('of the demo’s currency are its notes and coins', () => {
		expect(denominationsOf('KES', 2)).toEqual([
			...[100_000, 50_000, 20_000, 10_000, 5_000],
			...[4_000, 2_000, 1_000, 500, 100, 50],
		]);
	});

	it.each([
		['XTS', 0, 100_000, 1],
		['XTS', 2, 100_000, 1],
		['XTS', 3, 1_000_000, 10],
	])('of %s with %i digits go from %i to %i', (code, digits, largest, smallest) => {
		const values = denominationsOf(code, digits);
		expect(values[0]).toBe(largest);
		expect(values.at(-1)).toBe(smallest);
	});

	it.each(['KES', 'TZS', 'UGX', 'ZAR', 'XTS'])('of %s fall, and are whole', (code) => {
		const values = denominationsOf(code, 2);
		expect([...new Set(values)].sort((one, other) => other - one)).toEqual(values);
		expect(values.every((value) => Number.isSafeInteger(value) && value > 0)).toBe(true);
	});
});
