/** A till's vend and its reversal as requests over HTTP, signed. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatSaleOf, openCounter, type Counter } from '../harness/counter.ts';
import { ORIGIN, requestTo, send } from '../harness/rim.ts';
import { KITCHEN, newId, openShop, type Shop } from '../harness/shop.ts';
import { Till } from '../harness/till.ts';

let shop: Shop;
let counter: Counter;
let till: Till;
beforeEach(async () => {
	shop = await openShop();
	counter = await openCounter(shop.backend);
	till = new Till('T-101', () => shop.clock.ms);
	await shop.backend.database
		.updateTable('terminal')
		.set({ public_key: JSON.stringify(till.publicKey), enrolled_at_ms: shop.clock.ms })
		.where('id', '=', till.id)
		.execute();
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const ask = async (method: string, path: string, body?: object) => {
	const response = await send(shop.backend, till.request(method, `${ORIGIN}${path}`, body));
	return { status: response.status, body: (await response.json()) as VendAnswer };
};

it('a sale is answered with its token, and then not taken back', async () => {
	const path = `/api/v1/vends/${newId()}`;
	const sold = await ask('PUT', path, floatSaleOf(counter, KITCHEN, 50_000));
	expect(sold).toMatchObject({ status: 200, body: { state: 'issued' } });
	expect(await ask('GET', path)).toEqual(sold);
	expect(await ask('POST', `${path}/reversals`)).toMatchObject({
		status: 409,
		body: { code: 'token-released' },
	});
	expect((await send(shop.backend, requestTo(path))).status).toBe(404);
});

it('a sale whose answer never began is taken back, as often as it is asked', async () => {
	const path = `/api/v1/vends/${newId()}`;
	shop.module.behaviour = 'hangs';
	const sale = floatSaleOf(counter, KITCHEN, 50_000);
	expect(await ask('PUT', path, sale)).toMatchObject({ status: 202, body: { state: 'issuing' } });
	shop.module.behaviour = 'answers';
	await recover(shop.backend, 0);
	const taken = await ask('POST', `${path}/reversals`);
	expect(taken).toMatchObject({ status: 200, body: { state: 'reversed', refundMinor: 50_000 } });
	expect(await ask('POST', `${path}/reversals`)).toEqual(taken);
	expect(await ask('PUT', path, sale)).toEqual(taken);
});

it('a sale from a float is nobody’s but a till’s', async () => {
	const request = requestTo(`/api/v1/vends/${newId()}`, {
		method: 'PUT',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(floatSaleOf(counter, KITCHEN, 50_000)),
	});
	expect((await send(shop.backend, request)).status).toBe(401);
});
