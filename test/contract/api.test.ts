/** The API as the app meets it: the built server, over HTTP, every answer held against the wire's schemas. */
import { DatabaseSync } from 'node:sqlite';
import { request } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
	MeterConfirmation,
	TrialVendAnswer,
	VirtualMeterList,
	VirtualMeterProvision,
} from '#lib/core/sync/wire.ts';
import { makeCode } from '#lib/core/sync/spoken-code.ts';
import { REFUSALS } from '#lib/core/vending/refusals.ts';
import { problems } from '#lib/core/words/en/problems.ts';
import { Backend } from '../harness/backend.ts';
import { ensureBuild } from '../server/harness/ensure-build.ts';
import { ask, orderOverHttp, problemIn, tap, vendAt } from '../server/harness/http-shop.ts';
import { KITCHEN, newId, saleOf } from '../server/harness/shop.ts';

let backend: Backend;
let origin: string;
let books: DatabaseSync;
let blocked: string;
let real: string;

beforeAll(async () => {
	await ensureBuild();
	backend = await Backend.prepared();
	origin = backend.origin;
	books = new DatabaseSync(join(backend.home, 'tokenline.db'), { readOnly: true });
	const meter = (where: string) =>
		String(books.prepare(`select drn from meter where ${where} limit 1`).get()?.drn);
	blocked = meter(`state = 'blocked'`);
	real = meter(`label = '' and state = 'active' and length(drn) = 11`);
}, 180_000);
afterAll(async () => {
	books.close();
	await backend.dispose();
});

/** Rows of everything that a request could leave behind. */
const stored = () =>
	['vend', 'payment', 'payment_event', 'sandbox_charge', 'ledger_transaction', 'vend_token'].map(
		(table) => books.prepare(`select count(*) as n from ${table}`).get()?.n,
	);

describe('reading', () => {
	it('confirms whose meter it is, masked', async () => {
		const answer = await ask(origin, 'GET', `/api/v1/meters/${real}`);
		const meter = v.parse(MeterConfirmation, answer.json);
		expect(meter).toMatchObject({ drn: real, virtual: false, state: 'active' });
		expect(meter.ownerMasked).toMatch(/^[A-Z]\*{4} [A-Z]\*{4}$/);
		expect(answer.headers.get('cache-control')).toBe('no-store');
		expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
	});

	it('shows that a meter is blocked', async () => {
		const answer = await ask(origin, 'GET', `/api/v1/meters/${blocked}`);
		expect(v.parse(MeterConfirmation, answer.json).state).toBe('blocked');
	});

	it('prices a trial vend and stores nothing', async () => {
		const before = stored();
		const answer = await ask(origin, 'POST', '/api/v1/trial-vends', {
			drn: KITCHEN,
			amountMinor: 50_000,
			currency: 'KES',
		});
		expect(v.parse(TrialVendAnswer, answer.json).waterfall.energyDeciKwh).toBe(200);
		expect(stored()).toEqual(before);
	});

	it('lists the public-test estate and hands out its keys, and no other', async () => {
		const list = v.parse(
			VirtualMeterList,
			(await ask(origin, 'GET', '/api/v1/virtual-meters')).json,
		);
		expect(list.meters.map(({ ea }) => ea).sort()).toEqual([11, 11, 7, 7, 7, 7]);
		for (const { drn, ea } of list.meters) {
			const path = `/api/v1/virtual-meters/${drn}`;
			const meter = v.parse(VirtualMeterProvision, (await ask(origin, 'GET', path)).json);
			expect(meter.decoderKeyHex).toHaveLength(ea === 11 ? 32 : 16);
		}
		const refused = problemIn(await ask(origin, 'GET', `/api/v1/virtual-meters/${real}`));
		expect(refused).toMatchObject({ code: 'decoder-key-withheld', status: 403 });
	});

	it('is alive and ready', async () => {
		for (const path of ['/healthz', '/readyz'])
			expect((await ask(origin, 'GET', path)).status).toBe(200);
	});
});

describe('a till’s own matters', () => {
	it('are told to no guest', async () => {
		for (const path of ['terminals/current', 'packs/tariff', 'vendors/market-corner/offline-terms'])
			expect(problemIn(await ask(origin, 'GET', `/api/v1/${path}`)), path).toMatchObject({
				...{ code: 'sign-in-needed', status: 401 },
			});
	});

	it('a provisional receipt is redeemed by its code and its meter, and by no guess', async () => {
		const claim = async (drn: string, code: string) =>
			await ask(origin, 'POST', '/api/v1/claims', { drn, code });
		const code = makeCode(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]));
		const sound = await claim(KITCHEN, code);
		expect(sound.json).toEqual({ state: 'not-arrived' });
		const other = await claim('00000000026', makeCode(new Uint8Array(8)));
		expect(other.text).toBe(sound.text);
		expect(problemIn(await claim(KITCHEN, code.slice(1))).code).toBe('claim-code');
		expect(problemIn(await claim('00000000019', code)).code).toBe('meter-check-digit');
	});
});

describe('a sale over HTTP', () => {
	it('goes from the tap to the token, and repeats its answer byte for byte', async () => {
		const sale = await orderOverHttp(origin, KITCHEN, 50_000);
		expect(await vendAt(origin, sale.id)).toMatchObject({ state: 'awaiting-payment' });
		const page = await ask(origin, 'GET', `/sandbox/pay/${sale.paymentId}`);
		expect(page.text).toMatch(/Sandbox: no real money[\s\S]*Approve[\s\S]*Decline/);
		expect(page.headers.get('content-security-policy')).toContain(`default-src 'none'`);
		const tapped = await tap(origin, sale);
		expect(tapped.status).toBe(303);
		expect(tapped.headers.get('location')).toBe(`/purchases/${sale.id}?from=payment`);
		expect(await vendAt(origin, sale.id)).toMatchObject({ state: 'issued' });
		const again = await ask(origin, 'PUT', `/api/v1/vends/${sale.id}`, sale.request);
		const read = await ask(origin, 'GET', `/api/v1/vends/${sale.id}`);
		expect(again.status).toBe(200);
		expect(again.text).toBe(read.text);
		expect((await ask(origin, 'GET', `/sandbox/pay/${sale.paymentId}`)).text).toContain('Paid.');
	});

	it('ends when the payer declines', async () => {
		const sale = await orderOverHttp(origin, KITCHEN, 50_000);
		await tap(origin, sale, 'declined');
		expect(await vendAt(origin, sale.id)).toMatchObject({
			state: 'refused',
			code: 'payment-failed',
		});
	});

	it('is refused when it would buy less, with what it buys now', async () => {
		const sale = saleOf(KITCHEN, 50_000, 100_000);
		const put = () => ask(origin, 'PUT', `/api/v1/vends/${sale.id}`, sale.request);
		const before = stored();
		expect(problemIn(await put())).toMatchObject({
			code: 'price-changed',
			waterfall: { tenderedMinor: 50_000 },
		});
		expect(stored()).toEqual(before);
	});

	it('is refused when nobody saw the meter and the price', async () => {
		const sale = saleOf(KITCHEN, 50_000);
		const put = await ask(origin, 'PUT', `/api/v1/vends/${sale.id}`, {
			...sale.request,
			agreed: null,
		});
		expect(problemIn(put)).toMatchObject({
			code: 'confirmation-needed',
			waterfall: { tenderedMinor: 50_000 },
		});
	});
});

/** The answer to a request that says how long its body is and never sends it. */
function declareOnly(path: string, octets: number): Promise<unknown> {
	return new Promise((resolve, reject) => {
		const headers = { 'content-type': 'application/json', 'content-length': octets };
		const asking = request(`${origin}${path}`, { method: 'PUT', headers }, (response) => {
			json(response)
				.then(resolve, reject)
				.finally(() => asking.destroy());
		});
		asking.once('error', reject);
		asking.flushHeaders();
	});
}

describe('bad input', () => {
	let before: unknown[];
	beforeEach(() => {
		before = stored();
	});

	const sell = (change: object) => {
		const sale = saleOf(KITCHEN, 50_000);
		return ask(origin, 'PUT', `/api/v1/vends/${sale.id}`, { ...sale.request, ...change });
	};

	it.each([
		['letters in the meter number', { drn: '0000000001B' }, 'meter-number-not-digits'],
		['a wrong check digit', { drn: '00000000019' }, 'meter-check-digit'],
		['a meter number too short', { drn: '0000000001' }, 'meter-number-length'],
		['no meter number', { drn: '' }, 'meter-number-empty'],
		['an unknown meter', { drn: '04111111110' }, 'meter-unknown'],
		['an amount of 0', { amountMinor: 0 }, 'amount-not-positive'],
		['a negative amount', { amountMinor: -5_000 }, 'amount-not-positive'],
		['too many decimals', { amountMinor: 5_000.5 }, 'amount-not-whole'],
		['less than the smallest sale', { amountMinor: 1_999 }, 'amount-below-minimum'],
		['more than the largest sale', { amountMinor: 5_000_001 }, 'amount-above-maximum'],
		['a number beyond all bounds', { amountMinor: 1e300 }, 'amount-above-maximum'],
		['another currency', { currency: 'EUR' }, 'currency-unknown'],
		['an amount as text', { amountMinor: '50000' }, 'body-shape'],
		['no amount', { amountMinor: undefined }, 'body-shape'],
		['a payment id that is none', { paymentId: 'x' }, 'body-shape'],
		['a member too many', { discount: 100 }, 'body-shape'],
		['a member called __proto__', JSON.parse('{"__proto__": {"drn": 1}}'), 'body-shape'],
	])('%s is refused, nothing stored', async (_, change: object, code) => {
		const problem = problemIn(await sell(change));
		expect(problem).toMatchObject({ code, type: `/problems/${code}` });
		expect(problem.detail.length).toBeGreaterThan(20);
		expect(stored()).toEqual(before);
	});

	it('a blocked meter is refused', async () => {
		expect(problemIn(await sell({ drn: blocked })).code).toBe('meter-blocked');
		expect(stored()).toEqual(before);
	});

	it('says the limits that were crossed', async () => {
		expect(problemIn(await sell({ amountMinor: 1 }))).toMatchObject({
			facts: { minimumMinor: 2_000, maximumMinor: 5_000_000, currency: 'KES' },
		});
	});

	it.each([
		['not JSON', '{"drn": '],
		['nothing', ''],
		['not text', '\u0000\uffff'],
	])('a body that is %s is refused', async (_, body) => {
		for (const [method, path] of [
			['PUT', `/api/v1/vends/${newId()}`],
			['PUT', `/api/v1/payments/${newId()}`],
			['POST', '/api/v1/trial-vends'],
		] as const)
			expect(problemIn(await ask(origin, method, path, body)).code).toBe('body-not-json');
		expect(stored()).toEqual(before);
	});

	it.each(['null', '[]', '5', '"text"', '{}'])('the JSON %s is refused', async (body) => {
		const answer = await ask(origin, 'PUT', `/api/v1/vends/${newId()}`, body);
		expect(problemIn(answer).code).toBe('body-shape');
	});

	it('names the fields that are wrong, and not what was in them', async () => {
		const answer = await sell({ amountMinor: 'a secret', agreed: { energyDeciKwh: -1 } });
		expect(problemIn(answer).errors?.map(({ pointer }) => pointer)).toEqual(
			expect.arrayContaining(['/amountMinor', '/agreed/energyDeciKwh', '/agreed/tariff']),
		);
		expect(answer.text).not.toContain('a secret');
	});

	it('a 10 MB body is refused without being read, declared or not', async () => {
		const body = 'x'.repeat(10 * 2 ** 20);
		const path = `/api/v1/vends/${newId()}`;
		expect(await declareOnly(path, body.length)).toMatchObject({ code: 'body-too-large' });
		const chunked = await fetch(`${origin}${path}`, {
			method: 'PUT',
			headers: { 'content-type': 'application/json' },
			body: new Blob([body]).stream(),
			duplex: 'half',
		} as RequestInit).then(
			(response) => response.status,
			// The server may end the connection while we are still sending: refused all the same.
			() => 413,
		);
		expect(chunked).toBe(413);
		expect(stored()).toEqual(before);
	});

	it.each(['x', '01930000-0000-4000-8000-000000000000', '01930000-0000-7000-8000-00000000000A'])(
		'the id %s is refused',
		async (id) => {
			for (const path of [`/api/v1/vends/${id}`, `/api/v1/payments/${id}`])
				for (const method of ['GET', 'PUT'])
					expect(
						problemIn(await ask(origin, method, path, method === 'PUT' ? {} : undefined)).code,
					).toBe('id-not-uuid');
		},
	);

	it('addresses and methods that are not there are problems too', async () => {
		for (const path of ['/api/v1/nothing', '/api/', '/api/v2/vends/1'])
			expect(problemIn(await ask(origin, 'GET', path)).code).toBe('not-found');
		const wrong = await ask(origin, 'DELETE', `/api/v1/vends/${newId()}`);
		expect(problemIn(wrong).code).toBe('method-not-allowed');
		expect(wrong.headers.get('allow')).toMatch(/GET.*PUT/);
		expect(problemIn(await ask(origin, 'GET', `/api/v1/vends/${newId()}`)).code).toBe('not-found');
	});

	it('a webhook that is not signed is refused', async () => {
		const body = { eventId: 'x', reference: newId() };
		const answer = await ask(origin, 'POST', '/api/v1/webhooks/sandbox', body);
		expect(problemIn(answer)).toMatchObject({ code: 'webhook-signature', status: 401 });
		expect(stored()).toEqual(before);
	});

	it('every refusal has a status of its kind and words', () => {
		for (const [code, { status }] of Object.entries(REFUSALS)) {
			expect(status, code).toBeGreaterThanOrEqual(400);
			expect(problems[code as keyof typeof REFUSALS].title.length).toBeGreaterThan(3);
		}
	});
});
