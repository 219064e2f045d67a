import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideBurnRate } from '#lib/core/vending/burn-rate.ts';
import { decideCreditLeft } from '#lib/core/vending/days-left.ts';
import { parseCredit } from '#lib/core/vending/read-credit.ts';
import type { UseFacts } from '#lib/core/vending/use-facts.ts';
import '../../harness/seed.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 30, 9);
const daysAgo = (days: number) => NOW - days * DAY;
/** So many kWh, so many days ago. */
const bought = (...rows: readonly (readonly [kWh: number, days: number])[]) =>
	rows.map(([kWh, days]) => ({ atMs: daysAgo(days), energyDeciKwh: kWh * 10 }));
const read = (...rows: readonly (readonly [kWh: number, days: number])[]) =>
	rows.map(([kWh, days]) => ({ atMs: daysAgo(days), creditWh: kWh * 1_000 }));
const of = (facts: Partial<UseFacts>): UseFacts => ({ bought: [], readings: [], ...facts });

describe('the burn rate', () => {
	it.each([
		['nothing at all', of({}), 'nothing-known'],
		['one purchase', of({ bought: bought([20, 5]) }), 'bought-once'],
		['one purchase in two taps', of({ bought: bought([20, 5], [30, 4.5]) }), 'bought-once'],
		['two within a week', of({ bought: bought([20, 6], [20, 1]) }), 'too-short'],
		['one reading', of({ readings: read([20, 5]) }), 'nothing-known'],
		['two readings of one day', of({ readings: read([20, 1], [19, 0.5]) }), 'nothing-known'],
		['only what is long ago', of({ bought: bought([20, 300], [20, 200]) }), 'nothing-known'],
		['a long pause before the last', of({ bought: bought([20, 90], [20, 1]) }), 'bought-once'],
		['nothing used', of({ readings: read([20, 9], [20, 1]) }), 'no-use'],
		['a clock set back', of({ bought: bought([20, -40], [20, -30]) }), 'clock-behind'],
	])('is not known from %s', (_, facts, missing) => {
		expect(decideBurnRate(facts, NOW)).toEqual({ missing });
		expect(decideCreditLeft(facts, NOW)).toEqual({ missing });
	});

	it('is what was bought before the last purchase, over the time until then', () => {
		const facts = of({ bought: bought([30, 40], [30, 25], [60, 10]) });
		expect(decideBurnRate(facts, NOW)).toEqual({
			...{ whPerDay: 2_000, basis: 'purchases', spanMs: 30 * DAY },
		});
	});

	it('goes by readings where there are two, with what was bought between them', () => {
		const facts = of({ readings: read([12.4, 10], [20.4, 2]), bought: bought([40, 5], [9, 1]) });
		expect(decideBurnRate(facts, NOW)).toEqual({
			...{ whPerDay: 4_000, basis: 'readings', spanMs: 8 * DAY },
		});
	});

	it('leaves out a time in which somebody else bought', () => {
		const facts = of({ readings: read([10, 20], [50, 12], [42, 8], [30, 2]) });
		expect(decideBurnRate(facts, NOW)).toMatchObject({ whPerDay: 2_000, spanMs: 10 * DAY });
	});

	it('takes a reading that is put right at once as the later one', () => {
		const facts = of({ readings: read([20, 6], [124, 2.01], [12.4, 2]) });
		expect(decideBurnRate(facts, NOW)).toMatchObject({ whPerDay: 1_900 });
	});

	it('finds the rate of a meter that is read now and then, whatever was bought meanwhile', () => {
		const days = fc.uniqueArray(fc.integer({ min: 0, max: 110 }), { minLength: 2, maxLength: 9 });
		const tops = fc.array(
			fc.tuple(fc.integer({ min: 1, max: 110 }), fc.integer({ min: 1, max: 90 })),
		);
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 40_000 }), days, tops, (rate, when, topUps) => {
				const start = 6_000_000;
				const facts = of({
					bought: topUps.map(([day, kWh]) => ({
						atMs: daysAgo(day + 0.5),
						energyDeciKwh: kWh * 10,
					})),
					readings: when.map((day) => ({
						atMs: daysAgo(day),
						creditWh:
							start -
							(112 - day) * rate +
							topUps.reduce((sum, [at, kWh]) => sum + (at >= day ? kWh * 1_000 : 0), 0),
					})),
				});
				const span = Math.max(...when) - Math.min(...when);
				fc.pre(span >= 2);
				expect(decideBurnRate(facts, NOW)).toMatchObject({ whPerDay: rate, basis: 'readings' });
			}),
		);
	});
});

describe('the days left', () => {
	it('count from the last purchase where nobody has read the meter', () => {
		const facts = of({ bought: bought([30, 40], [30, 25], [60, 10]) });
		expect(decideCreditLeft(facts, NOW)).toMatchObject({
			...{ from: 'purchases', creditWh: 40_000, days: 20, isOver: false },
			emptyAtMs: NOW + 20 * DAY,
		});
	});

	it('count from the reading, with what was bought since', () => {
		const facts = of({
			bought: bought([30, 40], [30, 25], [60, 10], [10, 1]),
			readings: read([12, 4]),
		});
		expect(decideCreditLeft(facts, NOW)).toMatchObject({ from: 'reading', isOver: false });
		const left = decideCreditLeft(facts, NOW);
		if ('missing' in left) throw new TypeError('a figure');
		// 12 kWh four days ago, and 10 kWh since.
		expect(left.emptyAtMs).toBe(daysAgo(4) + Math.floor((22_000 * DAY) / left.rate.whPerDay));
	});

	it('say when it should have been used up', () => {
		const facts = of({ bought: bought([20, 40], [20, 30]) });
		expect(decideCreditLeft(facts, NOW)).toMatchObject({ days: 0, creditWh: 0, isOver: true });
	});

	const facts = fc.record({
		bought: fc.array(
			fc.record({
				atMs: fc.integer({ min: daysAgo(200), max: NOW }),
				energyDeciKwh: fc.integer({ min: 0, max: 50_000 }),
			}),
			{ maxLength: 20 },
		),
		readings: fc.array(
			fc.record({
				atMs: fc.integer({ min: daysAgo(200), max: NOW }),
				creditWh: fc.integer({ min: 0, max: 99_999_000 }),
			}),
			{ maxLength: 10 },
		),
	});

	it('are whole, within bounds, and the same in whatever order things are told', () => {
		fc.assert(
			fc.property(facts, (given) => {
				const left = decideCreditLeft(given, NOW);
				const turned = {
					bought: [...given.bought].reverse(),
					readings: [...given.readings].reverse(),
				};
				const instants = [...given.bought, ...given.readings].map(({ atMs }) => atMs);
				if (new Set(instants).size === instants.length)
					expect(decideCreditLeft(turned, NOW)).toEqual(left);
				if ('missing' in left) return;
				for (const figure of [left.days, left.creditWh, left.emptyAtMs, left.rate.whPerDay])
					expect(Number.isSafeInteger(figure) && figure >= 0).toBe(true);
				expect(left.days).toBeLessThanOrEqual(3_650);
				expect(left.isOver).toBe(left.emptyAtMs <= NOW);
			}),
		);
	});

	it('never end earlier because the meter shows more now', () => {
		const more = fc.tuple(facts, fc.nat(90_000_000), fc.nat(9_000_000));
		fc.assert(
			fc.property(more, ([given, creditWh, extraWh]) => {
				// The rate is that of the purchases: a second reading would change it.
				const at = (wh: number) =>
					decideCreditLeft({ ...given, readings: [{ atMs: NOW, creditWh: wh }] }, NOW);
				const [less, richer] = [at(creditWh), at(creditWh + extraWh)];
				if ('missing' in less || 'missing' in richer) {
					expect(richer).toEqual(less);
					return;
				}
				expect(richer.emptyAtMs).toBeGreaterThanOrEqual(less.emptyAtMs);
				expect(less.creditWh).toBeLessThanOrEqual(creditWh);
			}),
		);
	});
});

describe('a credit read off a display', () => {
	it.each([
		['12.4', 12_400],
		['12,4 kWh', 12_400],
		['١٢٫٤', 12_400],
		['۱۲٫۴ kWh', 12_400],
		[' 0.05 ', 50],
		['.5', 500],
		['7', 7_000],
		['00012.400', 12_400],
		['1.23456', 1_234],
		['-3.2', 0],
		['−3', 0],
		['99999', 99_999_000],
	])('%s', (text, creditWh) => expect(parseCredit(text)).toEqual({ creditWh }));

	it.each([
		['', 'empty'],
		[' kWh', 'empty'],
		['-', 'not-a-number'],
		['1.2.3', 'not-a-number'],
		['twelve', 'not-a-number'],
		['1e3', 'not-a-number'],
		['123456', 'too-much'],
		['99999.9', 'too-much'],
	])('refuses %s', (text, refusal) => expect(parseCredit(text)).toEqual({ refusal }));
});
