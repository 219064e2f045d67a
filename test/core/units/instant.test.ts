import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	civilDateOf,
	civilMomentOf,
	dayAfter,
	formatDate,
	formatMonth,
	parseDate,
	startOfDay,
} from '#lib/core/units/instant.ts';

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

describe('civil moments', () => {
	it.each([
		['2026-11-20T20:59:59Z', 'Africa/Nairobi', { day: 20, weekday: 5, minuteOfDay: 1_439 }],
		['2026-11-20T21:00:00Z', 'Africa/Nairobi', { day: 21, weekday: 6, minuteOfDay: 0 }],
		['2026-11-22T12:00:00Z', 'UTC', { day: 22, weekday: 7, minuteOfDay: 720 }],
		['2026-11-23T04:00:00Z', 'America/New_York', { day: 22, weekday: 7, minuteOfDay: 1_380 }],
		['2026-11-23T00:00:00Z', 'Asia/Kathmandu', { day: 23, weekday: 1, minuteOfDay: 345 }],
	])('%s in %s', (instant, zone, expected) => {
		expect(civilMomentOf(Date.parse(instant), zone)).toMatchObject(expected);
	});
});

describe('civil days', () => {
	it.each([
		['2026-11-20', 'Africa/Nairobi', '2026-11-19T21:00:00Z'],
		['2026-11-20', 'America/New_York', '2026-11-20T05:00:00Z'],
		['2026-11-20', 'Pacific/Kiritimati', '2026-11-19T10:00:00Z'],
		['2026-11-20', 'Etc/GMT+12', '2026-11-20T12:00:00Z'],
		// The clocks of Cairo leap over this day's midnight, those of Havana repeat its first hour.
		['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00Z'],
		['2026-11-01', 'America/Havana', '2026-11-01T04:00:00Z'],
	])('%s in %s begins at %s', (date, zone, instant) => {
		expect(startOfDay(parseDate(date)!, zone)).toBe(Date.parse(instant));
	});

	it('begin when the date turns, and not a minute before', () => {
		const zones = ['Africa/Nairobi', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Cairo'];
		fc.assert(
			fc.property(
				fc.integer({ min: 10_000, max: 25_000 }),
				fc.constantFrom(...zones),
				(at, zone) => {
					const date = civilDateOf(at * 86_400_000, 'UTC');
					const start = startOfDay(date, zone);
					expect(formatDate(civilDateOf(start, zone))).toBe(formatDate(date));
					expect(formatDate(civilDateOf(start - 60_000, zone))).toBe(
						formatDate(dayAfter(date, -1)),
					);
				},
			),
			{ numRuns: 100 },
		);
	});

	it.each(['2026-02-29', '2026-13-01', '2026-1-01', '2026-01-00', 'today', '2026-01-01T00'])(
		'%s is no date',
		(text) => {
			expect(parseDate(text)).toBeUndefined();
		},
	);

	it('follow each other over months and years', () => {
		expect(formatDate(dayAfter({ year: 2027, month: 12, day: 31 }))).toBe('2028-01-01');
		expect(formatDate(dayAfter({ year: 2028, month: 2, day: 28 }))).toBe('2028-02-29');
	});
});
