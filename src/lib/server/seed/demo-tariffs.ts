/** The demo's tariffs: flat, in steps, by the time of day, and one with fees and arrears. */
import type { Tariff } from '#lib/core/vending/tariff.ts';

const COMMON = {
	version: 1,
	serviceFee: { fixedMinor: 0, basisPoints: 0 },
	arrears: { maxBasisPoints: 3_000 },
	vat: { basisPoints: 1_600, inclusive: false },
	fixedCharge: { perMonthMinor: 0 },
	order: ['service-fee', 'arrears', 'vat', 'fixed-charge'],
} as const;

export const DEMO_TARIFFS: readonly Tariff[] = [
	{
		...COMMON,
		id: 'domestic-flat',
		name: 'Domestic',
		vat: { basisPoints: 1_600, inclusive: true },
		blocks: [{ upToDeciKwh: null, pricePerKwhE4: 25_000_000 }],
	},
	{
		...COMMON,
		id: 'domestic-steps',
		name: 'Domestic, in steps',
		fixedCharge: { perMonthMinor: 6_000 },
		blocks: [
			{ upToDeciKwh: 300, pricePerKwhE4: 12_230_000 },
			{ upToDeciKwh: 1_000, pricePerKwhE4: 16_300_000 },
			{ upToDeciKwh: null, pricePerKwhE4: 19_080_000 },
		],
	},
	{
		...COMMON,
		id: 'small-business',
		name: 'Small business',
		serviceFee: { fixedMinor: 1_000, basisPoints: 50 },
		arrears: { maxBasisPoints: 5_000 },
		blocks: [{ upToDeciKwh: null, pricePerKwhE4: 21_440_000 }],
	},
	{
		...COMMON,
		id: 'workshop-hours',
		name: 'Workshop, by the hour',
		blocks: [{ upToDeciKwh: null, pricePerKwhE4: 19_600_000 }],
		timeOfUse: [
			{
				name: 'evening peak',
				windows: [{ weekdays: [1, 2, 3, 4, 5, 6], fromMinute: 18 * 60, toMinute: 22 * 60 }],
				blocks: [{ upToDeciKwh: null, pricePerKwhE4: 26_500_000 }],
			},
			{
				name: 'night',
				windows: [
					{ fromMinute: 0, toMinute: 6 * 60 },
					{ fromMinute: 22 * 60, toMinute: 24 * 60 },
				],
				blocks: [{ upToDeciKwh: null, pricePerKwhE4: 13_400_000 }],
			},
		],
	},
];

/** In force long before any sale of the demo. */
export const TARIFFS_VALID_FROM_MS = Date.UTC(2025, 0, 1);

/** A tariff by its id, with the tariff index that meters on it carry. */
export function tariffPlace(id: string): { readonly tariff_id: string; readonly ti: string } {
	const at = DEMO_TARIFFS.findIndex((tariff) => tariff.id === id);
	return { tariff_id: id, ti: String(at + 1).padStart(2, '0') };
}
