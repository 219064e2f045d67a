/** What the style page shows its parts with: a purchase of KES 500 as the demo's tariff prices it. */
import type { Token } from '#lib/core/sync/wire.ts';
import type { Currency } from '#lib/core/units/money.ts';
import type { Waterfall } from '#lib/core/vending/waterfall.ts';

export const CURRENCY: Currency = { code: 'KES', minorDigits: 2 };
export const DRN = '00000000018';

export const WATERFALL: Waterfall = {
	tenderedMinor: 50_000,
	lines: [
		{ kind: 'service-fee', amountMinor: 1_000 },
		{ kind: 'arrears', amountMinor: 5_000, balanceAfterMinor: 12_000 },
		{ kind: 'vat', amountMinor: 6_069, basisPoints: 1600 },
		{
			...{ kind: 'energy-block', amountMinor: 37_931, block: 1 },
			...{ energyDeciKwh: 176, pricePerKwhE4: 21_551_700 },
		},
	],
	energyDeciKwh: 176,
};

export const TOKEN: Token = {
	...{ digits: '48162735904417263850', kind: 'credit', energyDeciKwh: 176 },
	...{ sequence: 1, of: 1, test: true },
};

/** A day's load by the quarter of an hour, in W; the meter was without power for a while. */
export function loadCurve(): { times: Float64Array; values: Float64Array } {
	const QUARTERS = 96;
	const QUARTER_MS = 900_000;
	const FROM_MS = Date.UTC(2026, 0, 15);
	const times = Float64Array.from({ length: QUARTERS }, (_, at) => FROM_MS + at * QUARTER_MS);
	const values = times.map((_, at) => {
		if (at >= 40 && at < 46) return Number.NaN;
		const evening = Math.exp(-(((at - 78) / 9) ** 2)) * 1_900;
		const morning = Math.exp(-(((at - 28) / 5) ** 2)) * 1_100;
		return Math.round(140 + morning + evening + ((at * 37) % 11) * 9);
	});
	return { times, values };
}
