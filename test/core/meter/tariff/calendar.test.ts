import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	type Calendar,
	isWhole,
	nextSwitchMs,
	rateAt,
	RATES,
} from '#lib/core/meter/tariff/calendar.ts';
import { FACTORY_CALENDAR } from '#lib/core/meter/tariff/factory-calendar.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const at = (...parts: [number, number, number, number, number]): number => {
	const [year, month, day, hour, minute] = parts;
	return Date.UTC(year, month - 1, day, hour, minute);
};

describe('the calendar of the factory', () => {
	it('is whole, and uses all eight rates', () => {
		expect(isWhole(FACTORY_CALENDAR)).toBe(true);
		const rates = FACTORY_CALENDAR.days.flatMap(({ switches }) => switches.map(({ rate }) => rate));
		expect(new Set(rates).size).toBe(RATES);
	});

	it.each([
		['a working night in the warm season', at(2025, 7, 1, 5, 59), 1],
		['the morning peak', at(2025, 7, 1, 6, 0), 3],
		['the day', at(2025, 7, 1, 9, 0), 2],
		['the evening', at(2025, 7, 1, 17, 0), 3],
		['the late evening', at(2025, 7, 1, 21, 0), 1],
		['a working day in the cold season', at(2025, 12, 1, 12, 0), 5],
		['the cold season after new year', at(2025, 1, 2, 12, 0), 5],
		['the last day of the cold season', at(2025, 3, 31, 12, 0), 5],
		['the first day of the warm season', at(2025, 4, 1, 12, 0), 2],
		['a Saturday', at(2025, 7, 5, 12, 0), 7],
		['a Sunday', at(2025, 7, 6, 12, 0), 8],
	])('says for %s the right rate', (_, clockMs, rate) => {
		expect(rateAt(FACTORY_CALENDAR, clockMs)).toBe(rate);
	});

	it('changes at its switches only', () => {
		const instant = fc.integer({ min: at(2020, 1, 1, 0, 0), max: at(2040, 1, 1, 0, 0) });
		fc.assert(
			fc.property(instant, (clockMs) => {
				const next = nextSwitchMs(FACTORY_CALENDAR, clockMs);
				expect(next).toBeGreaterThan(clockMs);
				expect(next - clockMs).toBeLessThanOrEqual(DAY_MS);
				expect(next % MINUTE_MS).toBe(0);
				const rates = new Set(
					[clockMs, next - 1, Math.floor((clockMs + next) / 2)].map((each) =>
						rateAt(FACTORY_CALENDAR, each),
					),
				);
				expect(rates.size).toBe(1);
			}),
		);
	});
});

describe('a calendar that is not whole', () => {
	const [season] = FACTORY_CALENDAR.seasons;
	const [week] = FACTORY_CALENDAR.weeks;
	const [day] = FACTORY_CALENDAR.days;
	if (!season || !week || !day) throw new Error('an empty calendar');

	it.each<[string, Partial<Calendar>]>([
		['without seasons', { seasons: [] }],
		['of a season without its week', { seasons: [{ ...season, week: 'NONE' }] }],
		['of seasons out of order', { seasons: FACTORY_CALENDAR.seasons.toReversed() }],
		['of a week without its day', { weeks: [{ ...week, days: [9, 9, 9, 9, 9, 9, 9] }] }],
		['of a week of six days', { weeks: [{ ...week, days: [1, 1, 1, 1, 1, 1] }] }],
		['of a day that begins late', { days: [{ ...day, switches: day.switches.slice(1) }] }],
		[
			'of switches out of order',
			{ days: [{ ...day, switches: [...day.switches, { minute: 1, rate: 1 }] }] },
		],
		['of a day without switches', { days: [{ ...day, switches: [] }] }],
	])('%s is known for one', (_, change) => {
		const seasons = [season];
		const weeks = [{ ...week, days: [1, 1, 1, 1, 1, 1, 1] }];
		const sound = { name: 'ONE', seasons, weeks, days: [day] };
		expect(isWhole(sound)).toBe(true);
		expect(isWhole({ ...sound, ...change })).toBe(false);
		// Whatever it is, it has a rate.
		expect(rateAt({ ...sound, ...change }, at(2025, 1, 1, 0, 0))).toBeGreaterThanOrEqual(1);
	});
});
