import { describe, expect, it } from 'vitest';
import { civilDateOf, formatMonth } from '#lib/core/units/instant.ts';

describe('civil dates', () => {
	it('turn over at the place’s own midnight', () => {
		const lastMinuteInNairobi = Date.UTC(2026, 10, 30, 20, 59);
		expect(civilDateOf(lastMinuteInNairobi, 'Africa/Nairobi')).toEqual({
			year: 2026,
			month: 11,
			day: 30,
		});
		expect(civilDateOf(lastMinuteInNairobi + 60_000, 'Africa/Nairobi')).toEqual({
			year: 2026,
			month: 12,
			day: 1,
		});
	});

	it('are written as a sortable month', () => {
		expect(formatMonth({ year: 2026, month: 3, day: 1 })).toBe('2026-03');
	});

	it('need a zone that exists', () => {
		expect(() => civilDateOf(0, 'Nowhere/Land')).toThrow(RangeError);
	});
});
