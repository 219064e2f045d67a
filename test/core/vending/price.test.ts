import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountInMonth, priceVend } from '#lib/core/vending/price.ts';
import {
	DEDUCTION_STEPS,
	type AccountState,
	type ArrearsPlan,
	type PlainTariff,
} from '#lib/core/vending/tariff.ts';

const FLAT: PlainTariff = {
	id: 'flat',
	version: 1,
	name: 'Flat',
	serviceFee: { fixedMinor: 0, basisPoints: 0 },
	arrears: { maxBasisPoints: 5_000 },
	vat: { basisPoints: 1_600, inclusive: false },
	fixedCharge: { perMonthMinor: 0 },
	blocks: [{ upToDeciKwh: null, pricePerKwhE4: 20_000_000 }],
	order: ['service-fee', 'arrears', 'vat', 'fixed-charge'],
};
const STEPPED: PlainTariff = {
	...FLAT,
	blocks: [
		{ upToDeciKwh: 300, pricePerKwhE4: 10_000_000 },
		{ upToDeciKwh: 1_000, pricePerKwhE4: 20_000_000 },
		{ upToDeciKwh: null, pricePerKwhE4: 30_000_000 },
	],
};
const CLEAN: AccountState = {
	month: '2026-11',
	boughtDeciKwh: 0,
	fixedChargeDue: true,
	arrearsMinor: 0,
	arrearsPaidMinor: 0,
	leftOverMinor: 0,
};

function price(tenderedMinor: number, tariff: PlainTariff, account: AccountState) {
	const priced = priceVend(tenderedMinor, tariff, account);
	if ('refusal' in priced) throw new Error(`refused: ${priced.refusal}`);
	return priced;
}

describe('priceVend', () => {
	it('takes VAT out of the tender and buys at the price before VAT', () => {
		// 1160.00 holds 160.00 of VAT; 1000.00 buys 0.5 kWh a unit at 2000.0000 minor a kWh
		const { waterfall, accountAfter } = price(116_000, FLAT, CLEAN);
		expect(waterfall).toEqual({
			tenderedMinor: 116_000,
			energyDeciKwh: 500,
			lines: [
				{ kind: 'vat', amountMinor: 16_000, basisPoints: 1_600 },
				{
					kind: 'energy-block',
					amountMinor: 100_000,
					block: 1,
					energyDeciKwh: 500,
					pricePerKwhE4: 20_000_000,
				},
			],
		});
		expect(accountAfter).toEqual({ ...CLEAN, boughtDeciKwh: 500, fixedChargeDue: false });
	});

	it('buys the same with a price that contains the VAT', () => {
		const inclusive: PlainTariff = {
			...FLAT,
			vat: { basisPoints: 1_600, inclusive: true },
			blocks: [{ upToDeciKwh: null, pricePerKwhE4: 23_200_000 }],
		};
		expect(price(116_000, inclusive, CLEAN).waterfall).toEqual(
			price(116_000, FLAT, CLEAN).waterfall,
		);
	});

	it('buys what a price with VAT in it says, to the last 0.1 kWh', () => {
		// 500.00 at 25.00 a kWh: rounding the VAT of 68.9655… up must not cost 0.1 kWh.
		const inclusive: PlainTariff = {
			...FLAT,
			vat: { basisPoints: 1_600, inclusive: true },
			blocks: [{ upToDeciKwh: null, pricePerKwhE4: 25_000_000 }],
		};
		for (let kwh = 1; kwh <= 200; kwh += 1)
			expect(price(kwh * 2_500, inclusive, CLEAN).waterfall.energyDeciKwh).toBe(kwh * 10);
	});

	it('rounds energy down and keeps the rest of the money on the account', () => {
		const noVat: PlainTariff = { ...FLAT, order: [] };
		const { waterfall, accountAfter } = price(1_150, noVat, CLEAN);
		expect(waterfall.energyDeciKwh).toBe(5);
		expect(waterfall.lines.at(-1)).toEqual({ kind: 'left-over', amountMinor: 150 });
		expect(accountAfter.leftOverMinor).toBe(150);
	});

	it('lets the left-over of one sale buy in the next, once', () => {
		const noVat: PlainTariff = { ...FLAT, order: [] };
		const first = price(1_150, noVat, CLEAN);
		const second = price(1_050, noVat, first.accountAfter);
		expect(second.waterfall.lines[0]).toEqual({ kind: 'brought-forward', amountMinor: -150 });
		expect(second.waterfall.energyDeciKwh).toBe(6);
		expect(second.accountAfter.leftOverMinor).toBe(0);
	});

	it('fills each block of the month before the next', () => {
		const noVat: PlainTariff = { ...STEPPED, order: [] };
		const { waterfall } = price(30_000 + 140_000 + 3_000, noVat, CLEAN);
		expect(
			waterfall.lines.map((line) =>
				line.kind === 'energy-block' ? [line.block, line.energyDeciKwh, line.amountMinor] : line,
			),
		).toEqual([
			[1, 300, 30_000],
			[2, 700, 140_000],
			[3, 10, 3_000],
		]);
	});

	it('counts what the month has already bought', () => {
		const noVat: PlainTariff = { ...STEPPED, order: [] };
		const { waterfall } = price(20_000, noVat, { ...CLEAN, boughtDeciKwh: 950 });
		expect(waterfall.lines.map((line) => line.kind === 'energy-block' && line.block)).toEqual([
			2,
			3,
			false,
		]);
	});

	it('begins the blocks again in a new month, and the fixed charge falls due', () => {
		const used = { ...CLEAN, boughtDeciKwh: 5_000, fixedChargeDue: false, leftOverMinor: 7 };
		expect(accountInMonth(used, '2026-11')).toBe(used);
		expect(accountInMonth(used, '2026-10')).toBe(used);
		expect(accountInMonth(used, '2026-12')).toEqual({
			...CLEAN,
			month: '2026-12',
			leftOverMinor: 7,
		});
	});

	it('takes the fixed charge once a month and refuses a tender that cannot bear it', () => {
		const fixed: PlainTariff = {
			...FLAT,
			fixedCharge: { perMonthMinor: 5_000 },
			order: ['fixed-charge'],
		};
		expect(priceVend(4_999, fixed, CLEAN)).toEqual({ refusal: 'amount-buys-nothing' });
		expect(priceVend(5_000, fixed, CLEAN)).toEqual({ refusal: 'amount-buys-nothing' });
		const first = price(7_000, fixed, CLEAN);
		expect(first.waterfall.energyDeciKwh).toBe(10);
		expect(first.accountAfter.fixedChargeDue).toBe(false);
		expect(price(7_000, fixed, first.accountAfter).waterfall.energyDeciKwh).toBe(35);
	});

	it('sends no more than the share to the arrears, and no more than is owed', () => {
		const owing = { ...CLEAN, arrearsMinor: 30_000 };
		const { waterfall, accountAfter } = price(40_000, FLAT, owing);
		expect(waterfall.lines[0]).toEqual({
			kind: 'arrears',
			amountMinor: 20_000,
			balanceAfterMinor: 10_000,
		});
		const next = price(40_000, FLAT, accountAfter);
		expect(next.waterfall.lines[0]).toMatchObject({ amountMinor: 10_000, balanceAfterMinor: 0 });
	});

	describe('with an arrears plan of the account', () => {
		const owing = { ...CLEAN, arrearsMinor: 30_000 };
		const paid = (tender: number, account: AccountState) => {
			const { waterfall, accountAfter } = price(tender, FLAT, account);
			const line = waterfall.lines.find(({ kind }) => kind === 'arrears');
			return { toArrears: line?.amountMinor ?? 0, accountAfter };
		};

		it('takes its share in place of the tariff’s', () => {
			const arrearsPlan = { kind: 'percent', basisPoints: 1_000 } as const;
			expect(paid(40_000, { ...owing, arrearsPlan }).toArrears).toBe(4_000);
			const none = { kind: 'percent', basisPoints: 0 } as const;
			expect(paid(40_000, { ...owing, arrearsPlan: none }).toArrears).toBe(0);
		});

		it('takes a fixed amount with every purchase, and at last what is still owed', () => {
			const arrearsPlan = { kind: 'fixed', perVendMinor: 20_000 } as const;
			const first = paid(40_000, { ...owing, arrearsPlan });
			expect(first.toArrears).toBe(20_000);
			expect(paid(40_000, first.accountAfter).toArrears).toBe(10_000);
		});

		it('refuses a tender that a fixed amount leaves nothing of', () => {
			const arrearsPlan = { kind: 'fixed', perVendMinor: 20_000 } as const;
			expect(priceVend(20_000, FLAT, { ...owing, arrearsPlan })).toEqual({
				refusal: 'amount-buys-nothing',
			});
		});

		it('takes a month’s amount once a month, over as many purchases as it needs', () => {
			const arrearsPlan = { kind: 'monthly', perMonthMinor: 12_000 } as const;
			const first = paid(40_000, { ...owing, arrearsPlan, arrearsPaidMinor: 5_000 });
			expect(first.toArrears).toBe(7_000);
			expect(first.accountAfter.arrearsPaidMinor).toBe(12_000);
			expect(paid(40_000, first.accountAfter).toArrears).toBe(0);
			expect(paid(40_000, accountInMonth(first.accountAfter, '2026-12')).toArrears).toBe(12_000);
		});

		it('takes none where the tariff has no such step', () => {
			const arrearsPlan = { kind: 'fixed', perVendMinor: 20_000 } as const;
			const noStep: PlainTariff = { ...FLAT, order: ['vat'] };
			const { accountAfter } = price(40_000, noStep, { ...owing, arrearsPlan });
			expect(accountAfter.arrearsMinor).toBe(30_000);
		});
	});

	it('prices an account as a device stored it before there were plans', () => {
		const old: AccountState = {
			...{ month: '2026-11', boughtDeciKwh: 0, fixedChargeDue: true },
			...{ arrearsMinor: 30_000, leftOverMinor: 0 },
		};
		expect(price(40_000, FLAT, old).accountAfter).toMatchObject({
			arrearsMinor: 10_000,
			arrearsPaidMinor: 20_000,
		});
	});

	it('follows the order of the tariff', () => {
		const fee = { fixedMinor: 1_000, basisPoints: 100 };
		const owing = { ...CLEAN, arrearsMinor: 99_000 };
		const kinds = (order: PlainTariff['order']) =>
			price(100_000, { ...FLAT, serviceFee: fee, order }, owing).waterfall.lines.map(
				(line) => `${line.kind} ${line.amountMinor}`,
			);
		expect(kinds(['service-fee', 'arrears']).slice(0, 2)).toEqual([
			'service-fee 2000',
			'arrears 49000',
		]);
		expect(kinds(['arrears', 'service-fee']).slice(0, 2)).toEqual([
			'arrears 50000',
			'service-fee 1500',
		]);
	});

	it('rounds a line half to even', () => {
		const halves: PlainTariff = {
			...FLAT,
			serviceFee: { fixedMinor: 0, basisPoints: 5_000 },
			order: ['service-fee'],
			blocks: [{ upToDeciKwh: null, pricePerKwhE4: 1 }],
		};
		expect(price(5, halves, CLEAN).waterfall.lines[0]).toMatchObject({ amountMinor: 2 });
		expect(price(7, halves, CLEAN).waterfall.lines[0]).toMatchObject({ amountMinor: 4 });
	});

	it('gives a free first block away before it sells', () => {
		const lifeline: PlainTariff = {
			...FLAT,
			order: [],
			blocks: [
				{ upToDeciKwh: 50, pricePerKwhE4: 0 },
				{ upToDeciKwh: null, pricePerKwhE4: 10_000_000 },
			],
		};
		expect(price(100, lifeline, CLEAN).waterfall.energyDeciKwh).toBe(51);
	});

	it.each([0, -1, 1.5, Number.NaN, 1e13])('takes a tender of %s for a slip', (tender) => {
		expect(() => priceVend(tender, FLAT, CLEAN)).toThrow(RangeError);
	});

	it('takes a tariff without an open, priced last block for a slip', () => {
		for (const blocks of [
			[{ upToDeciKwh: 100, pricePerKwhE4: 1 }],
			[{ upToDeciKwh: null, pricePerKwhE4: 0 }],
		])
			expect(() => priceVend(100, { ...FLAT, blocks }, CLEAN)).toThrow(RangeError);
	});
});

/** Any tariff a utility could write, any account it could meet. */
const anyTariff: fc.Arbitrary<PlainTariff> = fc
	.record({
		fee: fc.record({
			fixedMinor: fc.nat(5_000),
			basisPoints: fc.nat(10_000),
		}),
		maxBasisPoints: fc.nat(10_000),
		vat: fc.record({ basisPoints: fc.nat(3_000), inclusive: fc.boolean() }),
		perMonthMinor: fc.nat(20_000),
		widths: fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 4 }),
		prices: fc.array(fc.integer({ min: 1, max: 60_000_000 }), { minLength: 5, maxLength: 5 }),
		order: fc.shuffledSubarray([...DEDUCTION_STEPS]),
	})
	.map(({ fee, maxBasisPoints, vat, perMonthMinor, widths, prices, order }) => {
		let upTo = 0;
		const ends = [...widths.map((width) => (upTo += width)), null];
		return {
			...FLAT,
			serviceFee: fee,
			arrears: { maxBasisPoints },
			vat,
			fixedCharge: { perMonthMinor },
			blocks: ends.map((upToDeciKwh, at) => ({
				upToDeciKwh,
				pricePerKwhE4: prices[at] as number,
			})),
			order,
		};
	});
const anyPlan: fc.Arbitrary<ArrearsPlan> = fc.oneof(
	fc.record({ kind: fc.constant('percent'), basisPoints: fc.nat(10_000) }),
	fc.record({ kind: fc.constant('fixed'), perVendMinor: fc.nat(50_000) }),
	fc.record({ kind: fc.constant('monthly'), perMonthMinor: fc.nat(50_000) }),
);
const anyAccount: fc.Arbitrary<AccountState> = fc.record({
	month: fc.constant('2026-11'),
	boughtDeciKwh: fc.nat(5_000),
	fixedChargeDue: fc.boolean(),
	arrearsMinor: fc.nat(500_000),
	arrearsPaidMinor: fc.nat(20_000),
	arrearsPlan: fc.option(anyPlan, { nil: undefined }),
	leftOverMinor: fc.nat(300),
});
const anyTender = fc.integer({ min: 1, max: 5_000_000 });

const energyOf = (tender: number, tariff: PlainTariff, account: AccountState) => {
	const priced = priceVend(tender, tariff, account);
	return 'refusal' in priced ? 0 : priced.waterfall.energyDeciKwh;
};

describe('priceVend, for any tariff and account', () => {
	it('has lines that add up to the tender, none of them negative but what came forward', () => {
		fc.assert(
			fc.property(anyTender, anyTariff, anyAccount, (tender, tariff, account) => {
				const priced = priceVend(tender, tariff, account);
				if ('refusal' in priced) return;
				const { lines } = priced.waterfall;
				expect(lines.reduce((sum, line) => sum + line.amountMinor, 0)).toBe(tender);
				for (const line of lines)
					expect(line.amountMinor < 0).toBe(line.kind === 'brought-forward');
			}),
			{ numRuns: 500 },
		);
	});

	it('never buys less energy for more money', () => {
		fc.assert(
			fc.property(
				anyTender,
				fc.oneof(fc.constant(1), fc.nat(100_000)),
				anyTariff,
				anyAccount,
				(tender, more, tariff, account) => {
					expect(energyOf(tender + more, tariff, account)).toBeGreaterThanOrEqual(
						energyOf(tender, tariff, account),
					);
				},
			),
			{ numRuns: 2_000 },
		);
	});

	it('leaves less money over than the next 0.1 kWh costs', () => {
		fc.assert(
			fc.property(anyTender, anyTariff, anyAccount, (tender, tariff, account) => {
				const priced = priceVend(tender, tariff, account);
				if ('refusal' in priced) return;
				const dearest = Math.max(...tariff.blocks.map((block) => block.pricePerKwhE4));
				expect(priced.accountAfter.leftOverMinor).toBeLessThanOrEqual(dearest / 100_000 + 1);
			}),
			{ numRuns: 500 },
		);
	});

	it('books what it says: arrears fall by their line, the month grows by the energy', () => {
		fc.assert(
			fc.property(anyTender, anyTariff, anyAccount, (tender, tariff, account) => {
				const priced = priceVend(tender, tariff, account);
				if ('refusal' in priced) return;
				const { waterfall, accountAfter } = priced;
				const paid = waterfall.lines.find((line) => line.kind === 'arrears')?.amountMinor ?? 0;
				const over = waterfall.lines.find((line) => line.kind === 'left-over')?.amountMinor ?? 0;
				expect(accountAfter.arrearsMinor).toBe(account.arrearsMinor - paid);
				expect(accountAfter.leftOverMinor).toBe(over);
				expect(accountAfter.boughtDeciKwh).toBe(account.boughtDeciKwh + waterfall.energyDeciKwh);
			}),
			{ numRuns: 500 },
		);
	});
});
