/** Whose phone a code may go to: only where somebody answered for a vend, never for an order alone. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requestCode } from '#lib/server/access/one-time-code.ts';
import { requestFetchCode } from '#lib/server/fetch/request-fetch-code.ts';
import { sendMessages } from '#lib/server/message/send-messages.ts';
import { answerCharge } from '#lib/server/payment/sandbox-provider.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { floatSaleOf, openCounter } from '../harness/counter.ts';
import {
	GUEST,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	order,
	pay,
	saleOf,
	sendWebhook,
	type Sale,
	type Shop,
} from '../harness/shop.ts';

const PHONE = '+37120000001';
let shop: Shop;
beforeEach(async () => void (shop = await openShop()));
afterEach(() => shop.dispose());

async function ordered(): Promise<Sale> {
	const { request, ...sale } = saleOf(KITCHEN, 50_000);
	const named = { ...sale, request: { ...request, notifyPhone: PHONE } };
	await order(shop.backend, named);
	return named;
}

/** The codes that the phone is sent when both kinds are asked for. */
async function codesSent(): Promise<string[]> {
	shop.clock.ms += 1;
	await requestCode(shop.backend, GUEST, { phone: PHONE });
	mustBeTaken(await requestFetchCode(shop.backend, GUEST, { drn: KITCHEN, phone: PHONE }));
	await sendMessages(shop.backend);
	return shop.messenger.sent.flatMap(({ phone, text }) =>
		phone === PHONE ? (/is (\d{6})\./.exec(text)?.slice(1) ?? []) : [],
	);
}

describe('no code goes to a phone that stands in', () => {
	it.each<[string, () => Promise<unknown>]>([
		[
			'an order whose payment was not asked for',
			async () => {
				const { id, request } = saleOf(KITCHEN, 50_000);
				const named = { ...request, notifyPhone: PHONE };
				mustBeTaken(await requestVend(shop.backend, GUEST, id, named));
			},
		],
		['an order that waits for its payment', ordered],
		['one that the payer declined', async () => pay(shop.backend, await ordered(), 'declined')],
	])('%s', async (_, happens) => {
		await happens();
		expect(await codesSent()).toEqual([]);
		expect(shop.messenger.sent).toEqual([]);
	});
});

describe('codes go to a phone that stands in', () => {
	it.each<[string, () => Promise<unknown>]>([
		['a sale that was issued', async () => pay(shop.backend, await ordered())],
		[
			'one whose token is still being made',
			async () => {
				shop.module.behaviour = 'hangs';
				await pay(shop.backend, await ordered());
			},
		],
		[
			'one that was paid and refused',
			async () => {
				shop.module.behaviour = 'vending-key-limit';
				await pay(shop.backend, await ordered());
			},
		],
		[
			'one whose money came after its end',
			async () => {
				const { paymentId } = await ordered();
				const { database } = shop.backend;
				await answerCharge(database, paymentId, 'approved-after-expiry', shop.clock.ms);
				await sendWebhook(shop.backend, paymentId, newId());
				expect(await codesSent()).toEqual([]);
				shop.clock.ms += 20_000;
				await sendWebhook(shop.backend, paymentId, newId());
			},
		],
		[
			'what a till sold',
			async () => {
				const counter = await openCounter(shop.backend);
				const sold = { ...floatSaleOf(counter, KITCHEN, 50_000), notifyPhone: PHONE };
				mustBeTaken(await requestVend(shop.backend, counter.caller, newId(), sold));
			},
		],
	])('%s', async (_, happens) => {
		await happens();
		shop.module.behaviour = 'answers';
		expect(await codesSent()).toHaveLength(2);
	});
});
