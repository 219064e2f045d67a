/** How often who may ask, over all nodes; and that trying meter numbers does not pay. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeOne } from '#lib/server/access/allowance.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { networkOf } from '#lib/server/access/network-address.ts';
import { limitRate, limitSubject } from '#lib/server/access/rate.ts';
import { DEFAULT_ACCESS, DEFAULT_RATES, readRates } from '#lib/server/access/settings.ts';
import type { Backend } from '#lib/server/backend.ts';
import { purgeFleeting } from '#lib/server/database/fleeting.ts';
import { ORIGIN, requestTo, send } from '../harness/rim.ts';
import { GUEST, KITCHEN, openShop, WORKSHOP, type Shop } from '../harness/shop.ts';
import { enrolledTill } from '../harness/till.ts';

let shop: Shop;
let backend: Backend;

beforeEach(async () => {
	shop = await openShop();
	backend = { ...shop.backend, access: DEFAULT_ACCESS };
});
afterEach(() => shop.dispose());

const meter = (drn: string, address?: string) =>
	send(backend, requestTo(`/api/v1/meters/${drn}`), address);

async function statuses(count: number, ask: (at: number) => Promise<Response>): Promise<number[]> {
	const all: number[] = [];
	for (let at = 0; at < count; at += 1) all.push((await ask(at)).status);
	return all;
}
const taken = (all: readonly number[]): number => all.filter((status) => status !== 429).length;

describe('an allowance', () => {
	const rate = { atOnce: 3, everyMs: 1_000 };
	const take = (nowMs: number) => takeOne(backend.fleeting, 'k', rate, nowMs);

	it('is so many at once, and one more each time', async () => {
		expect([await take(0), await take(0), await take(0)]).toEqual([0, 0, 0]);
		expect([await take(0), await take(400), await take(999)]).toEqual([1_000, 600, 1]);
		expect([await take(1_000), await take(1_000)]).toEqual([0, 1_000]);
	});

	it('is never more than whole, however long nobody asked', async () => {
		for (let at = 0; at < 3; at += 1) await take(0);
		const later = 1_000_000;
		expect([await take(later), await take(later), await take(later)]).toEqual([0, 0, 0]);
		expect(await take(later)).toBe(1_000);
	});

	it('never gives more in any window than at once and by and by', async () => {
		let given = 0;
		for (let ms = 0; ms < 60_000; ms += 97) if ((await take(ms)) === 0) given += 1;
		expect(given).toBe(3 + 59);
	});

	it('shuts nobody out until a clock that was set back has caught up', async () => {
		const ahead = 8 * 3_600_000;
		for (let at = 0; at < 3; at += 1) await take(ahead);
		expect([await take(0), await take(0), await take(0), await take(0)]).toEqual([0, 0, 0, 1_000]);
	});

	it('is forgotten when it is whole again, and not before', async () => {
		const rows = () => backend.fleeting.selectFrom('rate_bucket').select('key').execute();
		await take(0);
		await purgeFleeting(backend.fleeting, 999);
		expect(await rows()).toHaveLength(1);
		await purgeFleeting(backend.fleeting, 1_000);
		expect(await rows()).toEqual([]);
	});
});

describe('claiming to be somebody', () => {
	it('is counted by address, though nobody was found', async () => {
		const asked = () =>
			send(
				backend,
				new Request('http://localhost/api/v1/login-sessions/current', {
					headers: { authorization: 'Bearer nobody-has-this' },
				}),
			);
		const all = await statuses(DEFAULT_RATES.address.atOnce + 1, asked);
		expect(new Set(all.slice(0, -1))).toEqual(new Set([401]));
		expect(all.at(-1)).toBe(429);
	});
});

describe('looking meters up', () => {
	it('is limited per address, with the time to wait', async () => {
		// Two meters, so that it is not the meter that is counted.
		const all = await statuses(31, (at) => meter(at % 2 ? KITCHEN : WORKSHOP));
		expect(all).toEqual([...Array<number>(30).fill(200), 429]);
		const refused = await meter(KITCHEN);
		expect(refused.headers.get('retry-after')).toBe('2');
		expect(await refused.json()).toMatchObject({
			code: 'too-many-requests',
			facts: { seconds: 2 },
			detail: expect.stringContaining('2 seconds') as string,
		});
		expect((await meter(KITCHEN, '198.51.100.7')).status).toBe(200);
		shop.clock.ms += 2_000;
		expect((await meter(KITCHEN)).status).toBe(200);
	});

	it('counts on all nodes together', async () => {
		const other = { ...shop.reopened(), access: DEFAULT_ACCESS };
		const all = await statuses(40, (at) =>
			send(at % 2 ? backend : other, requestTo(`/api/v1/meters/${at % 3 ? KITCHEN : WORKSHOP}`)),
		);
		expect(taken(all)).toBe(30);
	});

	it('counts a customer’s whole IPv6 network as one', async () => {
		const all = await statuses(40, (at) =>
			meter(at % 2 ? KITCHEN : WORKSHOP, `2001:db8:1:2::${at}`),
		);
		expect(taken(all)).toBe(30);
		expect((await meter(KITCHEN, '2001:db8:1:3::1')).status).toBe(200);
	});

	it('is limited per meter over all addresses, and not for tills', async () => {
		const till = await enrolledTill(backend);
		const all = await statuses(70, (at) => meter(KITCHEN, `198.51.100.${at}`));
		expect(taken(all)).toBe(60);
		expect((await meter(WORKSHOP, '203.0.113.1')).status).toBe(200);
		const signed = till.request('GET', `${ORIGIN}/api/v1/meters/${KITCHEN}`);
		expect((await send(backend, signed)).status).toBe(200);
	});

	it('is generous with a till, wherever it is', async () => {
		const till = await enrolledTill(backend);
		const ask = () => send(backend, till.request('GET', `${ORIGIN}/api/v1/meters/${KITCHEN}`));
		expect(taken(await statuses(100, ask))).toBe(100);
	});
});

describe('trying meter numbers', () => {
	/** Numbers with a right check digit that no meter has. */
	const UNKNOWN = ['04111111110', '01450638802'];
	const miss = (at: number, address?: string) => meter(UNKNOWN[at % 2] ?? '', address);

	it('finds at most 60 answers an hour, however slowly it is tried', async () => {
		let answers = 0;
		for (let second = 0; second < 3_600; second += 10) {
			if ((await miss(second / 10)).status === 404) answers += 1;
			shop.clock.ms += 10_000;
		}
		expect(answers).toBeLessThanOrEqual(60);
		expect(answers).toBeGreaterThan(50);
	});

	it('ends look-ups of meters that exist as well, and vends', async () => {
		await statuses(20, miss);
		expect((await meter(KITCHEN)).status).toBe(429);
		const body = JSON.stringify({ drn: KITCHEN, amountMinor: 50_000, currency: 'KES' });
		const trial = requestTo('/api/v1/trial-vends', { method: 'POST', body });
		expect((await send(backend, trial)).status).toBe(429);
	});

	it('costs the same by a till, and by way of any endpoint', async () => {
		const till = await enrolledTill(backend);
		const body = { drn: UNKNOWN[0], amountMinor: 50_000, currency: 'KES' };
		const ask = () =>
			send(backend, till.request('POST', `${ORIGIN}/api/v1/trial-vends`, body), '198.51.100.9');
		const all = await statuses(25, ask);
		expect(all.filter((status) => status === 404)).toHaveLength(20);
		expect((await meter(KITCHEN, '198.51.100.9')).status).toBe(200);
	});

	it('of a mistyped number costs nothing more', async () => {
		const all = await statuses(25, () => meter('00000000019'));
		expect(all).toEqual(Array(25).fill(422));
		expect((await meter(KITCHEN)).status).toBe(200);
	});
});

describe('signing in and codes', () => {
	const limit = (rate: 'sign-in' | 'code' | 'none', caller: Caller = GUEST) =>
		limitRate(backend, caller, { rate, refusals: [] });
	const count = async (most: number, ask: () => Promise<unknown>) => {
		let before = 0;
		while (before < most && (await ask()) === undefined) before += 1;
		return before;
	};

	it('is 10 attempts a minute per address', async () => {
		expect(await count(50, () => limit('sign-in'))).toBe(10);
	});

	it('is at most 20 codes an hour per address, and 5 per phone', async () => {
		const hour = async (ask: () => Promise<unknown>) => {
			let given = 0;
			for (let minute = 0; minute < 60; minute += 1) {
				given += await count(50, ask);
				shop.clock.ms += 60_000;
			}
			return given;
		};
		expect(await hour(() => limit('code'))).toBeLessThanOrEqual(20);
		const phone = (number: string) =>
			limitSubject(backend, GUEST, { rate: 'code' }, { phone: number });
		expect(await hour(() => phone('+254700000001'))).toBeLessThanOrEqual(5);
		expect(await phone('+254700000002')).toBeUndefined();
	});

	it('does not count senders that sign each message', async () => {
		expect(await count(2_000, () => limit('none'))).toBe(2_000);
	});
});

describe('the settings', () => {
	it('are the defaults, or those of the environment', () => {
		expect(readRates({})).toEqual(DEFAULT_RATES);
		expect(readRates({ TOKENLINE_RATE_METER_LOOKUP: '5/60000' })['meter-lookup']).toEqual({
			atOnce: 5,
			everyMs: 60_000,
		});
	});

	it.each(['', '5', '0/1', '5/0', '5/x', '-1/5', '5/1/1', '1e3/1'])('are not %j', (text) => {
		expect(() => readRates({ TOKENLINE_RATE_SIGN_IN: text })).toThrow('TOKENLINE_RATE_SIGN_IN');
	});
});

describe('the network of an address', () => {
	it.each([
		['192.0.2.1', '192.0.2.1'],
		['::ffff:192.0.2.1', '192.0.2.1'],
		['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
		['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
		['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
		['::1', '0:0:0:0::/64'],
		['fe80::1%eth0', 'fe80:0:0:0::/64'],
		['64:ff9b::192.0.2.33', '64:ff9b:0:0::/64'],
		['1::2:3:4:5:6:7', '1:0:2:3::/64'],
		['not an address', 'not an address'],
		['', ''],
	])('%s is %s', (address, network) => expect(networkOf(address)).toBe(network));
});
