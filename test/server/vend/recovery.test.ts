import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { balanceOf } from '#lib/server/ledger/book.ts';
import { requestPayment } from '#lib/server/payment/request-payment.ts';
import { answerCharge } from '#lib/server/payment/sandbox-provider.ts';
import { beginIssue } from '#lib/server/vend/begin-issue.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import {
	buy,
	digitsOf,
	KITCHEN,
	openShop,
	order,
	pay,
	saleOf,
	STEPS,
	vendOf,
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

const accountOf = async (drn: string) =>
	await shop.backend.database
		.selectFrom('account')
		.selectAll()
		.where('drn', '=', drn)
		.executeTakeFirstOrThrow();

describe('a security module that does not answer', () => {
	it('leaves the vend issuing, and the same token number is asked for again', async () => {
		shop.module.behaviour = 'hangs';
		const { id, answer } = await buy(shop.backend, KITCHEN, 50_000);
		expect(answer).toMatchObject({ state: 'issuing' });
		shop.clock.ms += 3 * 60_000;
		await recover(shop.backend, 0);
		shop.module.behaviour = 'answers';
		await recover(shop.reopened(), 0);
		expect(await vendOf(shop.backend, id)).toMatchObject({ state: 'issued' });
		expect(shop.module.orders).toHaveLength(3);
		const asked = shop.module.orders.map((order) => JSON.stringify({ ...order, nowMs: 0 }));
		expect(new Set(asked).size).toBe(1);
	});

	it('is asked again although the clock was set back meanwhile', async () => {
		shop.module.behaviour = 'hangs';
		const { id } = await buy(shop.backend, KITCHEN, 50_000);
		shop.module.behaviour = 'answers';
		shop.clock.ms -= 3_600_000;
		await recover(shop.backend, 1_000);
		expect(await vendOf(shop.backend, id)).toMatchObject({ state: 'issued' });
	});

	it('is left alone by others while it was asked just now', async () => {
		shop.module.behaviour = 'hangs';
		const { id } = await buy(shop.backend, KITCHEN, 50_000);
		shop.module.behaviour = 'answers';
		await recover(shop.backend, 1_000);
		expect(await vendOf(shop.backend, id)).toMatchObject({ state: 'issuing' });
	});

	it('holds the next sale of the meter back, and lets it follow', async () => {
		shop.module.behaviour = 'hangs';
		const first = await buy(shop.backend, KITCHEN, 50_000);
		const second = await buy(shop.backend, KITCHEN, 60_000);
		expect(second.answer).toMatchObject({ state: 'issuing' });
		expect(shop.module.orders).toHaveLength(1);
		shop.module.behaviour = 'answers';
		await recover(shop.backend, 0);
		for (const { id } of [first, second])
			expect(await vendOf(shop.backend, id)).toMatchObject({ state: 'issued' });
		const [one, two] = shop.module.orders.slice(1);
		expect(two!.tid).toBeGreaterThan(one!.tid);
	});
});

describe('a crash', () => {
	it('after the money came: the vend is begun', async () => {
		const sale = saleOf(KITCHEN, 50_000);
		await order(shop.backend, sale);
		await answerCharge(shop.backend.database, sale.paymentId, 'approved', shop.clock.ms);
		// No webhook ever comes.
		await recover(shop.backend, 0);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ state: 'issued' });
	});

	it('after the first transaction: the vend is finished from what that wrote', async () => {
		const sale = saleOf(KITCHEN, 50_000);
		await order(shop.backend, sale);
		shop.module.behaviour = 'hangs';
		await pay(shop.backend, sale);
		const begun = await beginIssue(shop.backend, sale.id);
		shop.module.behaviour = 'answers';
		// The price changes meanwhile; this vend's is fixed.
		await shop.backend.database
			.updateTable('meter')
			.set({ tariff_id: 'small-business' })
			.where('drn', '=', KITCHEN)
			.execute();
		await recover(shop.backend, 0);
		const answer = await vendOf(shop.backend, sale.id);
		expect(answer).toMatchObject({
			state: 'issued',
			receipt: { tariffName: 'Domestic', waterfall: { energyDeciKwh: 200 } },
		});
		expect(begun).toMatchObject({ order: { token: { tid: shop.module.orders[0]!.tid } } });
	});

	it('after the module made the token: the same digits are made again', async () => {
		const sale = saleOf(KITCHEN, 50_000);
		await order(shop.backend, sale);
		shop.module.behaviour = 'hangs';
		await pay(shop.backend, sale);
		shop.module.behaviour = 'answers';
		const lost = await shop.module.issueCredit(shop.module.orders[0]!);
		await recover(shop.backend, 0);
		expect(lost).toMatchObject({ digits: digitsOf(await vendOf(shop.backend, sale.id)) });
		expect(await shop.module.usage({ after: 0 })).toMatchObject({ requests: 1 });
	});

	it('before the provider was asked: the payment is asked for again', async () => {
		const sale = saleOf(KITCHEN, 50_000);
		await order(shop.backend, sale);
		await shop.backend.database.deleteFrom('sandbox_charge').execute();
		await recover(shop.backend, 0);
		await pay(shop.backend, sale);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ state: 'issued' });
	});
});

describe('a sale that cannot be made after all', () => {
	it.each([
		['its meter was blocked meanwhile', 'meter-blocked', { state: 'blocked' }],
		['its key is gone', 'vending-key-unknown', { krn: 9 }],
		['it would buy less', 'price-changed', { tariff_id: 'small-business' }],
	] as const)('gives the money back when %s', async (_, code, change) => {
		const sale = saleOf(KITCHEN, 50_000, 200);
		await order(shop.backend, sale);
		await shop.backend.database
			.updateTable('meter')
			.set(change)
			.where('drn', '=', KITCHEN)
			.execute();
		await pay(shop.backend, sale);
		expect(await vendOf(shop.backend, sale.id)).toEqual({
			id: sale.id,
			state: 'refused',
			paymentId: sale.paymentId,
			code,
			refundMinor: 50_000,
		});
		expect(await balanceOf(shop.backend.database, 'lakeside:refund-due')).toBe(-50_000);
		expect(shop.module.orders).toEqual([]);
	});

	it('leaves the account as it was when the module refuses for good', async () => {
		await buy(shop.backend, STEPS, 50_000);
		const before = await accountOf(STEPS);
		shop.module.behaviour = 'vending-key-expired';
		const { answer } = await buy(shop.backend, STEPS, 70_000);
		expect(answer).toMatchObject({
			state: 'refused',
			code: 'vending-key-expired',
			refundMinor: 70_000,
		});
		expect(await accountOf(STEPS)).toEqual(before);
	});

	it('is given up when nobody ever asks for its money', async () => {
		const sale = saleOf(KITCHEN, 50_000);
		await requestVend(shop.backend, GUEST, sale.id, sale.request);
		shop.clock.ms += 23 * 60 * 60_000;
		await recover(shop.backend, 0);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ state: 'awaiting-payment' });
		shop.clock.ms += 60 * 60_000;
		await recover(shop.backend, 0);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({
			state: 'refused',
			code: 'payment-expired',
			refundMinor: 0,
		});
		const request = { vendId: sale.id, amountMinor: 50_000, currency: 'KES' };
		expect(
			await requestPayment(shop.backend, GUEST, sale.paymentId, { ...request, method: 'sandbox' }),
		).toEqual({ refusal: 'payment-expired' });
	});
});
