import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BASE_DATE_MS, instantOfTid, MAX_TID } from '#lib/core/sts/tid.ts';
import { trialVend } from '#lib/server/vend/trial-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import { buy, KITCHEN, MORNING_MS, openShop, WORKSHOP, type Shop, GUEST } from '../harness/shop.ts';

let shop: Shop;
beforeEach(async () => {
	shop = await openShop();
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const tids = async (drn: string) =>
	(
		await shop.backend.database
			.selectFrom('vend')
			.select('tid')
			.where('drn', '=', drn)
			.orderBy('receipt_number')
			.execute()
	).map(({ tid }) => Number(tid));

const minute = (instantMs: number) => Math.floor((instantMs - BASE_DATE_MS[2014]) / 60_000);

describe('token numbers', () => {
	it('are the minute of the sale, and the next one when that is taken', async () => {
		for (let sale = 0; sale < 3; sale += 1) await buy(shop.backend, KITCHEN, 50_000);
		const now = minute(MORNING_MS);
		expect(await tids(KITCHEN)).toEqual([now, now + 1, now + 2]);
	});

	it('rise strictly whatever the clock does', async () => {
		const steps = [0, -3_600_000, 61_000, -86_400_000, 5_000, 7_200_000, -1, 0, 59_999];
		for (const step of steps) {
			shop.clock.ms += step;
			await buy(shop.backend, KITCHEN, 50_000);
		}
		const given = await tids(KITCHEN);
		expect(given).toEqual([...new Set(given)].sort((a, b) => a - b));
	});

	it('of one meter say nothing about another', async () => {
		await buy(shop.backend, KITCHEN, 50_000);
		await buy(shop.backend, WORKSHOP, 50_000);
		expect(await tids(WORKSHOP)).toEqual(await tids(KITCHEN));
	});

	it('go on under a new key of the same base date', async () => {
		await buy(shop.backend, KITCHEN, 50_000);
		await shop.backend.database
			.updateTable('meter')
			.set({ sgc: '400284', krn: 3 })
			.where('drn', '=', KITCHEN)
			.execute();
		await buy(shop.backend, KITCHEN, 50_000);
		const [first, second] = await tids(KITCHEN);
		expect(second).toBe(first! + 1);
	});

	it('pass over the first minute after midnight', async () => {
		shop.clock.ms = Date.UTC(2026, 10, 21, 0, 0);
		for (let sale = 0; sale < 2; sale += 1) await buy(shop.backend, KITCHEN, 50_000);
		const midnight = minute(shop.clock.ms);
		expect(await tids(KITCHEN)).toEqual([midnight, midnight + 2]);
	});

	it('are not given beyond the era', async () => {
		shop.clock.ms = instantOfTid(MAX_TID, 2014);
		const last = await buy(shop.backend, KITCHEN, 50_000);
		expect(last.answer).toMatchObject({ state: 'issued' });
		const next = await buy(shop.backend, KITCHEN, 50_000);
		expect(next.answer).toMatchObject({
			state: 'refused',
			code: 'tid-exhausted',
			refundMinor: 50_000,
		});
		shop.clock.ms += 60_000;
		expect(
			await trialVend(shop.backend, GUEST, { drn: KITCHEN, amountMinor: 50_000, currency: 'KES' }),
		).toEqual({ refusal: 'tid-exhausted' });
	});

	it('are not given past the key’s expiry number', async () => {
		await shop.backend.database
			.updateTable('supply_group_key')
			.set({ ken: (minute(MORNING_MS) >>> 16) - 1 })
			.where('sgc', '=', '999001')
			.execute();
		expect(
			await trialVend(shop.backend, GUEST, { drn: KITCHEN, amountMinor: 50_000, currency: 'KES' }),
		).toEqual({ refusal: 'vending-key-expired' });
	});
});
