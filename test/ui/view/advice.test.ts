import { describe, expect, it } from 'vitest';
import type { MeterUse } from '#lib/browser/store/use.ts';
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import { adviceFor } from '#lib/ui/view/advice.ts';

const DAY = 86_400_000;
/** Two days before the first of December in Nairobi. */
const NOW = Date.parse('2026-11-29T09:00:00Z');
const tariff = (version: number, ...prices: readonly number[]): MeterConfirmation['tariff'] => ({
	...{ id: 'steps', version, name: 'Steps', fixedCharge: { perMonthMinor: 0 } },
	...{ serviceFee: { fixedMinor: 0, basisPoints: 0 }, arrears: { maxBasisPoints: 0 } },
	vat: { basisPoints: 0, inclusive: true },
	blocks: prices.map((price, at) => ({
		upToDeciKwh: at === prices.length - 1 ? null : (at + 1) * 500,
		pricePerKwhE4: price * 1_000_000,
	})),
	order: [],
});
const confirmation = (change: Partial<MeterConfirmation> = {}): MeterConfirmation =>
	({
		utility: { timeZone: 'Africa/Nairobi' },
		tariff: tariff(1, 10, 40),
		account: {
			...{ month: '2026-11', boughtDeciKwh: 500, fixedChargeDue: false },
			...{ arrearsMinor: 0, leftOverMinor: 0 },
		},
		asOfMs: NOW,
		...change,
	}) as MeterConfirmation;
const bought = (daysAgo: number, energyDeciKwh: number) => ({
	...{ atMs: NOW - daysAgo * DAY, energyDeciKwh },
});
/** 1 kWh a day, and enough until the first. */
const use = (change: Partial<MeterUse> = {}): MeterUse => ({
	...{ readings: [], meter: null, freeDeciKwh: 0, lastPaidMinor: 1 },
	bought: [bought(50, 300), bought(20, 300)],
	...change,
});
const kindOf = (...given: Parameters<typeof adviceFor>) => adviceFor(...given)?.kind ?? null;

describe('advice on a screen', () => {
	it('is to wait where the dear block is reached', () => {
		expect(kindOf(confirmation(), use(), 20_000, NOW)).toBe('wait');
		expect(kindOf(confirmation(), use(), 0, NOW)).toBeNull();
	});

	it('knows what was bought on this device since the backend was last heard', () => {
		const account = { ...confirmation().account, boughtDeciKwh: 0 };
		const old = confirmation({ account, asOfMs: NOW - 3 * DAY });
		expect(kindOf(old, use(), 20_000, NOW)).toBeNull();
		const more = use({ bought: [bought(50, 200), bought(20, 200), bought(1, 600)] });
		expect(kindOf(old, more, 20_000, NOW)).toBe('wait');
	});

	it('is not given by old words, or by a clock that is behind them', () => {
		expect(kindOf(confirmation({ asOfMs: NOW - 8 * DAY }), use(), 20_000, NOW)).toBeNull();
		expect(kindOf(confirmation(), use(), 20_000, NOW - 3 * DAY)).toBeNull();
		// The month before has its own count.
		expect(kindOf(confirmation(), use(), 20_000, Date.parse('2026-11-10T00:00:00Z'))).toBeNull();
	});

	it('goes by the price that begins on the first, and not by one that comes later', () => {
		const flat = { tariff: tariff(1, 20) };
		const on = (day: string) => ({ tariff: tariff(2, 30), fromMs: Date.parse(`${day}+03:00`) });
		const rise = confirmation({ ...flat, nextTariff: on('2026-12-01T00:00:00') });
		expect(kindOf(rise, use(), 20_000, NOW)).toBe('buy-now');
		expect(kindOf({ ...rise, asOfMs: NOW - 2 * DAY }, use(), 20_000, NOW)).toBeNull();
		const later = confirmation({ ...flat, nextTariff: on('2026-12-01T00:01:00') });
		expect(kindOf(later, use(), 20_000, NOW)).toBeNull();
	});
});
