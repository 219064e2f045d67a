/** `/metrics`: who may read it, and that it tells of the work without telling whose. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { measuredModule } from '#lib/server/measure/measured-module.ts';
import { mayRead, metricsPage } from '#lib/server/measure/metrics-page.ts';
import { buy, digitsOf, KITCHEN, openShop, order, saleOf, type Shop } from '../harness/shop.ts';

let shop: Shop;
beforeEach(async () => void (shop = await openShop()));
afterEach(() => shop.dispose());

const none = new Headers();

async function pageOf({ backend }: Shop): Promise<string> {
	const page = await metricsPage(backend, '127.0.0.1', none);
	if (!(page instanceof Response)) throw new Error(page.refusal);
	return await page.text();
}

describe('who may read the metrics', () => {
	it('is this machine, when no token is set, and nobody behind a proxy on it', () => {
		expect(mayRead(undefined, '127.0.0.1', none)).toBe(true);
		expect(mayRead(undefined, '::1', none)).toBe(true);
		expect(mayRead(undefined, '::ffff:127.0.0.1', none)).toBe(true);
		expect(mayRead(undefined, '10.0.0.7', none)).toBe(false);
		const forwarded = new Headers({ 'x-forwarded-for': '203.0.113.9' });
		expect(mayRead(undefined, '127.0.0.1', forwarded)).toBe(false);
	});

	it('is the bearer of the token and nobody else, when one is set', () => {
		const bearer = (token: string) => new Headers({ authorization: `Bearer ${token}` });
		expect(mayRead('a token of the test', '10.0.0.7', bearer('a token of the test'))).toBe(true);
		expect(mayRead('a token of the test', '127.0.0.1', none)).toBe(false);
		expect(mayRead('a token of the test', '127.0.0.1', bearer('another'))).toBe(false);
	});

	it('answers a stranger as if nothing were here', async () => {
		expect(await metricsPage(shop.backend, '203.0.113.9', none)).toEqual({ refusal: 'not-found' });
	});
});

describe('what the metrics say', () => {
	it('counts unfinished work and its age, by state', async () => {
		await order(shop.backend, saleOf(KITCHEN, 50_000));
		shop.clock.ms += 90_000;
		const page = await pageOf(shop);
		expect(page).toContain('tokenline_vends_unfinished{state="awaiting-payment"} 1');
		expect(page).toContain('tokenline_payments_unfinished{state="pending"} 1');
		expect(page).toContain('tokenline_payment_oldest_unfinished_seconds 90');
		expect(page).toContain('tokenline_vend_oldest_unfinished_seconds 0');
	});

	it('forgets a state that holds nothing any more', async () => {
		const sale = await buy(shop.backend, KITCHEN, 50_000);
		await order(shop.backend, saleOf(KITCHEN, 50_000));
		expect(await pageOf(shop)).toContain('vends_unfinished{state="awaiting-payment"} 1');
		await shop.backend.database
			.updateTable('vend')
			.set({ state: 'refused' })
			.where('state', '=', 'awaiting-payment')
			.execute();
		expect(await pageOf(shop)).not.toContain('vends_unfinished{');
		expect(await pageOf(shop)).not.toContain(digitsOf(sale.answer));
	});

	it('times the security module and counts what it refused and where it was silent', async () => {
		const module = measuredModule(shop.module, shop.backend.measure);
		const backend = { ...shop.backend, securityModule: module };
		await buy(backend, KITCHEN, 50_000);
		shop.module.behaviour = 'hangs';
		await buy(backend, KITCHEN, 50_000);
		const page = await pageOf(shop);
		for (const outcome of ['made', 'fault'])
			expect(page).toContain(
				`tokenline_security_module_seconds_count{call="issueCredit",outcome="${outcome}"} 1`,
			);
		expect(page).toContain('tokenline_vends_total{kind="credit",outcome="issued"} 1');
		expect(page).toContain('tokenline_vend_transaction_seconds_count{step="begin"} 2');
		expect(page).not.toMatch(new RegExp(`${KITCHEN}|lakeside`));
	});
});
