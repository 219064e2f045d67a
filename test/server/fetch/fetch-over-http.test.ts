/** Asking for codes and guessing at them over HTTP: soon over, per address, per phone and per meter. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFAULT_ACCESS, DEFAULT_RATES } from '#lib/server/access/settings.ts';
import type { Backend } from '#lib/server/backend.ts';
import { call } from '../harness/call.ts';
import { KITCHEN, openShop, WORKSHOP, type Shop } from '../harness/shop.ts';

let shop: Shop;
let backend: Backend;
beforeEach(async () => {
	shop = await openShop();
	backend = { ...shop.backend, access: DEFAULT_ACCESS };
});
afterEach(() => shop.dispose());

const drnOf = (at: number): string => [KITCHEN, WORKSHOP, '00000000034', '00000000059'][at % 4]!;
const phoneOf = (at: number): string => `+25471234${String(1_000 + at)}`;
const ask = (drn: string, phone: string, address = '192.0.2.1') =>
	call(backend, 'POST', '/api/v1/fetch-codes', { body: { drn, phone }, address });
const guess = (drn: string, phone: string, address = '192.0.2.1') =>
	call(backend, 'POST', '/api/v1/fetches', { body: { drn, phone, code: '123456' }, address });

/** How many are heard before the first that is not. */
async function heard(one: (at: number) => Promise<{ readonly status: number }>): Promise<number> {
	for (let at = 0; at < 100; at += 1) if ((await one(at)).status === 429) return at;
	return 100;
}

it('codes for one phone, for one meter and from one address are soon over', async () => {
	const elsewhere = (at: number) => `198.51.100.${at}`;
	expect(await heard((at) => ask(drnOf(at), phoneOf(0), elsewhere(at)))).toBe(
		DEFAULT_RATES['fetch-code-phone'].atOnce,
	);
	shop.clock.ms += 24 * 60 * 60_000;
	expect(await heard((at) => ask(KITCHEN, phoneOf(at), elsewhere(at)))).toBe(
		DEFAULT_RATES['fetch-code-meter'].atOnce,
	);
	shop.clock.ms += 24 * 60 * 60_000;
	expect(await heard((at) => ask(drnOf(at), phoneOf(at)))).toBe(
		Math.min(DEFAULT_RATES['fetch-code'].atOnce, 4 * DEFAULT_RATES['fetch-code-meter'].atOnce),
	);
});

it('guesses at one meter and from one address are soon over, whichever phone is named', async () => {
	expect(await heard((at) => guess(KITCHEN, phoneOf(at), `198.51.100.${at}`))).toBe(
		DEFAULT_RATES['fetch-meter'].atOnce,
	);
	shop.clock.ms += 24 * 60 * 60_000;
	expect(await heard((at) => guess(drnOf(at), phoneOf(at)))).toBe(DEFAULT_RATES.fetch.atOnce);
});

it('a wrong shape is refused before anything is written', async () => {
	for (const body of [
		{ drn: KITCHEN, phone: '0712345678' },
		{ drn: KITCHEN },
		{ drn: KITCHEN, phone: phoneOf(0), language: 'xx' },
		{ drn: KITCHEN, phone: phoneOf(0), more: 1 },
	])
		expect((await call(backend, 'POST', '/api/v1/fetch-codes', { body })).code).toBe('body-shape');
	for (const code of ['12345', '1234567', 'abcdef', ' 12345'])
		expect(
			(
				await call(backend, 'POST', '/api/v1/fetches', {
					body: { drn: KITCHEN, phone: phoneOf(0), code },
				})
			).code,
		).toBe('body-shape');
	expect(await backend.database.selectFrom('fetch_code').selectAll().execute()).toEqual([]);
});

it('what is refused for its rate is refused alike, whether there is anything to fetch or not', async () => {
	const refusals = new Set<string>();
	for (const phone of [phoneOf(1), phoneOf(2)]) {
		await heard(() => ask(drnOf(0), phone, '198.51.100.9'));
		const { status, code } = await ask(drnOf(1), phone, '198.51.100.8');
		refusals.add(`${status} ${code}`);
		shop.clock.ms += 24 * 60 * 60_000;
	}
	expect([...refusals]).toEqual(['429 too-many-requests']);
});
