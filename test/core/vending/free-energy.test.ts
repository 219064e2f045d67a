import { describe, expect, it } from 'vitest';
import { decideFbe, giveEnergy } from '#lib/core/vending/free-energy.ts';
import type { AccountState, PlainTariff } from '#lib/core/vending/tariff.ts';

const TARIFF: PlainTariff = {
	...{ id: 'steps', version: 1, name: 'Steps' },
	serviceFee: { fixedMinor: 0, basisPoints: 0 },
	arrears: { maxBasisPoints: 0 },
	vat: { basisPoints: 1_600, inclusive: false },
	fixedCharge: { perMonthMinor: 0 },
	blocks: [
		{ upToDeciKwh: 300, pricePerKwhE4: 12_230_000 },
		{ upToDeciKwh: null, pricePerKwhE4: 16_300_000 },
	],
	order: ['vat'],
};
const account = (boughtDeciKwh: number): AccountState => ({
	...{ month: '2026-11', boughtDeciKwh, fixedChargeDue: true, arrearsMinor: 0, leftOverMinor: 0 },
});

describe('energy that is given', () => {
	it('fills the blocks where the month stands, for no money, and knows its worth', () => {
		const { waterfall, worth } = giveEnergy(500, TARIFF, account(250));
		expect(waterfall).toMatchObject({
			tenderedMinor: 0,
			energyDeciKwh: 500,
			lines: [
				{ kind: 'energy-block', amountMinor: 0, block: 1, energyDeciKwh: 50 },
				{ kind: 'energy-block', amountMinor: 0, block: 2, energyDeciKwh: 450 },
			],
		});
		// 5 kWh at 12.23 and 45 kWh at 16.30, in minor units
		expect(worth).toEqual({ amountMinor: 6_115 + 73_350, lastPriceE4: 16_300_000 });
	});

	it('is worth its price without the VAT that the price contains', () => {
		const tariff = { ...TARIFF, vat: { basisPoints: 1_600, inclusive: true } };
		expect(giveEnergy(10, tariff, account(0)).worth.amountMinor).toBe(1_054);
		expect(giveEnergy(10, { ...tariff, order: [] }, account(0)).worth.amountMinor).toBe(1_223);
	});
});

describe('free basic electricity', () => {
	it.each([
		['never given', null, { energyDeciKwh: 500 }],
		['given last month', '2026-10', { energyDeciKwh: 500 }],
		['given this month', '2026-11', { refusal: 'fbe-claimed' }],
		['given next month, by a clock that was set back', '2026-12', { refusal: 'fbe-claimed' }],
	])('%s', (_, givenMonth, decided) => {
		expect(decideFbe({ entitledDeciKwh: 500, givenMonth }, '2026-11')).toEqual(decided);
	});

	it('is for those who are entitled', () => {
		expect(decideFbe({ entitledDeciKwh: 0, givenMonth: null }, '2026-11')).toEqual({
			refusal: 'fbe-not-entitled',
		});
	});
});
