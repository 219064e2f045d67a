import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	expectedMoney,
	refusedMoney,
	tillTotals,
	type CountedSale,
} from '#lib/core/sync/till-totals.ts';
import { totalsOf, type SoldGroup } from '#lib/server/batch/batch-totals.ts';
import '../../harness/seed.ts';

const SHIFT = 'shift-1';
const EARLIER = 'shift-0';

const sale = (change: Partial<CountedSale> = {}): CountedSale => ({
	...{ operatorId: 'amina', shiftId: SHIFT, amountMinor: 1_000, method: 'cash' },
	...{ energyDeciKwh: 50, state: 'issued', code: null },
	...change,
});

/** What the backend has of the same sale once it has arrived. */
function groupOf({
	operatorId,
	amountMinor,
	method,
	energyDeciKwh,
	state,
	code,
}: CountedSale): SoldGroup {
	const isOpen = state === 'asked' || state === 'provisional';
	const isIssued = state === 'issued';
	const failed = code === 'vend-reversed' ? 'reversed' : 'refused';
	return {
		state: isIssued ? 'issued' : isOpen ? 'issuing' : failed,
		kind: method === 'none' ? 'fbe' : 'credit',
		payType: method === 'none' ? null : method,
		...{ operatorId, resource: 'electricity', count: 1, amountMinor },
		energyDeciKwh: isIssued ? (energyDeciKwh ?? 0) : 0,
	};
}

const anySale = fc
	.record({
		operatorId: fc.constantFrom('amina', 'baraka', 'chanda'),
		shiftId: fc.constant(SHIFT),
		amountMinor: fc.integer({ min: 0, max: 1_000_000 }),
		method: fc.constantFrom('cash' as const, 'card', 'mobile-money', 'none'),
		energyDeciKwh: fc.option(fc.integer({ min: 0, max: 100_000 })),
		state: fc.constantFrom(
			...(['asked', 'provisional', 'issued', 'refused', 'refunded', 'replaced'] as const),
			'dead-letter' as const,
		),
		code: fc.constantFrom(null, 'meter-blocked', 'vend-reversed'),
	})
	.map((made): CountedSale => made);

describe('what a till counts up', () => {
	it('is what the backend counts up of the same day', () => {
		fc.assert(
			fc.property(fc.array(anySale, { maxLength: 60 }), (sales) => {
				expect(tillTotals(sales)).toEqual(totalsOf(sales.map(groupOf)));
			}),
		);
	});

	it('does not depend on the order of the sales', () => {
		fc.assert(
			fc.property(fc.array(anySale, { maxLength: 20 }), (sales) => {
				expect(tillTotals([...sales].reverse())).toEqual(tillTotals(sales));
			}),
		);
	});

	it('counts a provisional sale as sold and unfinished, without its estimated energy', () => {
		expect(tillTotals([sale(), sale({ state: 'provisional' })])).toMatchObject({
			sold: { count: 2, amountMinor: 2_000, energyDeciKwh: 50 },
			unfinished: { count: 1, amountMinor: 1_000 },
		});
	});
});

describe('what became of refused money', () => {
	const tally = (amountMinor: number) => ({ count: 1, amountMinor });
	const refused = { state: 'refused', code: 'meter-blocked' } as const;
	const day = [
		sale(),
		sale({ ...refused, amountMinor: 1 }),
		sale({ ...refused, state: 'refunded', amountMinor: 20, settledIn: SHIFT }),
		sale({ ...refused, state: 'replaced', amountMinor: 300, settledIn: SHIFT }),
		sale({ state: 'refunded', code: 'vend-reversed', amountMinor: 4_000, settledIn: SHIFT }),
	];

	it('is told apart: still here, given back, sold again; of what was reversed nothing', () => {
		expect(refusedMoney(tillTotals(day), day, [SHIFT])).toEqual({
			...{ here: tally(1), givenBack: tally(20), soldAgain: tally(300) },
		});
	});

	it('of a closed shift stays what it was when a later one deals with it', () => {
		const closed = tillTotals(day);
		const told = refusedMoney(closed, day, [SHIFT]);
		const later = day.map((one) =>
			one.state === 'refused' ? sale({ ...one, state: 'refunded', settledIn: 'shift-2' }) : one,
		);
		expect(refusedMoney(closed, later, [SHIFT])).toEqual(told);
		expect(refusedMoney(closed, later, [SHIFT, 'shift-2'])).toMatchObject({
			here: { count: 0, amountMinor: 0 },
		});
	});

	it('adds up to what was refused', () => {
		const settled = anySale.map((one): CountedSale => {
			const isSettled = one.state === 'refunded' || one.state === 'replaced';
			return isSettled ? { ...one, settledIn: SHIFT } : one;
		});
		fc.assert(
			fc.property(fc.array(settled, { maxLength: 40 }), (sales) => {
				const totals = tillTotals(sales);
				const { here, givenBack, soldAgain } = refusedMoney(totals, sales, [SHIFT]);
				expect(here.count + givenBack.count + soldAgain.count).toBe(totals.refused.count);
				expect(here).toEqual(
					tillTotals(sales.filter((one) => one.settledIn === undefined)).refused,
				);
			}),
		);
	});
});

describe('what should be in the drawer', () => {
	it('is what was taken, whatever became of it, less what went back', () => {
		const day = [
			sale(),
			sale({ state: 'provisional' }),
			sale({ state: 'refused', code: 'meter-blocked' }),
			sale({ state: 'refunded', settledIn: SHIFT }),
			sale({ method: 'card', amountMinor: 700 }),
			sale({ method: 'none', amountMinor: 0 }),
		];
		expect(expectedMoney(day, SHIFT)).toEqual([
			{
				...{ payType: 'cash', takenMinor: 4_000, givenBackMinor: 1_000, soldAgainMinor: 0 },
				expectedMinor: 3_000,
			},
			{
				...{ payType: 'card', takenMinor: 700, givenBackMinor: 0, soldAgainMinor: 0 },
				expectedMinor: 700,
			},
		]);
	});

	it('has the money of a replaced sale once, in one shift and over two', () => {
		const replaced = sale({ state: 'replaced', settledIn: SHIFT });
		// Nobody gave the customer anything: it is taken off as sold again, not as given back.
		expect(expectedMoney([replaced, sale()], SHIFT)).toMatchObject([
			{ takenMinor: 2_000, givenBackMinor: 0, soldAgainMinor: 1_000, expectedMinor: 1_000 },
		]);
		const before = { ...replaced, shiftId: EARLIER };
		expect(expectedMoney([before], EARLIER)).toMatchObject([{ expectedMinor: 1_000 }]);
		expect(expectedMoney([before, sale()], SHIFT)).toMatchObject([{ expectedMinor: 0 }]);
	});

	it('loses and makes no money: over all shifts it is what customers have not had back', () => {
		const shifts = ['shift-0', 'shift-1', 'shift-2'];
		const settled = fc.record({ sale: anySale, at: fc.nat(2), back: fc.nat(2) });
		fc.assert(
			fc.property(fc.array(settled, { maxLength: 40 }), (made) => {
				const sales = made.map(({ sale: each, at, back }): CountedSale => {
					const isBack = each.state === 'refunded' || each.state === 'replaced';
					const settledIn = isBack ? shifts[Math.max(at, back)] : undefined;
					return { ...each, shiftId: shifts[at]!, settledIn };
				});
				const all = shifts.flatMap((shift) => expectedMoney(sales, shift));
				const here = sales.filter(({ method, settledIn }) => method !== 'none' && !settledIn);
				expect(all.reduce((sum, { expectedMinor }) => sum + expectedMinor, 0)).toBe(
					here.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
				);
			}),
		);
	});
});
