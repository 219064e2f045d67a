/**
 * Advice on when to buy, held to its own sentence: what it names is what the pricing of a sale gives, on the
 * demo's tariffs, whatever the account owes.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_AMOUNT_MINOR } from '#lib/core/units/money.ts';
import { decideBlockAdvice, type AdviceFacts } from '#lib/core/vending/block-advice.ts';
import { accountInMonth, priceVend } from '#lib/core/vending/price.ts';
import { tariffAt } from '#lib/core/vending/tariff-at.ts';
import type { AccountState, ArrearsPlan, Tariff } from '#lib/core/vending/tariff.ts';
import { DEMO_TARIFFS } from '#lib/server/seed/demo-tariffs.ts';
import '../../harness/seed.ts';

const at = (day: number, month: number) => ({
	...{ year: 2026, month, day, weekday: 1, minuteOfDay: 600 },
});
const NOW = at(29, 11);
const FIRST = at(1, 12);

interface Bought {
	readonly energyDeciKwh: number;
	readonly after: AccountState;
}

/** As a sale is priced. */
function sell(amountMinor: number, tariff: Tariff, account: AccountState, on: typeof NOW): Bought {
	const standing = accountInMonth(account, `${on.year}-${on.month}`);
	const nothing = { energyDeciKwh: 0, after: standing };
	if (amountMinor === 0) return nothing;
	const price = priceVend(amountMinor, tariffAt(tariff, on), standing);
	if ('refusal' in price) return nothing;
	return { energyDeciKwh: price.waterfall.energyDeciKwh, after: price.accountAfter };
}

/** What comes for nothing in a month fills its first block. */
function withFree(account: AccountState, freeDeciKwh: number): AccountState {
	const opened = accountInMonth(account, '2026-12');
	return { ...opened, boughtDeciKwh: opened.boughtDeciKwh + freeDeciKwh };
}

/** The least money that buys so much on the first. */
function costOf(energyDeciKwh: number, tariff: Tariff, account: AccountState): number {
	if (energyDeciKwh <= 0) return 0;
	let [below, enough] = [0, MAX_AMOUNT_MINOR];
	while (enough - below > 1) {
		const middle = Math.floor((below + enough) / 2);
		if (sell(middle, tariff, account, FIRST).energyDeciKwh >= energyDeciKwh) enough = middle;
		else below = middle;
	}
	return enough;
}

/** “On the first the same money buys at least so much more.” */
function gainOfWaiting(facts: AdviceFacts): number {
	const { amountMinor, account, freeDeciKwh, tariff, nextTariff } = facts;
	const then = sell(amountMinor, nextTariff, withFree(account, freeDeciKwh), FIRST);
	return then.energyDeciKwh - sell(amountMinor, tariff, account, NOW).energyDeciKwh;
}

/** “If you buy this now, and after it only the rest of what next month needs, the same money buys more in all.” */
function gainOfBuyingNow(facts: AdviceFacts, needDeciKwh: number): number {
	const { amountMinor, account, freeDeciKwh, tariff, nextTariff } = facts;
	const now = sell(amountMinor, tariff, account, NOW);
	const second = withFree(now.after, freeDeciKwh);
	const restMinor = costOf(needDeciKwh - freeDeciKwh - now.energyDeciKwh, nextTariff, second);
	const rest = sell(restMinor, nextTariff, second, FIRST);
	const opened = withFree(account, freeDeciKwh);
	const first = sell(amountMinor, nextTariff, opened, FIRST);
	const both = first.energyDeciKwh + sell(restMinor, nextTariff, first.after, FIRST).energyDeciKwh;
	const atOnce = sell(amountMinor + restMinor, nextTariff, opened, FIRST).energyDeciKwh;
	return now.energyDeciKwh + rest.energyDeciKwh - Math.max(both, atOnce);
}

/** Its blocks so much dearer, or cheaper: a change on the first. */
const changed = (tariff: Tariff, percent: number): Tariff => ({
	...tariff,
	version: tariff.version + 1,
	blocks: tariff.blocks.map(({ upToDeciKwh, pricePerKwhE4 }) => ({
		...{ upToDeciKwh, pricePerKwhE4: (pricePerKwhE4 / 100) * (100 + percent) },
	})),
});

const plan: fc.Arbitrary<ArrearsPlan | undefined> = fc.oneof(
	fc.constant(undefined),
	fc.record({ kind: fc.constant('percent'), basisPoints: fc.integer({ min: 0, max: 9_000 }) }),
	fc.record({ kind: fc.constant('fixed'), perVendMinor: fc.integer({ min: 1, max: 60_000 }) }),
	fc.record({ kind: fc.constant('monthly'), perMonthMinor: fc.integer({ min: 1, max: 90_000 }) }),
);
const given = fc
	.record({
		tariff: fc.constantFrom(...DEMO_TARIFFS),
		change: fc.constantFrom(0, 0, 10, -10),
		amountMinor: fc.integer({ min: 500, max: 300_000 }),
		boughtDeciKwh: fc.integer({ min: 0, max: 2_000 }),
		fixedChargeDue: fc.boolean(),
		arrearsMinor: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 500_000 })),
		arrearsPlan: plan,
		arrearsPaidMinor: fc.constantFrom(0, 20_000, 90_000),
		leftOverMinor: fc.constantFrom(0, 150),
		whPerDay: fc.integer({ min: 500, max: 15_000 }),
		freeDeciKwh: fc.constantFrom(0, 0, 300),
	})
	.map(({ tariff, change, amountMinor, whPerDay, freeDeciKwh, ...account }): AdviceFacts => ({
		...{ amountMinor, tariff, nextTariff: change === 0 ? tariff : changed(tariff, change) },
		...{ account: { month: '2026-11', ...account }, accountIsFresh: true, moment: NOW },
		...{ whPerDay, daysLeft: 10, freeDeciKwh },
	}));

/** By which the gain of another need than the known one can differ, because each purchase is rounded down, 0.1 kWh. */
const ROUNDING = 2;

describe('advice on when to buy', () => {
	it('names no gain that the prices of a sale do not give', () => {
		const said = { wait: 0, 'buy-now': 0 };
		fc.assert(
			fc.property(given, fc.integer({ min: 70, max: 150 }), (facts, percent) => {
				const advice = decideBlockAdvice(facts);
				if (advice === null) return;
				said[advice.kind] += 1;
				const { gainDeciKwh } = advice;
				if (advice.kind === 'wait') {
					expect(gainOfWaiting(facts)).toBeGreaterThanOrEqual(gainDeciKwh);
					return;
				}
				const need = Math.ceil(((facts.whPerDay ?? 0) * 30) / 100);
				expect(gainOfBuyingNow(facts, need)).toBeGreaterThanOrEqual(gainDeciKwh);
				const other = Math.ceil((need * percent) / 100);
				expect(gainOfBuyingNow(facts, other)).toBeGreaterThanOrEqual(gainDeciKwh - ROUNDING);
			}),
			{ numRuns: 1_000 },
		);
		expect(said.wait).toBeGreaterThan(0);
		expect(said['buy-now']).toBeGreaterThan(0);
	}, 60_000);
});
