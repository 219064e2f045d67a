import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilMomentOf } from '#lib/core/units/instant.ts';
import { estimateVend } from '#lib/core/vending/estimate.ts';
import type { AccountState, Tariff } from '#lib/core/vending/tariff.ts';
import '../../harness/seed.ts';

const TARIFF: Tariff = {
	...{ id: 'domestic', version: 3, name: 'Domestic' },
	...{ serviceFee: { fixedMinor: 0, basisPoints: 0 }, arrears: { maxBasisPoints: 5_000 } },
	...{ vat: { basisPoints: 1_600, inclusive: false }, fixedCharge: { perMonthMinor: 5_000 } },
	blocks: [
		{ upToDeciKwh: 500, pricePerKwhE4: 10_000_000 },
		{ upToDeciKwh: null, pricePerKwhE4: 20_000_000 },
	],
	order: ['arrears', 'vat', 'fixed-charge'],
	timeOfUse: [
		{
			name: 'Peak',
			windows: [{ fromMinute: 18 * 60, toMinute: 20 * 60 }],
			blocks: [{ upToDeciKwh: null, pricePerKwhE4: 40_000_000 }],
		},
	],
};
const NOON = civilMomentOf(Date.UTC(2026, 10, 21, 9), 'Africa/Nairobi');
const PEAK = civilMomentOf(Date.UTC(2026, 10, 21, 16), 'Africa/Nairobi');
const SEEN: AccountState = {
	...{ month: '2026-11', boughtDeciKwh: 500, fixedChargeDue: false },
	...{ arrearsMinor: 0, leftOverMinor: 0 },
};

const energyAt = (...given: Parameters<typeof estimateVend>) => {
	const found = estimateVend(...given);
	return 'refusal' in found ? found.refusal : found.waterfall.energyDeciKwh;
};

describe('an estimate', () => {
	it('goes by the account as it was known, the hour and the month', () => {
		expect(energyAt(23_200, TARIFF, SEEN, NOON)).toBe(100);
		expect(energyAt(23_200, TARIFF, SEEN, PEAK)).toBe(50);
		// A month later its blocks begin again, and its fixed charge is due.
		const next = civilMomentOf(Date.UTC(2026, 11, 21, 9), 'Africa/Nairobi');
		expect(energyAt(23_200, TARIFF, SEEN, next)).toBe(150);
	});

	it('names the tariff it is by', () => {
		expect(estimateVend(23_200, TARIFF, SEEN, NOON)).toMatchObject({
			tariff: { id: 'domestic', version: 3 },
		});
	});

	it('takes a meter that was never seen to owe its fixed charge: rather too low', () => {
		expect(energyAt(5_000, TARIFF, null, NOON)).toBe('amount-buys-nothing');
		fc.assert(
			fc.property(fc.integer({ min: 6_000, max: 1_000_000 }), (amountMinor) => {
				const fresh = { ...SEEN, boughtDeciKwh: 0 };
				const [seen, unseen] = [fresh, null].map((account) =>
					energyAt(amountMinor, TARIFF, account, NOON),
				);
				if (typeof seen === 'number' && typeof unseen === 'number')
					expect(unseen).toBeLessThanOrEqual(seen);
			}),
		);
	});
});
