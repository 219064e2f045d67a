import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentRequest } from '#lib/core/sync/wire.ts';
import { balanceOf } from '#lib/server/ledger/book.ts';
import {
	readPayment,
	requestPayment,
	PAYMENT_LIFE_MS,
} from '#lib/server/payment/request-payment.ts';
import { payCharge, showCharge } from '#lib/server/payment/sandbox-page.ts';
import { answerCharge } from '#lib/server/payment/sandbox-provider.ts';
import { receiveWebhook } from '#lib/server/payment/webhook.ts';
import { MAX_SIGNATURE_AGE_MS, signWebhook } from '#lib/server/payment/webhook-signature.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import {
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	order,
	pay,
	saleOf,
	sendWebhook,
	vendOf,
	type Sale,
	type Shop,
	GUEST,
} from '../harness/shop.ts';

let shop: Shop;
let sale: Sale;
beforeEach(async () => {
	shop = await openShop();
	sale = saleOf(KITCHEN, 50_000);
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const balance = (kind: string) => balanceOf(shop.backend.database, `lakeside:${kind}`);
const payment = async () => mustBeTaken(await readPayment(shop.backend, GUEST, sale.paymentId));

describe('a payment', () => {
	const request = (change: Partial<PaymentRequest> = {}): PaymentRequest => ({
		vendId: sale.id,
		amountMinor: 50_000,
		currency: 'KES',
		method: 'sandbox',
		...change,
	});

	it.each([
		['another sale', () => ({ vendId: newId() })],
		['another amount', () => ({ amountMinor: 49_999 })],
		['another currency', () => ({ currency: 'UGX' })],
	])('is refused when it is for %s', async (_, change) => {
		mustBeTaken(await requestVend(shop.backend, GUEST, sale.id, sale.request));
		expect(await requestPayment(shop.backend, GUEST, sale.paymentId, request(change()))).toEqual({
			refusal: 'payment-mismatch',
		});
		expect(await readPayment(shop.backend, GUEST, sale.paymentId)).toEqual({
			refusal: 'not-found',
		});
	});

	it('is refused under an id that the sale does not name', async () => {
		mustBeTaken(await requestVend(shop.backend, GUEST, sale.id, sale.request));
		expect(await requestPayment(shop.backend, GUEST, newId(), request())).toEqual({
			refusal: 'payment-mismatch',
		});
	});

	it('pays for one sale only', async () => {
		mustBeTaken(await requestVend(shop.backend, GUEST, sale.id, sale.request));
		expect(await requestVend(shop.backend, GUEST, newId(), sale.request)).toEqual({
			refusal: 'payment-mismatch',
		});
	});

	it('that is approved is paid, once, and shows no more page to pay on', async () => {
		await order(shop.backend, sale);
		expect(await payment()).toMatchObject({
			state: 'pending',
			payUrl: `/sandbox/pay/${sale.paymentId}`,
			expiresAtMs: shop.clock.ms + PAYMENT_LIFE_MS,
		});
		await pay(shop.backend, sale);
		await pay(shop.backend, sale);
		expect(await payment()).toMatchObject({ state: 'paid', payUrl: null });
		expect(await balance('provider-clearing')).toBe(50_000);
	});

	it('that is declined ends the sale without a token', async () => {
		await order(shop.backend, sale);
		await pay(shop.backend, sale, 'declined');
		expect(await payment()).toMatchObject({ state: 'failed' });
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({
			state: 'refused',
			code: 'payment-failed',
			refundMinor: 0,
		});
		expect(await balance('provider-clearing')).toBe(0);
	});

	it('that nobody approves in time ends the sale, and cannot be approved any more', async () => {
		await order(shop.backend, sale);
		shop.clock.ms += PAYMENT_LIFE_MS;
		const late = await answerCharge(
			shop.backend.database,
			sale.paymentId,
			'approved',
			shop.clock.ms,
		);
		expect(late).toMatchObject({ state: 'pending' });
		await recover(shop.backend, 0);
		expect(await payment()).toMatchObject({ state: 'expired' });
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ code: 'payment-expired' });
	});

	it('that succeeds after it failed goes to the suspense account, once, and moves nothing', async () => {
		await order(shop.backend, sale);
		await pay(shop.backend, sale, 'declined');
		const before = await vendOf(shop.backend, sale.id);
		await shop.backend.database.updateTable('sandbox_charge').set({ state: 'approved' }).execute();
		for (const event of ['late-1', 'late-2'])
			await sendWebhook(shop.backend, sale.paymentId, event);
		expect(await vendOf(shop.backend, sale.id)).toEqual(before);
		expect(await balance('suspense')).toBe(-50_000);
		expect(await balance('provider-clearing')).toBe(50_000);
		expect(shop.module.orders).toEqual([]);
	});

	it('of another amount than asked for does not pay for the sale', async () => {
		await order(shop.backend, sale);
		await shop.backend.database
			.updateTable('sandbox_charge')
			.set({ state: 'approved', amount_minor: 100 })
			.execute();
		await sendWebhook(shop.backend, sale.paymentId);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({
			state: 'refused',
			code: 'payment-mismatch',
		});
		expect(await balance('suspense')).toBe(-100);
	});
});

describe('a message of the provider', () => {
	const body = () => JSON.stringify({ eventId: 'one', reference: sale.paymentId });
	const receive = (text: string, signature: string | null) =>
		receiveWebhook(shop.backend, text, signature);

	beforeEach(async () => {
		await order(shop.backend, sale);
		await answerCharge(shop.backend.database, sale.paymentId, 'approved', shop.clock.ms);
	});

	it('is refused without a signature, with a forged one, and with one for another body', async () => {
		const { webhookSecret } = shop.backend;
		const right = signWebhook(webhookSecret, body(), shop.clock.ms);
		const forged = [
			null,
			'',
			't=1,v1=zz',
			right.replace(/v1=./, (start) => (start === 'v1=0' ? 'v1=1' : 'v1=0')),
			right.replace(/t=(\d+)/, (_, at: string) => `t=${Number(at) + 1}`),
			signWebhook(Buffer.from('another secret'), body(), shop.clock.ms),
			signWebhook(webhookSecret, `${body()} `, shop.clock.ms),
		];
		for (const signature of forged)
			expect(await receive(body(), signature)).toEqual({ refusal: 'webhook-signature' });
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ state: 'awaiting-payment' });
	});

	it('is refused when it is old', async () => {
		const signature = signWebhook(shop.backend.webhookSecret, body(), shop.clock.ms);
		shop.clock.ms += MAX_SIGNATURE_AGE_MS + 1;
		expect(await receive(body(), signature)).toEqual({ refusal: 'webhook-signature' });
	});

	it('is acted on once', async () => {
		const signature = signWebhook(shop.backend.webhookSecret, body(), shop.clock.ms);
		for (let time = 0; time < 3; time += 1)
			expect(await receive(body(), signature)).toEqual({ received: true });
		expect(shop.module.orders).toHaveLength(1);
		expect(await balance('provider-clearing')).toBe(50_000);
	});

	it('is not believed: the provider is asked', async () => {
		const other = saleOf(KITCHEN, 70_000);
		await order(shop.backend, other);
		await sendWebhook(shop.backend, other.paymentId);
		expect(await vendOf(shop.backend, other.id)).toMatchObject({ state: 'awaiting-payment' });
	});

	it('about an unknown payment changes nothing; one of the wrong shape is refused', async () => {
		expect(await sendWebhook(shop.backend, newId())).toEqual({ received: true });
		const signed = (text: string) =>
			receive(text, signWebhook(shop.backend.webhookSecret, text, shop.clock.ms));
		expect(await signed('{')).toEqual({ refusal: 'body-not-json' });
		expect(await signed('{"eventId":"x"}')).toEqual({ refusal: 'body-shape' });
	});
});

describe('the sandbox provider’s page', () => {
	it('shows what is to be paid, and what became of it', async () => {
		await order(shop.backend, sale);
		const shown = () => showCharge(shop.backend, sale.paymentId);
		expect(await shown()).toEqual({
			provider: 'Sandbox Pesa',
			payee: 'Lakeside Power & Light',
			description: KITCHEN,
			amount: 'KES\u00a0500',
			state: 'pending',
			returnPath: `/purchases/${sale.id}`,
		});
		await pay(shop.backend, sale, 'declined');
		expect(await shown()).toMatchObject({ state: 'failed' });
		expect(await showCharge(shop.backend, newId())).toBeUndefined();
	});

	it('keeps the first tap, and goes back even when its message is lost', async () => {
		await order(shop.backend, sale);
		const tap = (decision: 'approved' | 'declined') =>
			payCharge(shop.backend, sale.paymentId, decision, () =>
				Promise.reject(new Error('no network')),
			);
		expect(await tap('approved')).toBe(`/purchases/${sale.id}`);
		await tap('declined');
		await recover(shop.backend, 0);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ state: 'issued' });
	});
});
