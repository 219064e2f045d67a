/** Guessing claim codes over HTTP: soon over, per address, per meter and per till; and nothing of it in a log. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeCode } from '#lib/core/sync/spoken-code.ts';
import { DEFAULT_ACCESS, DEFAULT_RATES } from '#lib/server/access/settings.ts';
import type { Backend } from '#lib/server/backend.ts';
import { call } from '../harness/call.ts';
import { openCounter } from '../harness/counter.ts';
import { JournalTill } from '../harness/journal-till.ts';
import { ORIGIN, send } from '../harness/rim.ts';
import { digitsOf, KITCHEN, openShop, WORKSHOP, type Shop } from '../harness/shop.ts';
import { enrolledTill } from '../harness/till.ts';

let shop: Shop;
let backend: Backend;
beforeEach(async () => {
	shop = await openShop();
	backend = { ...shop.backend, access: DEFAULT_ACCESS };
});
afterEach(() => shop.dispose());

/** The nth guess. */
const guess = (at: number): string =>
	makeCode(Uint8Array.from([at & 31, (at >> 5) & 31, 0, 0, 0, 0, 0, 0]));

const claim = (code: string, drn = KITCHEN, address = '192.0.2.1') =>
	call(backend, 'POST', '/api/v1/claims', { body: { drn, code }, address });

/** How many guesses are heard before the first that is not. */
async function heard(ask: (at: number) => Promise<{ readonly status: number }>): Promise<number> {
	for (let at = 0; at < 200; at += 1) if ((await ask(at)).status === 429) return at;
	return 200;
}

it('guessing from one address is soon over, whichever meters are tried', async () => {
	const drns = [KITCHEN, WORKSHOP, '00000000034'];
	expect(await heard((at) => claim(guess(at), drns[at % 3]))).toBe(DEFAULT_RATES.claim.atOnce);
	expect((await claim(guess(0), KITCHEN, '198.51.100.7')).status).toBe(200);
	shop.clock.ms += DEFAULT_RATES.claim.everyMs;
	expect((await claim(guess(0))).status).toBe(200);
	expect((await claim(guess(1))).status).toBe(429);
});

it('guessing at one meter is soon over, however many addresses there are', async () => {
	const all = await heard((at) => claim(guess(at), KITCHEN, `198.51.100.${at}`));
	expect(all).toBe(DEFAULT_RATES['claim-meter'].atOnce);
	expect((await claim(guess(0), WORKSHOP, '198.51.100.201')).status).toBe(200);
});

it('a till guesses no further than its own allowance, and is not shut out by others', async () => {
	await heard((at) => claim(guess(at), KITCHEN, `198.51.100.${at}`));
	const till = await enrolledTill(backend);
	const url = `${ORIGIN}/api/v1/claims`;
	const ask = (at: number) =>
		send(backend, till.request('POST', url, { drn: KITCHEN, code: guess(at) }));
	expect(await heard(ask)).toBe(DEFAULT_RATES['claim-known'].atOnce);
});

it('a mistyped code costs a guess too', async () => {
	expect((await claim('ABCD-EFGH-0')).code).toBe('claim-code');
	for (let at = 1; at < DEFAULT_RATES['claim-meter'].atOnce; at += 1) await claim('ABCD-EFGH-0');
	expect((await claim(guess(0))).status).toBe(429);
});

it('a redeemed code leaves neither itself nor digits in a log or the audit', async () => {
	const counter = await openCounter(backend);
	const till = await new JournalTill(shop, counter).enrol();
	const code = guess(1);
	const sale = await till.sale(KITCHEN, 10_000, { claimCode: code });
	const [row] = await till.handIn([sale]);
	const answer = await till.open(row?.taken === true ? row.outcome.sealed : null);
	const { id } = sale;
	expect((await claim(code)).json).toMatchObject({ state: 'issued', vend: { id } });
	await claim('ABCD-EFGH-0');
	const events = await backend.database.selectFrom('audit_event').selectAll().execute();
	const claims = await backend.database.selectFrom('claim').selectAll().execute();
	const written = [...shop.lines, JSON.stringify(events), JSON.stringify(claims)].join('\n');
	expect(written).toContain('redeemClaim');
	expect(written).toContain('claim-redeemed');
	expect(written).not.toContain(digitsOf(answer));
	expect(written).not.toContain(code);
	expect(written).not.toContain('ABCD');
});
