/** Payments that come late, twice, wrong, or go again: each ends in a right balance and in what the payer is told. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentMoney } from '#lib/core/sync/wire.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { balanceOf } from '#lib/server/ledger/book.ts';
import { decideMovements } from '#lib/server/payment/decide-payment.ts';
import { lookAfterPayments } from '#lib/server/payment/payment-round.ts';
import { WATCH_PAUSES_MS } from '#lib/server/payment/payment-watch.ts';
import { PAYMENT_LIFE_MS, readPayment } from '#lib/server/payment/request-payment.ts';
import type { SandboxOutcome } from '#lib/server/payment/sandbox-outcomes.ts';
import { answerCharge } from '#lib/server/payment/sandbox-provider.ts';
import { settlePayment } from '#lib/server/payment/settle-payment.ts';
import { watchPayments } from '#lib/server/payment/watch-round.ts';
import { listRefunds } from '#lib/server/refund/owed-money.ts';
import { settleRefund } from '#lib/server/refund/settle-refund.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { whatIsWrong } from '../harness/books.ts';
import { employ } from '../harness/people.ts';
import {
	GUEST,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	order,
	saleOf,
	sendWebhook,
	vendOf,
	type Sale,
	type Shop,
} from '../harness/shop.ts';

const PAID = 50_000;
let shop: Shop;
let sale: Sale;
let office: Caller;
beforeEach(async () => {
	shop = await openShop();
	office = await employ(shop.backend, { roles: ['office-manager'] });
	sale = saleOf(KITCHEN, PAID);
	await order(shop.backend, sale);
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const balance = (kind: string) => balanceOf(shop.backend.database, `lakeside:${kind}`);
const balances = async () =>
	Object.fromEntries(
		await Promise.all(
			['provider-clearing', 'customer-held', 'refund-due', 'suspense', 'charged-back'].map(
				async (kind) => [kind, await balance(kind)] as const,
			),
		).then((all) => all.filter(([, minor]) => minor !== 0)),
	) as object;
const money = async () => mustBeTaken(await readPayment(shop.backend, GUEST, sale.paymentId)).money;
const none: PaymentMoney = {
	...{ paidMinor: 0, takenBackMinor: 0, owedMinor: 0, returnedMinor: 0 },
	...{ returned: null, foreign: false },
};

/** The payer's tap; nobody tells the shop. */
const tap = (outcome: SandboxOutcome) =>
	answerCharge(shop.backend.database, sale.paymentId, outcome, shop.clock.ms);
/** A message of its own each time. */
const tell = () => sendWebhook(shop.backend, sale.paymentId, newId());
const wait = (ms: number) => void (shop.clock.ms += ms);
const charge = (change: object) =>
	shop.backend.database.updateTable('sandbox_charge').set(change).execute();

describe('money that comes after the sale has ended', () => {
	it('is owed to the payer, who is told so, and told again when it was paid back', async () => {
		await tap('approved-after-expiry');
		await tell();
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ code: 'payment-expired' });
		expect(await money()).toEqual(none);
		wait(20_000);
		for (let times = 0; times < 3; times += 1) await tell();
		expect(await balances()).toEqual({ 'provider-clearing': PAID, suspense: -PAID });
		expect(await money()).toEqual({ ...none, paidMinor: PAID, owedMinor: PAID });
		await payBack();
		expect(await balances()).toEqual({});
		expect(await money()).toEqual({
			...{ ...none, paidMinor: PAID, returnedMinor: PAID },
			returned: { atMs: shop.clock.ms, way: 'provider' },
		});
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ code: 'payment-expired' });
	});

	it('is found by asking where nobody tells of it', async () => {
		await tap('approved-late');
		await tell();
		wait(WATCH_PAUSES_MS[0] - 1);
		await watchPayments(shop.backend);
		expect(await balance('suspense')).toBe(0);
		wait(1);
		await watchPayments(shop.backend);
		expect(await balance('suspense')).toBe(-PAID);
	});

	it('is looked for some days and then no more, also where the provider is silent', async () => {
		await tap('declined');
		await tell();
		shop.provider.behaviour = 'deaf';
		let looks = 0;
		for (const pauseMs of WATCH_PAUSES_MS) {
			wait(pauseMs);
			const lines = shop.lines.length;
			await watchPayments(shop.backend);
			looks += shop.lines.length - lines;
			await watchPayments(shop.backend);
		}
		expect(looks).toBe(WATCH_PAUSES_MS.length);
		const rows = await shop.backend.database.selectFrom('payment_watch').selectAll().execute();
		expect(rows).toEqual([]);
	});

	it('that nobody approved in time is expired, by the round that looks after payments', async () => {
		wait(PAYMENT_LIFE_MS);
		await lookAfterPayments(shop.backend, true);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ code: 'payment-expired' });
		await charge({ state: 'approved' });
		wait(WATCH_PAUSES_MS[0]);
		await watchPayments(shop.backend);
		expect(await money()).toMatchObject({ owedMinor: PAID });
	});
});

describe('money that comes twice', () => {
	it('pays for one token, and the second is owed to the payer', async () => {
		await tap('approved-again');
		await tell();
		expect(await money()).toEqual({ ...none, paidMinor: PAID });
		wait(10_000);
		await Promise.all([tell(), settlePayment(shop.backend, sale.paymentId), tell()]);
		expect(shop.module.orders).toHaveLength(1);
		expect(await balances()).toEqual({ 'provider-clearing': 2 * PAID, suspense: -PAID });
		expect(await money()).toEqual({ ...none, paidMinor: 2 * PAID, owedMinor: PAID });
	});

	it('before anybody looked is one token and a debt all the same', async () => {
		await tap('approved-again');
		wait(10_000);
		await tell();
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ state: 'issued' });
		expect(await money()).toMatchObject({ paidMinor: 2 * PAID, owedMinor: PAID });
	});

	it('and goes once: the debt is gone, the token stays paid for', async () => {
		await tap('approved-again');
		wait(10_000);
		await tell();
		await charge({ paid_again_at_ms: null });
		await tell();
		expect(await balances()).toEqual({ 'provider-clearing': PAID });
		expect(await money()).toEqual({ ...none, paidMinor: PAID, takenBackMinor: PAID });
	});

	it('and a third time after the second was paid back is a debt of its own', async () => {
		await tap('approved-again');
		wait(10_000);
		await tell();
		await payBack();
		wait(1);
		await charge({ paid_again_at_ms: null, amount_minor: PAID, paid_minor: 3 * PAID });
		await tell();
		expect(await money()).toMatchObject({ owedMinor: PAID, returnedMinor: PAID });
		await payBack();
		expect(await money()).toMatchObject({ owedMinor: 0, returnedMinor: 2 * PAID });
	});
});

describe('money that goes again after the provider said that it was paid', () => {
	it('for a token that somebody has seen is owed by the payer', async () => {
		await tap('approved-taken-back');
		await tell();
		const issued = await vendOf(shop.backend, sale.id);
		wait(20_000);
		await tell();
		await tell();
		expect(await vendOf(shop.backend, sale.id)).toEqual(issued);
		expect(await balances()).toEqual({ 'charged-back': PAID });
		expect(await money()).toEqual({ ...none, takenBackMinor: PAID });
	});

	it('and comes back settles what the payer owed; what goes once more is owed again', async () => {
		await tap('approved-taken-back');
		await tell();
		await vendOf(shop.backend, sale.id);
		wait(20_000);
		await tell();
		for (const [back, owing] of [
			[null, 0],
			[shop.clock.ms, PAID],
			[null, 0],
		] as const) {
			wait(1);
			await charge({ taken_back_at_ms: back });
			await tell();
			expect(await balance('charged-back')).toBe(owing);
			expect(await balance('provider-clearing')).toBe(PAID - owing);
		}
		expect(await balance('suspense')).toBe(0);
	});

	it('before anybody has seen the token takes the vend back', async () => {
		await tap('approved-taken-back');
		await tell();
		wait(20_000);
		await tell();
		expect(await vendOf(shop.backend, sale.id)).toEqual({
			...{ id: sale.id, state: 'reversed', paymentId: sale.paymentId },
			...{ refundMinor: 0, code: 'payment-taken-back' },
		});
		expect(await balances()).toEqual({});
		expect(await money()).toEqual({ ...none, takenBackMinor: PAID });
	});

	it('while the security module is silent ends the vend, and no token is made after', async () => {
		shop.module.behaviour = 'hangs';
		await tap('approved-taken-back');
		await tell();
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ state: 'issuing' });
		wait(20_000);
		await tell();
		shop.module.behaviour = 'answers';
		await recover(shop.backend, 0);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ state: 'reversed' });
		expect(await balances()).toEqual({});
	});

	it('for a vend that was refused cancels what was owed to the payer', async () => {
		shop.module.behaviour = 'vending-key-limit';
		await tap('approved-taken-back');
		await tell();
		expect(await money()).toEqual({ ...none, paidMinor: PAID, owedMinor: PAID });
		wait(20_000);
		await tell();
		expect(await balances()).toEqual({});
		expect(await money()).toEqual({ ...none, takenBackMinor: PAID });
		expect(await openItems()).toEqual([]);
	});

	it('after it was paid back to the payer is owed by them', async () => {
		shop.module.behaviour = 'vending-key-limit';
		await tap('approved-taken-back');
		await tell();
		await payBack();
		wait(20_000);
		await tell();
		expect(await balances()).toEqual({ 'charged-back': PAID, 'provider-clearing': -PAID });
	});

	it('before anybody looked never makes a token', async () => {
		await tap('approved-taken-back');
		wait(20_000);
		await tell();
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({
			...{ state: 'refused', code: 'payment-taken-back', refundMinor: 0 },
		});
		expect(await balances()).toEqual({});
		expect(shop.module.orders).toEqual([]);
	});
});

describe('money that is not what was asked for', () => {
	it.each(['approved-short', 'approved-over'] as const)(
		'(%s) is owed, all of it',
		async (outcome) => {
			await tap(outcome);
			await tell();
			const paidMinor = outcome === 'approved-short' ? PAID - 1 : PAID + 1;
			expect(await money()).toEqual({ ...none, paidMinor, owedMinor: paidMinor });
		},
	);

	it('of another currency is told of, and stands in its own', async () => {
		await tap('approved-foreign');
		await tell();
		expect(await money()).toEqual({ ...none, foreign: true });
		expect(await openItems()).toMatchObject([{ amountMinor: PAID, currency: 'USD' }]);
	});
});

it('an answer that is older than the books books nothing', async () => {
	await tap('approved-late');
	await tell();
	wait(20_000);
	const old = shop.backend.provider.status;
	const before = await old(sale.paymentId);
	// Asked before the money was taken back, heard after.
	await tell();
	wait(1_000);
	await charge({ taken_back_at_ms: shop.clock.ms });
	const slow = {
		...shop.backend,
		provider: {
			...{ name: 'sandbox' as const, ask: shop.provider.ask, payUrl: shop.provider.payUrl },
			status: async () => {
				wait(1_000);
				await tell();
				return before;
			},
		},
	};
	await settlePayment(slow, sale.paymentId);
	expect(await balances()).toEqual({});
});

it('what is missing in the books is the difference, by currency, where the provider says anything', () => {
	const booked = new Map([['KES', 500]]);
	const paid = { state: 'paid', amountMinor: 500, currency: 'KES' } as const;
	expect([...decideMovements(booked, paid)]).toEqual([]);
	expect([...decideMovements(booked, { ...paid, againMinor: 500 })]).toEqual([['KES', 500]]);
	expect([...decideMovements(booked, { ...paid, state: 'taken-back' })]).toEqual([['KES', -500]]);
	expect([...decideMovements(booked, { ...paid, currency: 'USD' })]).toEqual([
		['KES', -500],
		['USD', 500],
	]);
	for (const state of ['pending', 'unknown'] as const)
		expect([...decideMovements(booked, { ...paid, state })]).toEqual([]);
	for (const state of ['failed', 'expired'] as const)
		expect([...decideMovements(new Map(), { ...paid, state })]).toEqual([]);
});

async function openItems() {
	return mustBeTaken(await listRefunds(shop.backend, office, {})).open;
}

/** The office pays back whatever is owed. */
async function payBack(): Promise<void> {
	for (const { owedAs, subjectId, amountMinor, currency } of await openItems())
		mustBeTaken(
			await settleRefund(shop.backend, office, newId(), {
				...{ owedAs, subjectId, amountMinor, currency, way: 'provider', reference: 'R-1' },
			}),
		);
}
