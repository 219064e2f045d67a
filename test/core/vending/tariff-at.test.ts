import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilMomentOf, type CivilMoment } from '#lib/core/units/instant.ts';
import { priceVend } from '#lib/core/vending/price.ts';
import { tariffAt } from '#lib/core/vending/tariff-at.ts';
import type { AccountState, Tariff } from '#lib/core/vending/tariff.ts';

const price = (pricePerKwhE4: number) => [{ upToDeciKwh: null, pricePerKwhE4 }];
const FLAT: Tariff = {
	id: 'hours',
	version: 3,
	name: 'Domestic, by the hour',
	serviceFee: { fixedMinor: 0, basisPoints: 0 },
	arrears: { maxBasisPoints: 0 },
	vat: { basisPoints: 1_600, inclusive: false },
	fixedCharge: { perMonthMinor: 0 },
	blocks: price(20_000_000),
	order: ['vat'],
};
const TARIFF: Tariff = {
	...FLAT,
	timeOfUse: [
		{
			name: 'winter peak',
			windows: [{ months: [6, 7, 8], weekdays: [1, 2, 3, 4, 5], fromMinute: 360, toMinute: 600 }],
			blocks: price(60_000_000),
		},
		{
			name: 'peak',
			windows: [
				{ weekdays: [1, 2, 3, 4, 5], fromMinute: 360, toMinute: 600 },
				{ weekdays: [1, 2, 3, 4, 5], fromMinute: 1_080, toMinute: 1_320 },
			],
			blocks: price(40_000_000),
		},
		{
			name: 'night',
			windows: [
				{ fromMinute: 1_320, toMinute: 1_440 },
				{ fromMinute: 0, toMinute: 300 },
			],
			blocks: price(10_000_000),
		},
	],
};
const at = (month: number, weekday: number, minuteOfDay: number): CivilMoment => ({
	...{ year: 2026, month, day: 1, weekday, minuteOfDay },
});

describe('tariffAt', () => {
	it.each([
		['an ordinary noon', at(11, 3, 720), 20_000_000, 'Domestic, by the hour'],
		['the first minute of the peak', at(11, 3, 360), 40_000_000, 'Domestic, by the hour, peak'],
		['the last minute of the peak', at(11, 3, 599), 40_000_000, 'Domestic, by the hour, peak'],
		['the minute after it', at(11, 3, 600), 20_000_000, 'Domestic, by the hour'],
		['the evening peak', at(11, 3, 1_100), 40_000_000, 'Domestic, by the hour, peak'],
		['the peak of a Friday', at(11, 5, 400), 40_000_000, 'Domestic, by the hour, peak'],
		['the same hour of a Saturday', at(11, 6, 400), 20_000_000, 'Domestic, by the hour'],
		[
			'in winter, what stands first',
			at(7, 3, 400),
			60_000_000,
			'Domestic, by the hour, winter peak',
		],
		['before midnight', at(11, 7, 1_439), 10_000_000, 'Domestic, by the hour, night'],
		['after midnight', at(11, 1, 0), 10_000_000, 'Domestic, by the hour, night'],
	])('%s', (_, moment, pricePerKwhE4, name) => {
		const plain = tariffAt(TARIFF, moment);
		expect(plain.blocks).toEqual(price(pricePerKwhE4));
		expect(plain.name).toBe(name);
		expect('timeOfUse' in plain).toBe(false);
		expect({ ...plain, name: '', blocks: [] }).toMatchObject({
			id: 'hours',
			version: 3,
			order: ['vat'],
		});
	});

	it('leaves a tariff without hours as it is', () => {
		expect(tariffAt(FLAT, at(1, 1, 0))).toEqual(FLAT);
	});

	it('goes by the utility’s clock, not by the world’s', () => {
		// 20 November 2026, 15:00 UTC: six in the evening in Nairobi.
		const instant = Date.UTC(2026, 10, 20, 15);
		expect(tariffAt(TARIFF, civilMomentOf(instant, 'Africa/Nairobi')).name).toMatch(/, peak$/);
		expect(tariffAt(TARIFF, civilMomentOf(instant, 'UTC')).name).toBe(TARIFF.name);
	});
});

const anyMoment: fc.Arbitrary<CivilMoment> = fc.record({
	year: fc.constant(2026),
	month: fc.integer({ min: 1, max: 12 }),
	day: fc.integer({ min: 1, max: 28 }),
	weekday: fc.integer({ min: 1, max: 7 }),
	minuteOfDay: fc.integer({ min: 0, max: 1_439 }),
});
const account: AccountState = {
	...{ month: '2026-11', boughtDeciKwh: 0, fixedChargeDue: false, arrearsMinor: 0 },
	leftOverMinor: 0,
};

describe('pricing at any moment', () => {
	it('has lines that add up, and more money never buys less within the same moment', () => {
		fc.assert(
			fc.property(
				anyMoment,
				fc.integer({ min: 1_000, max: 1_000_000 }),
				fc.nat(10_000),
				(moment, tender, more) => {
					const energy = (tenderedMinor: number) => {
						const priced = priceVend(tenderedMinor, tariffAt(TARIFF, moment), account);
						if ('refusal' in priced) return 0;
						const { lines, energyDeciKwh } = priced.waterfall;
						expect(lines.reduce((sum, line) => sum + line.amountMinor, 0)).toBe(tenderedMinor);
						return energyDeciKwh;
					};
					expect(energy(tender + more)).toBeGreaterThanOrEqual(energy(tender));
				},
			),
			{ numRuns: 500 },
		);
	});
});
