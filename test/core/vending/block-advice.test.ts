import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideBlockAdvice, type AdviceFacts } from '#lib/core/vending/block-advice.ts';
import { axisTop, boughtByMonth } from '#lib/core/vending/bought-by-month.ts';
import { estimateVend } from '#lib/core/vending/estimate.ts';
import type { Tariff } from '#lib/core/vending/tariff.ts';
import '../../harness/seed.ts';

/** 10 a kWh up to 50 kWh, 20 up to 150, then 40; no VAT. */
const STEPS: Tariff = {
	...{ id: 'steps', version: 1, name: 'Steps' },
	...{ serviceFee: { fixedMinor: 0, basisPoints: 0 }, arrears: { maxBasisPoints: 5_000 } },
	...{ vat: { basisPoints: 0, inclusive: true }, fixedCharge: { perMonthMinor: 0 } },
	blocks: [
		{ upToDeciKwh: 500, pricePerKwhE4: 10_000_000 },
		{ upToDeciKwh: 1_500, pricePerKwhE4: 20_000_000 },
		{ upToDeciKwh: null, pricePerKwhE4: 40_000_000 },
	],
	order: ['arrears', 'vat', 'fixed-charge'],
};
const FLAT: Tariff = { ...STEPS, blocks: [{ upToDeciKwh: null, pricePerKwhE4: 20_000_000 }] };
const on = (day: number, month = 11, year = 2026) => ({
	...{ year, month, day, weekday: 1, minuteOfDay: 600 },
});
const account = (boughtDeciKwh: number, month = '2026-11') => ({
	...{ month, boughtDeciKwh, fixedChargeDue: false, arrearsMinor: 0, leftOverMinor: 0 },
});
const facts = (change: Partial<AdviceFacts> = {}): AdviceFacts => ({
	amountMinor: 100_000,
	...{ tariff: STEPS, nextTariff: change.tariff ?? STEPS, account: account(1_500) },
	...{ accountIsFresh: true, moment: on(29), whPerDay: 3_000, daysLeft: 10, freeDeciKwh: 0 },
	...change,
});

describe('advice before the month ends', () => {
	it('is to wait, where this month’s dear block is reached and next month has room', () => {
		// 1,000 buys 25 kWh at 40 now. With the need of 90 it would be 25 more at 20 on the first; were the need
		// 135, the last 5 of them would be at 40 there too: 20 more are certain.
		expect(decideBlockAdvice(facts())).toEqual({
			...{ kind: 'wait', gainDeciKwh: 200, lasts: true },
			...{
				lastDay: { year: 2026, month: 11, day: 30 },
				firstDay: { year: 2026, month: 12, day: 1 },
			},
		});
	});

	it('is to buy, where this month has room and next month’s need reaches the dear block', () => {
		const now = facts({ account: account(500), whPerDay: 9_000 });
		expect(decideBlockAdvice(now)).toMatchObject({ kind: 'buy-now' });
		// What others bought may have filled that room.
		expect(decideBlockAdvice({ ...now, accountIsFresh: false })).toBeNull();
	});

	it('is not to wait where the need of next month is dear as well', () => {
		expect(decideBlockAdvice(facts({ whPerDay: 9_000 }))).toBeNull();
	});

	it('says whether the credit lasts, and nothing where it does not', () => {
		expect(decideBlockAdvice(facts({ daysLeft: 1 }))).toBeNull();
		expect(decideBlockAdvice(facts({ daysLeft: 2 }))).toMatchObject({ lasts: true });
		expect(decideBlockAdvice(facts({ daysLeft: null }))).toMatchObject({ lasts: false });
	});

	it.each([
		['early in the month', facts({ moment: on(20) })],
		['where one price holds', facts({ tariff: FLAT })],
		['where hours make the price', facts({ tariff: { ...STEPS, timeOfUse: [period()] } })],
		['for a trifle', facts({ amountMinor: 100 })],
		['where nothing is known of the need', facts({ whPerDay: null })],
		['where free energy fills the cheap blocks', facts({ freeDeciKwh: 1_500 })],
	])('is not given %s', (_, given) => expect(decideBlockAdvice(given)).toBeNull());

	it('knows of a price that changes on the first, whatever the need', () => {
		const dearer = {
			...FLAT,
			version: 2,
			blocks: [{ upToDeciKwh: null, pricePerKwhE4: 25_000_000 }],
		};
		const rise = facts({ tariff: FLAT, nextTariff: dearer, whPerDay: null, daysLeft: null });
		expect(decideBlockAdvice(rise)).toMatchObject({ kind: 'buy-now', gainDeciKwh: 100 });
		const fall = facts({ tariff: dearer, nextTariff: FLAT, whPerDay: null });
		expect(decideBlockAdvice(fall)).toMatchObject({ kind: 'wait', gainDeciKwh: 100 });
	});

	it('is not turned by a monthly charge or by debts', () => {
		const fixedCharge = { perMonthMinor: 60_000 };
		const charged = facts({ tariff: { ...FLAT, fixedCharge } });
		const owing = { ...account(1_500), fixedChargeDue: true, arrearsMinor: 500_000 };
		expect(decideBlockAdvice({ ...charged, account: owing })).toBeNull();
		expect(decideBlockAdvice(facts({ account: { ...owing, fixedChargeDue: false } }))).toEqual(
			decideBlockAdvice(facts()),
		);
	});

	it('is not to wait where the first takes a month’s debt from the amount', () => {
		const monthly = { kind: 'monthly', perMonthMinor: 90_000 } as const;
		// This month’s is paid: 1,000 buys 25 kWh now, and on the first what 900 leave of it, which is 10.
		const paid = { arrearsMinor: 500_000, arrearsPlan: monthly, arrearsPaidMinor: 90_000 };
		expect(decideBlockAdvice(facts({ account: { ...account(1_500), ...paid } }))).toBeNull();
	});

	it('goes over the end of a year', () => {
		const given = facts({ moment: on(31, 12), account: account(1_500, '2026-12') });
		expect(decideBlockAdvice(given)).toMatchObject({
			...{
				lastDay: { year: 2026, month: 12, day: 31 },
				firstDay: { year: 2027, month: 1, day: 1 },
			},
		});
	});

	it('to wait is true: on the first the amount itself buys no less, and so much more in all', () => {
		const given = fc.record({
			amountMinor: fc.integer({ min: 1, max: 500_000 }),
			bought: fc.integer({ min: 0, max: 4_000 }),
			whPerDay: fc.option(fc.integer({ min: 1, max: 30_000 })),
			day: fc.integer({ min: 24, max: 30 }),
			freeDeciKwh: fc.constantFrom(0, 200, 500),
			charge: fc.constantFrom(0, 6_000),
		});
		fc.assert(
			fc.property(given, ({ amountMinor, bought, whPerDay, day, freeDeciKwh, charge }) => {
				const tariff = { ...STEPS, fixedCharge: { perMonthMinor: charge } };
				const one = facts({
					...{ amountMinor, tariff, account: account(bought), whPerDay, freeDeciKwh },
					...{ moment: on(day), daysLeft: null },
				});
				const advice = decideBlockAdvice(one);
				if (advice === null) return;
				const now = estimateVend(amountMinor, tariff, one.account, one.moment);
				if ('refusal' in now) throw new TypeError('advice on an amount that buys nothing');
				const energy = now.waterfall.energyDeciKwh;
				expect(advice.gainDeciKwh).toBeGreaterThanOrEqual(Math.max(10, energy / 20));
				if (advice.kind !== 'wait') return;
				const free = charge === 0 ? one.account : { ...one.account };
				const then = estimateVend(
					amountMinor + charge,
					tariff,
					{ ...free, month: '2026-12', boughtDeciKwh: freeDeciKwh, fixedChargeDue: true },
					on(1, 12),
				);
				if ('refusal' in then) throw new TypeError('nothing on the first');
				expect(then.waterfall.energyDeciKwh).toBeGreaterThanOrEqual(energy + advice.gainDeciKwh);
			}),
			{ numRuns: 300 },
		);
	});
});

function period() {
	return {
		name: 'Peak',
		windows: [{ fromMinute: 0, toMinute: 60 }],
		blocks: [{ upToDeciKwh: null, pricePerKwhE4: 40_000_000 }],
	};
}

describe('what was bought by month', () => {
	const at = (text: string, energyDeciKwh: number) => ({ atMs: Date.parse(text), energyDeciKwh });

	it('is by the utility’s calendar, with months of nothing', () => {
		const bought = [
			at('2026-11-30T21:30:00Z', 100), // December in Nairobi
			at('2026-10-01T00:00:00Z', 50),
			at('2026-10-31T12:00:00Z', 25),
			at('2020-01-01T00:00:00Z', 999),
		];
		expect(boughtByMonth(bought, Date.parse('2026-12-05T00:00:00Z'), 'Africa/Nairobi', 3)).toEqual([
			{ year: 2026, month: 10, energyDeciKwh: 75 },
			{ year: 2026, month: 11, energyDeciKwh: 0 },
			{ year: 2026, month: 12, energyDeciKwh: 100 },
		]);
	});

	it('stands on an axis that holds it and can be halved', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 10_000_000 }), (most) => {
				const top = axisTop(most);
				expect(top).toBeGreaterThanOrEqual(most);
				expect(top % 20).toBe(0);
				if (most > 20) expect(top).toBeLessThanOrEqual(2 * most);
			}),
		);
		expect([0, 1, 20, 21, 101, 201, 800, 1_110].map(axisTop)).toEqual([
			...[20, 20, 20, 40, 200, 300, 800, 2_000],
		]);
	});
});
