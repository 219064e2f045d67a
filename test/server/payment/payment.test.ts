import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentRequest } from '#lib/core/sync/wire.ts';
import { balanceOf } from '#lib/server/ledger/book.ts';
import {
	readPayment,
	requestPayment,
	PAYMENT_LIFE_MS,
} from '#lib/server/payment/request-payment.ts';
import { lookAfterPayments } from '#lib/server/payment/payment-round.ts';
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
		expect(await signed('{"eventId":"x"}')).toMatchObject({ refusal: 'body-shape' });
	});
});

describe('a provider that does not answer', () => {
	it.each(['deaf', 'mute'] as const)('(%s) leaves the payment unknown', async (behaviour) => {
		shop.provider.behaviour = behaviour;
		await order(shop.backend, sale);
		expect(await payment()).toMatchObject({ state: 'unknown', payUrl: null });
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ state: 'awaiting-payment' });
	});

	it.each(['deaf', 'mute'] as const)(
		'(%s) is asked again under the same reference until it has it, and sells once',
		async (behaviour) => {
			shop.provider.behaviour = behaviour;
			await order(shop.backend, sale);
			await recover(shop.backend, 0);
			shop.provider.behaviour = 'answers';
			await recover(shop.backend, 0);
			expect(await payment()).toMatchObject({ state: 'pending' });
			expect(new Set(shop.provider.asked)).toEqual(new Set([sale.paymentId]));
			await pay(shop.backend, sale);
			expect(await balance('provider-clearing')).toBe(50_000);
			expect(shop.module.orders).toHaveLength(1);
		},
	);

	it('is asked again at once by whoever sends the same request again', async () => {
		shop.provider.behaviour = 'deaf';
		await order(shop.backend, sale);
		shop.provider.behaviour = 'answers';
		await order(shop.backend, sale);
		expect(await payment()).toMatchObject({ state: 'pending' });
	});

	it('is asked with growing pauses', async () => {
		shop.provider.behaviour = 'deaf';
		await order(shop.backend, sale);
		const looks: number[] = [];
		const attempts = async () =>
			(
				await shop.backend.database
					.selectFrom('payment')
					.select('attempts')
					.executeTakeFirstOrThrow()
			).attempts;
		for (let second = 0; second < 120; second += 1) {
			shop.clock.ms += 1_000;
			const before = await attempts();
			await lookAfterPayments(shop.backend, false);
			if ((await attempts()) > before) looks.push(second);
		}
		expect(looks.length).toBeGreaterThan(3);
		expect(looks.length).toBeLessThan(12);
		expect(looks.at(-1)! - looks.at(-2)!).toBeGreaterThan(looks[1]! - looks[0]!);
	});

	it('does not make a payment fail, however long it is silent', async () => {
		await order(shop.backend, sale);
		await answerCharge(shop.backend.database, sale.paymentId, 'approved', shop.clock.ms);
		shop.provider.behaviour = 'deaf';
		shop.clock.ms += 2 * PAYMENT_LIFE_MS;
		await recover(shop.backend, 0);
		expect(await payment()).toMatchObject({ state: 'unknown' });
		shop.provider.behaviour = 'answers';
		await recover(shop.backend, 0);
		expect(await payment()).toMatchObject({ state: 'paid' });
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ state: 'issued' });
	});

	it('has its message kept for later: it is not taken before it could be acted on', async () => {
		await order(shop.backend, sale);
		await answerCharge(shop.backend.database, sale.paymentId, 'approved', shop.clock.ms);
		shop.provider.behaviour = 'deaf';
		await expect(sendWebhook(shop.backend, sale.paymentId)).rejects.toThrow('provider-unavailable');
		shop.provider.behaviour = 'answers';
		expect(await sendWebhook(shop.backend, sale.paymentId)).toEqual({ received: true });
		expect(await payment()).toMatchObject({ state: 'paid' });
	});

	it('and a process that ends before it was asked: the payment is asked for by the next', async () => {
		mustBeTaken(await requestVend(shop.backend, GUEST, sale.id, sale.request));
		const { provider } = shop.backend;
		const dying = { ...provider, ask: () => Promise.reject(new Error('gone')) };
		const request = { vendId: sale.id, amountMinor: 50_000, currency: 'KES', method: 'sandbox' };
		await expect(
			requestPayment(
				{ ...shop.backend, provider: { ...dying, name: 'sandbox', payUrl: provider.payUrl } },
				GUEST,
				sale.paymentId,
				request as PaymentRequest,
			),
		).rejects.toThrow('gone');
		expect(await payment()).toMatchObject({ state: 'created', payUrl: null });
		await recover(shop.backend, 0);
		expect(await payment()).toMatchObject({ state: 'pending' });
	});
});

describe('money for a sale that ended meanwhile', () => {
	it('goes to the suspense account', async () => {
		await order(shop.backend, sale);
		await shop.backend.database
			.updateTable('vend')
			.set({ state: 'refused', answer: '{"code":"payment-expired"}' })
			.where('id', '=', sale.id)
			.execute();
		await pay(shop.backend, sale);
		expect(await payment()).toMatchObject({ state: 'paid' });
		expect(await balance('suspense')).toBe(-50_000);
		expect(await balance('customer-held')).toBe(0);
	});
});
