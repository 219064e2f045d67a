/** An answer as long as a real one: a receipt with its waterfall and one token. */
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import { civilMomentOf } from '#lib/core/units/instant.ts';
import { estimateVend } from '#lib/core/vending/estimate.ts';
import type { Tariff } from '#lib/core/vending/tariff.ts';
import type { Waterfall } from '#lib/core/vending/waterfall.ts';

const ZONE = 'Africa/Nairobi';
export const BENCH_AMOUNT_MINOR = 50_000;

const TARIFF: Tariff = {
	...{ id: 'domestic', version: 1, name: 'Domestic' },
	...{ serviceFee: { fixedMinor: 500, basisPoints: 0 }, arrears: { maxBasisPoints: 0 } },
	...{ vat: { basisPoints: 1_600, inclusive: false }, fixedCharge: { perMonthMinor: 5_000 } },
	blocks: [
		{ upToDeciKwh: 100, pricePerKwhE4: 12_000_000 },
		{ upToDeciKwh: null, pricePerKwhE4: 20_000_000 },
	],
	order: ['service-fee', 'vat', 'fixed-charge'],
};

export function benchWaterfall(atMs: number): Waterfall {
	const priced = estimateVend(BENCH_AMOUNT_MINOR, TARIFF, null, civilMomentOf(atMs, ZONE));
	if ('refusal' in priced) throw new Error('the amount buys something');
	return priced.waterfall;
}

/** @param place of the answer among others: it is in its receipt's number and in its digits */
export function benchAnswer(id: string, drn: string, place: number, atMs: number): VendAnswer {
	const waterfall = benchWaterfall(atMs);
	const { energyDeciKwh } = waterfall;
	return {
		...{ id, state: 'issued', paymentId: null },
		receipt: {
			...{ receiptNumber: `B-0-${place}`, issuedAtMs: atMs, terminal: 'B-0', drn },
			utility: {
				...{ name: 'Lakeside Power', address: '1 Shore Road', vatNumber: 'P051' },
				...{ helpLine: '0800 1', currency: { code: 'KES', minorDigits: 2 }, timeZone: ZONE },
			},
			...{ customerMasked: 'W***** M****', sgc: '123456', krn: 1, ti: '01', ea: 7, tct: '02' },
			...{ tariffName: 'Domestic', waterfall: structuredClone(waterfall) as never },
			roundingGainDeciKwh: 0,
		},
		tokens: [
			{
				...{ digits: String(place).padStart(20, '0'), kind: 'credit', energyDeciKwh },
				...{ sequence: 1, of: 1, test: true },
			},
		],
	};
}
