/** Requests of tills: taken as they were signed, refused when anything of them is another. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentDigest } from '#lib/core/sync/http-signature.ts';
import { terminalOfSignature } from '#lib/server/access/terminal-signature.ts';
import { requestTo } from '../harness/rim.ts';
import { MORNING_MS, openShop, type Shop } from '../harness/shop.ts';
import { enrolledTill, Till } from '../harness/till.ts';
import { ORIGIN } from '../harness/rim.ts';

let shop: Shop;
let till: Till;

beforeEach(async () => {
	shop = await openShop();
	till = await enrolledTill(shop.backend);
});
afterEach(() => shop.dispose());

const WINDOW_MS = 5 * 60_000;
const BODY = { drn: '00000000018' };
const TARGET = `${ORIGIN}/api/v1/trial-vends?as=is`;

async function ask(request: Request) {
	const text = await request.clone().text();
	return await terminalOfSignature(shop.backend, { request, url: new URL(request.url), text });
}

/** The same request with another of its parts. */
function changed(
	request: Request,
	change: { url?: string; method?: string; body?: string; headers?: Record<string, string> },
): Request {
	const headers = new Headers(request.headers);
	for (const [name, value] of Object.entries(change.headers ?? {}))
		if (value === '') headers.delete(name);
		else headers.set(name, value);
	return new Request(change.url ?? request.url, {
		method: change.method ?? request.method,
		headers,
		body: change.body ?? JSON.stringify(BODY),
	});
}

const put = () => till.request('PUT', TARGET, BODY);

describe('a signed request', () => {
	it('is its till’s', async () => {
		const who = { utilityId: 'lakeside', vendorId: 'vendor-1', terminalId: 'T-901' };
		expect(await ask(put())).toEqual(who);
		expect(await ask(till.request('GET', `${ORIGIN}/api/v1/meters/1`))).toEqual(who);
		expect(await ask(till.request('POST', `${ORIGIN}/x`))).toEqual(who);
	});

	it('is taken through a proxy that changes the origin', async () => {
		const request = put();
		const seen = changed(request, { url: TARGET.replace(ORIGIN, 'https://10.0.0.7:8443') });
		expect(await ask(seen)).toHaveProperty('terminalId', 'T-901');
	});

	it('is nobody’s without a signature, or with one under another label', async () => {
		expect(await ask(requestTo('/x'))).toBeUndefined();
		const other = {
			'signature-input': 'proxy=("@method");created=1',
			signature: 'proxy=:AAAA:',
		};
		expect(await ask(requestTo('/x', { headers: other }))).toBeUndefined();
	});

	it.each([
		['method', { method: 'POST' }],
		['path', { url: TARGET.replace('trial-vends', 'vend-batches') }],
		['query', { url: TARGET.replace('as=is', 'as=was') }],
		['no query', { url: TARGET.replace('?as=is', '') }],
		['body', { body: '{"drn":"00000000026"}' }],
	])('with another %s is refused', async (_, change) => {
		expect(await ask(changed(put(), change))).toEqual({ refusal: 'signature-wrong' });
	});

	it('with another body and its right digest is refused', async () => {
		const body = '{"drn":"00000000026"}';
		const digest = contentDigest(createHash('sha256').update(body).digest('base64'));
		const request = changed(put(), { body, headers: { 'content-digest': digest } });
		expect(await ask(request)).toEqual({ refusal: 'signature-wrong' });
	});

	it('with another time, nonce, algorithm or key than was signed is refused', async () => {
		await enrolledTill(shop.backend, 'T-902');
		const input = put().headers.get('signature-input') ?? '';
		for (const [from, to, code] of [
			[/created=\d+/, `created=${MORNING_MS / 1_000 + 1}`, 'signature-wrong'],
			[/nonce="[^"]+"/, 'nonce="0123456789abcdef"', 'signature-wrong'],
			[/T-901/, 'T-902', 'signature-wrong'],
			[/T-901/, 'T-999', 'terminal-unknown'],
			[/ecdsa-p256-sha256/, 'hmac-sha256', 'signature-missing'],
			[/;alg="[^"]+"/, '', 'signature-missing'],
			[/;nonce="[^"]+"/, '', 'signature-missing'],
			[/ "content-digest"/, '', 'signature-missing'],
			[/"@query" /, '', 'signature-missing'],
			[/"@query"/, '"@method"', 'signature-missing'],
			[/"@method"/, '"@method";req', 'signature-missing'],
			[/"@method"/, '"@authority"', 'signature-missing'],
			[/\)/, '', 'signature-missing'],
		] as const) {
			expect(input).toMatch(from);
			const headers = { 'signature-input': input.replace(from, to) };
			expect(await ask(changed(put(), { headers })), `${from}`).toEqual({ refusal: code });
		}
	});

	it.each([
		['signature', ''],
		['signature', 'tokenline=1'],
		['signature', 'tokenline=:AAAA:, '],
		['signature-input', ''],
		['signature-input', 'tokenline=1'],
		['signature-input', '\u00e9'],
	])('whose %s is %j is refused', async (name, value) => {
		const request = changed(put(), { headers: { [name]: value } });
		expect(await ask(request)).toEqual({ refusal: 'signature-missing' });
	});

	it('without its digest, or with a signature of another length, is refused', async () => {
		for (const headers of [
			{ 'content-digest': '' },
			{ 'content-digest': 'sha-512=:AAAA:' },
			{ signature: 'tokenline=:AAAA:' },
		] as Record<string, string>[])
			expect(await ask(changed(put(), { headers }))).toEqual({ refusal: 'signature-wrong' });
	});

	it('made by another key under the till’s name is refused', async () => {
		const thief = new Till('T-901', () => shop.clock.ms);
		expect(await ask(thief.request('PUT', TARGET, BODY))).toEqual({ refusal: 'signature-wrong' });
	});
});

describe('the time of a signature', () => {
	it.each([
		[WINDOW_MS, true],
		[-WINDOW_MS, true],
		[WINDOW_MS + 1_000, false],
		[-WINDOW_MS - 1_000, false],
	])('may be %d ms from the server’s: %s', async (offsetMs, isTaken) => {
		const createdS = (MORNING_MS + offsetMs) / 1_000;
		const answer = await ask(till.request('PUT', TARGET, BODY, { createdS }));
		if (isTaken) expect(answer).toHaveProperty('terminalId');
		else expect(answer).toEqual({ refusal: 'signature-old', facts: { serverMs: MORNING_MS } });
	});
});

describe('a till', () => {
	it('that is revoked is refused at once, on every node', async () => {
		const other = shop.reopened();
		await shop.backend.database
			.updateTable('terminal')
			.set({ state: 'revoked' })
			.where('id', '=', 'T-901')
			.execute();
		const request = put();
		const url = new URL(request.url);
		const text = JSON.stringify(BODY);
		expect(await terminalOfSignature(other, { request, url, text })).toEqual({
			refusal: 'terminal-revoked',
		});
	});

	it('that was never enrolled is not known', async () => {
		await shop.backend.database
			.updateTable('terminal')
			.set({ state: 'awaiting-enrolment', public_key: null })
			.execute();
		expect(await ask(put())).toEqual({ refusal: 'terminal-unknown' });
	});
});

describe('the same signed request again', () => {
	it('is taken where it can do nothing twice', async () => {
		const request = put();
		expect(await ask(request)).toHaveProperty('terminalId');
		expect(await ask(request)).toHaveProperty('terminalId');
	});

	it('is refused where it could, on every node', async () => {
		const request = till.request('POST', TARGET, BODY);
		expect(await ask(request)).toHaveProperty('terminalId');
		expect(await ask(request)).toEqual({ refusal: 'signature-repeated' });
		expect(await ask(till.request('POST', TARGET, BODY))).toHaveProperty('terminalId');
	});

	it('is not remembered when it was refused', async () => {
		const nonce = 'once-and-only-once';
		const old = till.request('POST', TARGET, BODY, { nonce, createdS: 1 });
		expect(await ask(old)).toHaveProperty('refusal', 'signature-old');
		expect(await ask(till.request('POST', TARGET, BODY, { nonce }))).toHaveProperty('terminalId');
	});
});
