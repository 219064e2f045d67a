/** Which prices hold when: versions across the utility's midnight, and the hours of one version. */
import { afterEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { MeterConfirmation } from '#lib/core/sync/wire.ts';
import type { Tariff } from '#lib/core/vending/tariff.ts';
import { confirmCustomer } from '#lib/server/meter/confirm-customer.ts';
import { DEMO_TARIFFS } from '#lib/server/seed/demo-tariffs.ts';
import { trialVend } from '#lib/server/vend/trial-vend.ts';
import { priceOffer } from '#lib/ui/view/offer.ts';
import { whatIsWrong } from '../harness/books.ts';
import {
	buy,
	GUEST,
	KITCHEN,
	MORNING_MS,
	mustBeTaken,
	openShop,
	order,
	pay,
	saleOf,
	vendOf,
	WORKSHOP,
	type Shop,
} from '../harness/shop.ts';

let shop: Shop;
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const FLAT = DEMO_TARIFFS.find(({ id }) => id === 'domestic-flat')!;
/** 21 November 2026, midnight in Nairobi. */
const MIDNIGHT_MS = Date.UTC(2026, 10, 20, 21);

async function addVersion(version: number, validFromMs: number, change: Partial<Tariff>) {
	const definition = { ...FLAT, version, ...change };
	await shop.backend.database
		.insertInto('tariff')
		.values({
			...{ id: FLAT.id, version, utility_id: 'lakeside', valid_from_ms: validFromMs },
			definition: JSON.stringify(definition),
		})
		.execute();
}
/** An hour of 20 November 2026 in Nairobi. */
const atHour = (hour: number) => Date.UTC(2026, 10, 20, hour - 3);

const blocks = (pricePerKwhE4: number) => [{ upToDeciKwh: null, pricePerKwhE4 }];

const PEAK = {
	name: 'peak',
	windows: [{ fromMinute: 1_080, toMinute: 1_320 }],
	blocks: blocks(100_000_000),
};

async function trial(drn: string) {
	const request = { drn, amountMinor: 100_000, currency: 'KES' };
	return mustBeTaken(await trialVend(shop.backend, GUEST, request));
}

describe('a tariff version', () => {
	it('takes over at midnight of the utility, to the millisecond', async () => {
		shop = await openShop();
		await addVersion(2, MIDNIGHT_MS, { blocks: blocks(50_000_000) });
		shop.clock.ms = MIDNIGHT_MS - 1;
		expect((await trial(KITCHEN)).tariff.version).toBe(1);
		const before = await buy(shop.backend, KITCHEN, 100_000);
		shop.clock.ms = MIDNIGHT_MS;
		expect((await trial(KITCHEN)).tariff.version).toBe(2);
		const after = await buy(shop.backend, KITCHEN, 100_000);
		expect([before.answer, after.answer]).toMatchObject([
			{ receipt: { waterfall: { energyDeciKwh: 400 } } },
			{ receipt: { waterfall: { energyDeciKwh: 200 } } },
		]);
	});

	it('has hours of its own, which the device prices by as the service does', async () => {
		shop = await openShop();
		await addVersion(2, MORNING_MS, { timeOfUse: [PEAK] });
		const confirmed = mustBeTaken(await confirmCustomer(shop.backend, GUEST, WORKSHOP));
		const morning = v.parse(MeterConfirmation, JSON.parse(JSON.stringify(confirmed)));
		for (const [hour, energyDeciKwh] of [
			[10, 400],
			[17, 400],
			[18, 100],
			[21, 100],
			[22, 400],
		] as const) {
			shop.clock.ms = atHour(hour);
			const { waterfall } = await trial(WORKSHOP);
			expect(waterfall.energyDeciKwh).toBe(energyDeciKwh);
			// What it heard in the morning is all that the device knows.
			expect(priceOffer(morning, 100_000, shop.clock.ms)).toMatchObject({ waterfall });
		}
		shop.clock.ms = atHour(19);
		const { answer } = await buy(shop.backend, WORKSHOP, 100_000);
		expect(answer).toMatchObject({ receipt: { tariffName: `${FLAT.name}, peak` } });
	});

	it('does not sell at the dearer hour what was agreed to at the cheaper one', async () => {
		shop = await openShop();
		await addVersion(2, MORNING_MS, { timeOfUse: [PEAK] });
		const sale = saleOf(KITCHEN, 100_000, 400);
		shop.clock.ms = atHour(18) - 1;
		await order(shop.backend, sale);
		shop.clock.ms = atHour(18);
		await pay(shop.backend, sale);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({
			state: 'refused',
			code: 'price-changed',
			refundMinor: 100_000,
		});
	});
});
