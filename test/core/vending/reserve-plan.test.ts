/** Which sealed tokens a device asks for, and which meters are regulars. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../harness/seed.ts';
import type { ReserveTerms } from '#lib/core/vending/offline-terms.ts';
import { REFUSALS, type RefusalCode } from '#lib/core/vending/refusals.ts';
import {
	isRegular,
	isWishOpen,
	MOST_RESERVE_WISHES,
	planReserve,
	REGULAR_WINDOW_MS,
	type RegularMeter,
} from '#lib/core/vending/reserve-plan.ts';

const NOW = 1_800_000_000_000;
const DAY = 24 * 60 * 60_000;
const TERMS: ReserveTerms = {
	denominationsMinor: [1_000, 2_000, 5_000],
	sumMinor: 20_000,
	count: 10,
	lifeMs: 2 * DAY,
};

/** Sold to one day apart, the last time yesterday. */
function regular(drn: string, ...amounts: number[]): RegularMeter {
	return {
		drn,
		sales: amounts.map((amountMinor, at) => ({ amountMinor, atMs: NOW - (at + 1) * DAY })),
	};
}

describe('a regular meter', () => {
	it('was sold to twice within the window, whatever was before', () => {
		expect(isRegular([], NOW)).toBe(false);
		expect(isRegular([NOW - DAY], NOW)).toBe(false);
		expect(isRegular([NOW - 3 * DAY, NOW - DAY], NOW)).toBe(true);
		expect(isRegular([NOW - DAY, NOW - REGULAR_WINDOW_MS], NOW)).toBe(false);
		expect(isRegular([NOW - DAY, NOW - REGULAR_WINDOW_MS + 1], NOW)).toBe(true);
	});
});

describe('what a device wishes for', () => {
	it('is nothing where the office has not switched it on', () => {
		expect(planReserve([regular('a', 2_000, 2_000)], [], null, NOW)).toEqual([]);
	});

	it('is what the customer usually pays, or the next smaller denomination', () => {
		const regulars = [
			regular('exactly', 2_000, 2_000),
			regular('between', 4_999, 4_999),
			regular('once-much', 1_500, 90_000, 1_500),
			regular('even', 1_000, 5_000),
		];
		expect(planReserve(regulars, [], TERMS, NOW)).toEqual([
			{ drn: 'once-much', denominationMinor: 1_000 },
			{ drn: 'between', denominationMinor: 2_000 },
			{ drn: 'even', denominationMinor: 1_000 },
			{ drn: 'exactly', denominationMinor: 2_000 },
		]);
	});

	it('is nothing for whoever pays less than the smallest, or came once, or long ago', () => {
		const longAgo = {
			drn: 'long-ago',
			sales: [1, 2, 3].map((at) => ({ amountMinor: 5_000, atMs: NOW - REGULAR_WINDOW_MS - at })),
		};
		const regulars = [regular('little', 999, 999), regular('once', 5_000), longAgo];
		expect(planReserve(regulars, [], TERMS, NOW)).toEqual([]);
	});

	it('is nothing for a meter that has one already', () => {
		const held = [{ drn: 'a', denominationMinor: 1_000 }];
		const regulars = [regular('a', 2_000, 2_000), regular('b', 2_000, 2_000)];
		expect(planReserve(regulars, held, TERMS, NOW)).toEqual([
			{ drn: 'b', denominationMinor: 2_000 },
		]);
	});

	it('is for the most frequent first, then for whoever came last, as far as the count goes', () => {
		const regulars = [
			regular('twice', 2_000, 2_000),
			{
				drn: 'twice-lately',
				sales: [NOW - 60_000, NOW - DAY].map((atMs) => ({ amountMinor: 2_000, atMs })),
			},
			regular('thrice', 2_000, 2_000, 2_000),
		];
		const drns = planReserve(regulars, [], { ...TERMS, count: 2 }, NOW).map(({ drn }) => drn);
		expect(drns).toEqual(['thrice', 'twice-lately']);
	});

	it('goes down to what the sum still leaves', () => {
		const regulars = [regular('a', 5_000, 5_000), regular('b', 5_000, 5_000)];
		const terms = { ...TERMS, sumMinor: 8_000 };
		const held = [{ drn: 'c', denominationMinor: 1_000 }];
		expect(planReserve(regulars, held, terms, NOW)).toEqual([
			{ drn: 'a', denominationMinor: 5_000 },
			{ drn: 'b', denominationMinor: 2_000 },
		]);
	});

	it('never breaks a cap, nor asks twice for one meter, whatever is held', () => {
		const amount = fc.integer({ min: 0, max: 20_000 });
		const sale = fc.record({
			amountMinor: amount,
			atMs: fc.integer({ min: NOW - 2 * REGULAR_WINDOW_MS, max: NOW }),
		});
		const regulars = fc.uniqueArray(
			fc.record({
				drn: fc.integer({ min: 0, max: 99 }).map(String),
				sales: fc.array(sale, { maxLength: 6 }),
			}),
			{ selector: ({ drn }) => drn, maxLength: 90 },
		);
		const held = fc.array(
			fc.record({
				drn: fc.integer({ min: 0, max: 99 }).map(String),
				denominationMinor: fc.constantFrom(...TERMS.denominationsMinor),
			}),
			{ maxLength: 30 },
		);
		const caps = fc.record({
			count: fc.integer({ min: 0, max: 200 }),
			sumMinor: fc.integer({ min: 0, max: 1_000_000 }),
		});
		fc.assert(
			fc.property(regulars, held, caps, (regulars, held, caps) => {
				const wishes = planReserve(regulars, held, { ...TERMS, ...caps }, NOW);
				const sum = (of: readonly { denominationMinor: number }[]) =>
					of.reduce((total, each) => total + each.denominationMinor, 0);
				expect(wishes.length).toBeLessThanOrEqual(MOST_RESERVE_WISHES);
				if (wishes.length > 0) {
					expect(wishes.length + held.length).toBeLessThanOrEqual(caps.count);
					expect(sum(wishes) + sum(held)).toBeLessThanOrEqual(caps.sumMinor);
				}
				const drns = [...wishes, ...held.filter(({ drn }) => wishes.some((w) => w.drn === drn))];
				expect(new Set(drns.map(({ drn }) => drn)).size).toBe(drns.length);
				for (const { drn } of wishes) {
					const sales = regulars.find((each) => each.drn === drn)?.sales ?? [];
					expect(
						isRegular(
							sales.map(({ atMs }) => atMs),
							NOW,
						),
					).toBe(true);
				}
			}),
		);
	});
});

describe('a wish that was answered with a no', () => {
	it('stays open as long as the backend could not say what has become of it', () => {
		const open = (Object.keys(REFUSALS) as RefusalCode[]).filter((code) =>
			isWishOpen(REFUSALS[code]),
		);
		for (const code of [
			...(['security-module-unavailable', 'batch-not-reached', 'internal-error'] as const),
		])
			expect(open).toContain(code);
		// These said that there is nothing of it, though the same wish may be made later.
		for (const code of [
			...(['vending-key-limit', 'float-exhausted', 'meter-busy', 'reserve-count-cap'] as const),
		])
			expect(open).not.toContain(code);
	});
});
