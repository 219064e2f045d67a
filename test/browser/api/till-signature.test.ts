/** What a till's page signs is what the backend takes for its own. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { agentApiOf, enrol } from '#lib/browser/api/agent.ts';
import { randomNonce, type TillSigner } from '#lib/browser/api/till-signature.ts';
import { publicKeysOf } from '#lib/browser/vault/device-keys.ts';
import { terminalOfSignature } from '#lib/server/access/terminal-signature.ts';
import { openShop, type Shop } from '../../server/harness/shop.ts';
import { enrolledTill } from '../../server/harness/till.ts';
import {
	closeTillTabs,
	ModelBackend,
	problem,
	tillBench,
	type TillBench,
} from '../sync/till-bench.ts';

const ORIGIN = 'http://localhost';
let shop: Shop;
let bench: TillBench;
let signer: TillSigner;
/** What was asked, and what is answered to each. */
let asked: Request[];
let answers: ((request: Request) => Promise<Response> | Response)[];
let offset: number | null;

beforeEach(async () => {
	shop = await openShop();
	bench = await tillBench();
	const till = await enrolledTill(shop.backend);
	const { signing } = await publicKeysOf(bench.keys);
	await shop.backend.database
		.updateTable('terminal')
		.set({ public_key: JSON.stringify(signing) })
		.where('id', '=', till.id)
		.execute();
	offset = null;
	signer = {
		...{ terminalId: till.id, keys: bench.keys, nowMs: () => shop.backend.clock.nowMs() },
		...{ offsetMs: () => offset, hear: (heardMs) => (offset = heardMs), nonce: randomNonce },
	};
	asked = [];
	answers = [];
	vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
		const request = new Request(new URL(path, ORIGIN), init);
		asked.push(request.clone());
		const answer = answers.shift();
		return answer ? answer(request) : Response.json({}, { status: 500 });
	});
});
afterEach(async () => {
	vi.unstubAllGlobals();
	await closeTillTabs();
	await shop.dispose();
});

async function who(request: Request) {
	const text = await request.clone().text();
	return terminalOfSignature(shop.backend, { request, url: new URL(request.url), text });
}
const OURS = { utilityId: 'lakeside', vendorId: 'vendor-1', terminalId: 'T-901' };

/** As the backend would: a problem where the signature is refused, else the status. */
async function judged(request: Request): Promise<Response> {
	const found = (await who(request)) as { refusal?: string; facts?: Record<string, number> };
	if (found.refusal !== undefined)
		return Response.json(problem(found.refusal, found.facts), { status: 401 });
	return Response.json(new ModelBackend(bench.keys, bench.clocks).status());
}

describe('what a till signs', () => {
	it('is taken for its own, with a body and without', async () => {
		const api = agentApiOf(signer);
		await api.postJournal({ rows: [{ what: 'entry', entry: { note: 'ü' } }] });
		await api.readStatus();
		await api.confirmMeter('372041 00004');
		await api.signInByPassword('thandi', 'a password');
		await api.signOut();
		expect(asked.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
			'POST /api/v1/journal-batches',
			'GET /api/v1/terminals/current',
			'GET /api/v1/meters/372041%2000004',
			'POST /api/v1/login-sessions',
			'DELETE /api/v1/login-sessions/current',
		]);
		for (const request of asked) expect(await who(request)).toEqual(OURS);
	});

	it('is another request each time, and none of them goes twice', async () => {
		const api = agentApiOf(signer);
		await api.postJournal({ rows: [] });
		await api.postJournal({ rows: [] });
		const [one, two] = asked;
		expect(await who(one!)).toEqual(OURS);
		expect(await who(two!)).toEqual(OURS);
		expect(await who(one!)).toEqual({ refusal: 'signature-repeated' });
	});

	it('is of no use with another body', async () => {
		await agentApiOf(signer).postJournal({ rows: [] });
		const { url, method, headers } = asked[0]!;
		const other = new Request(url, { method, headers, body: '{"rows":[1]}' });
		expect(await who(other)).toEqual({ refusal: 'signature-wrong' });
	});

	for (const days of [-2, 2])
		it(`is put right at once by a clock that is ${days} days off`, async () => {
			const ahead = days * 86_400_000;
			const wrong = { ...signer, nowMs: () => shop.backend.clock.nowMs() + ahead };
			answers = [judged, judged];
			const outcome = await agentApiOf(wrong).readStatus();
			expect(outcome.kind).toBe('answer');
			expect(offset).toBe(-ahead);
			expect(asked).toHaveLength(2);
		});

	it('is tried twice and no more', async () => {
		const old = () => Response.json(problem('signature-old', { serverMs: 1 }), { status: 401 });
		answers = [old, old, old];
		expect(await agentApiOf(signer).readStatus()).toMatchObject({
			...{ kind: 'problem', problem: { code: 'signature-old' } },
		});
		expect(asked).toHaveLength(2);
	});

	it('is tried once where the backend does not say what its clock is', async () => {
		answers = [() => Response.json(problem('signature-old'), { status: 401 })];
		expect(await agentApiOf(signer).readStatus()).toMatchObject({ kind: 'problem' });
		expect(asked).toHaveLength(1);
	});
});

describe('an answer that is none', () => {
	it('is unknown: a page of a captive portal, an answer of another shape, no network', async () => {
		const api = agentApiOf(signer);
		const dead = () => Promise.reject(new TypeError('no network'));
		answers = [() => new Response('<html>'), () => Response.json({ rows: 'many' }), dead];
		for (let each = 0; each < 3; each += 1)
			expect(await api.postJournal({ rows: [] })).toEqual({ kind: 'unknown' });
	});
});

describe('an enrolment', () => {
	it('is not signed: the device is no till yet', async () => {
		const { signing } = await publicKeysOf(bench.keys);
		await enrol({ code: 'x', publicKey: signing, proof: 'A'.repeat(86) });
		expect(asked[0]?.headers.has('signature')).toBe(false);
	});
});
