import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VendRequest } from '#lib/core/sync/wire.ts';
import { requestPayment } from '#lib/server/payment/request-payment.ts';
import { answerCharge } from '#lib/server/payment/sandbox-provider.ts';
import { issueVend } from '#lib/server/vend/issue-vend.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { readVend } from '#lib/server/vend/read-vend.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import {
	buy,
	COTTAGE,
	KITCHEN,
	newId,
	openShop,
	order,
	saleOf,
	sendWebhook,
	vendOf,
	WORKSHOP,
	type Shop,
	GUEST,
} from '../harness/shop.ts';

let shop: Shop;
beforeEach(async () => {
	shop = await openShop();
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const count = async (table: 'vend' | 'vend_token' | 'payment') =>
	(await shop.backend.database.selectFrom(table).selectAll().execute()).length;

describe('the same request again', () => {
	it('gets the same bytes, at every stage of the sale', async () => {
		const sale = saleOf(KITCHEN, 50_000);
		const put = () => requestVend(shop.backend, GUEST, sale.id, sale.request);
		const first = await put();
		expect(await put()).toEqual(first);
		await order(shop.backend, sale);
		await answerCharge(shop.backend.database, sale.paymentId, 'approved', shop.clock.ms);
		await sendWebhook(shop.backend, sale.paymentId);
		const final = await put();
		expect(final).toMatchObject({ status: 200 });
		shop.clock.ms += 86_400_000;
		expect(await put()).toEqual(final);
		expect(await readVend(shop.backend, GUEST, sale.id)).toEqual(final);
		expect(await count('vend_token')).toBe(1);
	});

	it('may have its members in another order', async () => {
		const sale = saleOf(KITCHEN, 50_000);
		const first = await requestVend(shop.backend, GUEST, sale.id, sale.request);
		const turned = Object.fromEntries(Object.entries(sale.request).reverse()) as VendRequest;
		expect(await requestVend(shop.backend, GUEST, sale.id, turned)).toEqual(first);
	});

	it.each([
		['amount', { amountMinor: 60_000 }],
		['meter', { drn: WORKSHOP }],
		['payment', { paymentId: newId() }],
		['agreement', { agreed: null }],
		['time of the tap', { requestedAtMs: 5 }],
	])('is refused with id-reused when its %s is another', async (_, change) => {
		const sale = saleOf(KITCHEN, 50_000);
		await requestVend(shop.backend, GUEST, sale.id, sale.request);
		expect(await requestVend(shop.backend, GUEST, sale.id, { ...sale.request, ...change })).toEqual(
			{
				refusal: 'id-reused',
			},
		);
		expect(await count('vend')).toBe(1);
	});

	it('asks for one payment, and refuses the id for another one', async () => {
		const sale = saleOf(KITCHEN, 50_000);
		await order(shop.backend, sale);
		const request = {
			vendId: sale.id,
			amountMinor: 50_000,
			currency: 'KES',
			method: 'sandbox',
		} as const;
		const again = await requestPayment(shop.backend, GUEST, sale.paymentId, request);
		expect(again).toMatchObject({ state: 'pending', payUrl: `/sandbox/pay/${sale.paymentId}` });
		expect(
			await requestPayment(shop.backend, GUEST, sale.paymentId, { ...request, amountMinor: 1 }),
		).toEqual({ refusal: 'id-reused' });
		expect(await count('payment')).toBe(1);
	});
});

describe('at the same time', () => {
	it('64 copies of one request make one sale and get one answer', async () => {
		const sale = saleOf(KITCHEN, 50_000);
		const answers = await Promise.all(
			Array.from({ length: 64 }, () => requestVend(shop.backend, GUEST, sale.id, sale.request)),
		);
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
		expect(await count('vend')).toBe(1);
	});

	it('64 webhooks, recoveries and issues of one payment make one token', async () => {
		const sale = saleOf(KITCHEN, 50_000);
		await order(shop.backend, sale);
		await answerCharge(shop.backend.database, sale.paymentId, 'approved', shop.clock.ms);
		await Promise.all(
			Array.from({ length: 64 }, async (_, at) => {
				if (at % 3 === 0) await recover(shop.backend, 0);
				else if (at % 3 === 1) await sendWebhook(shop.backend, sale.paymentId, `event-${at}`);
				else await issueVend(shop.backend, sale.id);
			}),
		);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ state: 'issued' });
		expect(await count('vend_token')).toBe(1);
	});

	it('64 sales over many meters are all made, each once', async () => {
		const meters = await shop.backend.database
			.selectFrom('meter')
			.select('drn')
			.where('state', '=', 'active')
			// Its sale begins with a key change.
			.where('drn', '!=', COTTAGE)
			.limit(16)
			.execute();
		await Promise.all(
			Array.from({ length: 64 }, (_, at) =>
				buy(shop.backend, meters[at % meters.length]!.drn, 100_000),
			),
		);
		for (let round = 0; round < 4; round += 1) await recover(shop.backend, 0);
		const states = await shop.backend.database.selectFrom('vend').select('state').execute();
		// A sale that came while another one of its meter moved the price may be refused, with its money back.
		expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['issued']));
		const credits = await shop.backend.database
			.selectFrom('vend_token')
			.select('vend_id')
			.where('kind', '=', 'credit')
			.execute();
		expect(credits).toHaveLength(64);
	});
});
