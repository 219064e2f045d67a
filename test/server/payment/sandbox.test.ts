import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { balanceOf } from '#lib/server/ledger/book.ts';
import { lookAfterPayments } from '#lib/server/payment/payment-round.ts';
import { OUTCOMES, type SandboxOutcome } from '#lib/server/payment/sandbox-outcomes.ts';
import { chargePage } from '#lib/server/payment/sandbox-html.ts';
import { payCharge, showCharge } from '#lib/server/payment/sandbox-page.ts';
import { sendNotices } from '#lib/server/sandbox/notices.ts';
import { noticeSender } from '#lib/server/sandbox/send-notice.ts';
import { whatIsWrong } from '../harness/books.ts';
import {
	KITCHEN,
	newId,
	openShop,
	order,
	saleOf,
	vendOf,
	type Sale,
	type Shop,
} from '../harness/shop.ts';

let shop: Shop;
let sale: Sale;
beforeEach(async () => {
	shop = await openShop();
	sale = saleOf(KITCHEN, 50_000);
	await order(shop.backend, sale);
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const balance = (kind: string) => balanceOf(shop.backend.database, `lakeside:${kind}`);
const tap = (outcome: SandboxOutcome, send = noticeSender(shop.backend)) =>
	payCharge(shop.backend, sale.paymentId, outcome, send);
const shown = () => showCharge(shop.backend, sale.paymentId);
/** Time goes by, and the background works. */
async function wait(ms: number): Promise<void> {
	shop.clock.ms += ms;
	await sendNotices(shop.backend, noticeSender(shop.backend));
	await lookAfterPayments(shop.backend, false);
}
const lost = () => Promise.reject(new Error('no network'));

describe('each ending on the sandbox provider’s page', () => {
	const issued = { state: 'issued' };
	const waiting = { state: 'awaiting-payment' };
	const refused = (code: string, refundMinor = 0) => ({ state: 'refused', code, refundMinor });
	it.each<[SandboxOutcome, object, object, object, number, number]>([
		// outcome, at once, after 10 s, after a minute, in clearing, in suspense
		['approved', issued, issued, issued, 50_000, 0],
		[
			'declined',
			refused('payment-failed'),
			refused('payment-failed'),
			refused('payment-failed'),
			0,
			0,
		],
		['no-funds', refused('payment-no-funds'), {}, {}, 0, 0],
		['approved-10-s', waiting, issued, issued, 50_000, 0],
		['approved-1-min', waiting, waiting, issued, 50_000, 0],
		['approved-untold', waiting, issued, issued, 50_000, 0],
		['approved-twice', issued, issued, issued, 50_000, 0],
		[
			'approved-late',
			refused('payment-failed'),
			refused('payment-failed'),
			refused('payment-failed'),
			50_000,
			50_000,
		],
		[
			'approved-after-expiry',
			refused('payment-expired'),
			refused('payment-expired'),
			refused('payment-expired'),
			50_000,
			50_000,
		],
		['approved-again', issued, issued, issued, 100_000, 50_000],
		['approved-taken-back', issued, issued, issued, 0, 0],
		['approved-over', refused('payment-mismatch'), {}, {}, 50_001, 50_001],
		['approved-foreign', refused('payment-mismatch'), {}, {}, 50_000, 50_000],
		['approved-short', refused('payment-mismatch'), {}, {}, 49_999, 49_999],
	])('%s', async (outcome, atOnce, after10S, afterAMinute, clearing, suspense) => {
		expect(await tap(outcome)).toBe(`/purchases/${sale.id}?from=payment`);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject(atOnce);
		await wait(10_000);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject(after10S);
		await wait(50_000);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject(afterAMinute);
		expect(await balance('provider-clearing')).toBe(clearing);
		expect(await balance('suspense')).toBe(0 - suspense);
		expect(shop.module.orders.length).toBeLessThanOrEqual(1);
	});

	it('is there to be tapped', async () => {
		const html = await chargePage((await shown())!).text();
		for (const outcome of Object.keys(OUTCOMES)) expect(html).toContain(`formaction="?${outcome}"`);
	});
});

describe('the page', () => {
	it('shows what is to be paid, and what became of it', async () => {
		expect(await shown()).toEqual({
			reference: sale.paymentId,
			provider: 'Sandbox Pesa',
			payee: 'Lakeside Power & Light',
			description: KITCHEN,
			amount: 'KES\u00a0500',
			state: 'open',
			leftS: 0,
			returnPath: `/purchases/${sale.id}?from=payment`,
		});
		await tap('no-funds');
		expect(await shown()).toMatchObject({ state: 'no-funds' });
		expect(await showCharge(shop.backend, newId())).toBeUndefined();
	});

	it('says that it is at work while a decision has not taken effect', async () => {
		await tap('approved-10-s');
		expect(await shown()).toMatchObject({ state: 'working', leftS: 10 });
		shop.clock.ms += 10_000;
		expect(await shown()).toMatchObject({ state: 'paid' });
	});

	it('writes nothing that came from outside as HTML', async () => {
		const page = { ...(await shown())!, payee: '<b onload="x">', description: '"><script>' };
		const html = await chargePage(page).text();
		expect(html).toContain('&lt;b onload=&quot;x&quot;&gt;');
		expect(html).not.toContain('<script');
	});

	it('keeps the first tap', async () => {
		await tap('approved');
		await tap('declined');
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ state: 'issued' });
	});
});

describe('the provider’s messages', () => {
	it('are sent again in the background when they are lost, and not once they are taken', async () => {
		let sent = 0;
		const counting = (heard: boolean) => async () => {
			sent += 1;
			if (!heard) await lost();
		};
		await tap('approved', counting(false));
		expect(sent).toBe(1);
		await sendNotices(shop.backend, counting(true));
		expect(sent).toBe(1);
		shop.clock.ms += 5_000;
		await sendNotices(shop.backend, counting(true));
		shop.clock.ms += 3_600_000;
		await sendNotices(shop.backend, counting(true));
		expect(sent).toBe(2);
	});

	it('outlive the process that owed them', async () => {
		await tap('approved-10-s', lost);
		shop.clock.ms += 11_000;
		const next = shop.reopened();
		await sendNotices(next, noticeSender(next));
		expect(await vendOf(next, sale.id)).toMatchObject({ state: 'issued' });
	});

	it('are not sent without end', async () => {
		let sent = 0;
		await tap('approved', lost);
		for (let hour = 0; hour < 40; hour += 1) {
			shop.clock.ms += 3_600_000;
			await sendNotices(shop.backend, async () => {
				sent += 1;
				await lost();
			});
		}
		expect(sent).toBeLessThan(20);
		await lookAfterPayments(shop.backend, false);
	});
});
