/** Free basic electricity from a consumer's own phone: who gets it, who learns of it, who sees the digits. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MeterConfirmation, Problem, VendAnswer } from '#lib/core/sync/wire.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { DEFAULT_ACCESS, DEFAULT_RATES } from '#lib/server/access/settings.ts';
import type { FbeByApp } from '#lib/server/database/schema/estate.ts';
import { sendMessages } from '#lib/server/message/send-messages.ts';
import { confirmCustomer } from '#lib/server/meter/confirm-customer.ts';
import { meterHistory } from '#lib/server/meter/meter-history.ts';
import { demoMeters } from '#lib/server/seed/demo-estate.ts';
import { readVend } from '#lib/server/vend/read-vend.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import { requestTo, send } from '../harness/rim.ts';
import { GUEST, KITCHEN, MORNING_MS, newId, openShop, STEPS, type Shop } from '../harness/shop.ts';

const PHONE = '+254711000001';
const OTHER = '+254711000002';
/** A household of the demo with free electricity, which is nobody's test. */
const HOME =
	demoMeters(MORNING_MS).find(
		({ isVirtual, account, meter }) =>
			!isVirtual && account.fbe_deci_kwh > 0 && meter.state === 'active',
	)?.meter.drn ?? '';
/** One without. */
const NO_HOME =
	demoMeters(MORNING_MS).find(
		({ isVirtual, account, meter }) =>
			!isVirtual && account.fbe_deci_kwh === 0 && meter.state === 'active',
	)?.meter.drn ?? '';

const OWNER: Caller = { ...GUEST, roles: ['consumer'], phone: PHONE };
const STRANGER: Caller = { ...OWNER, phone: OTHER };
const TILL: Caller = { ...GUEST, roles: ['terminal'], terminalId: 'T-001', vendorId: 'x' };

let shop: Shop;
beforeEach(async () => {
	shop = await openShop();
	await shop.backend.database
		.updateTable('customer')
		.set({ phone: PHONE })
		.where('id', 'in', [`customer-${HOME}`, `customer-${NO_HOME}`])
		.execute();
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const set = (fbe_by_app: FbeByApp) =>
	shop.backend.database.updateTable('utility').set({ fbe_by_app }).execute();

async function claim(caller: Caller, drn = HOME, id = newId(), notifyPhone?: string) {
	const request = {
		...({ kind: 'fbe', drn, requestedAtMs: MORNING_MS } as const),
		...(notifyPhone !== undefined && { notifyPhone }),
	};
	const taken = await requestVend(shop.backend, caller, id, request);
	return 'refusal' in taken ? taken : (JSON.parse(taken.body) as VendAnswer);
}

async function fbeShown(caller: Caller, drn = HOME) {
	const answer = await confirmCustomer(shop.backend, caller, drn);
	if ('refusal' in answer) throw new Error(answer.refusal);
	return answer.fbe;
}

const told = async (): Promise<string[]> => {
	await sendMessages(shop.backend);
	return shop.messenger.sent.map(({ phone }) => phone);
};

describe('where the phone on the account is needed', () => {
	it('tells nobody else whether a meter is entitled, by no way', async () => {
		for (const caller of [GUEST, STRANGER])
			for (const drn of [HOME, NO_HOME]) {
				expect(await claim(caller, drn)).toEqual({ refusal: 'fbe-phone-needed' });
				expect(await fbeShown(caller, drn)).toEqual({ shown: 'to-owner' });
			}
	});

	it('gives it to whoever has shown that the phone is theirs', async () => {
		expect(await fbeShown(OWNER)).toEqual({ shown: 'yes', entitledDeciKwh: 500, given: false });
		expect(await claim(OWNER)).toMatchObject({ state: 'issued', tokens: [{ kind: 'fbe' }] });
		expect(await fbeShown(OWNER)).toEqual({ shown: 'yes', entitledDeciKwh: 500, given: true });
		expect(await claim(OWNER, NO_HOME)).toEqual({ refusal: 'fbe-not-entitled' });
		expect(await fbeShown(OWNER, NO_HOME)).toMatchObject({ entitledDeciKwh: 0 });
	});

	it('asks no phone of a meter of the public-test estate', async () => {
		expect(await fbeShown(GUEST, STEPS)).toMatchObject({ entitledDeciKwh: 500, given: false });
		expect(await claim(GUEST, STEPS)).toMatchObject({ state: 'issued' });
		expect(await claim(GUEST, KITCHEN)).toEqual({ refusal: 'fbe-not-entitled' });
	});

	it('asks no phone of a till, which learns what is due', async () => {
		expect(await fbeShown(TILL)).toMatchObject({ entitledDeciKwh: 500 });
		expect(await claim(TILL)).toMatchObject({ state: 'issued' });
	});
});

describe('where it is not given by app', () => {
	it('is refused for the owner too, and not spoken of; a till goes on', async () => {
		await set('off');
		for (const caller of [GUEST, OWNER]) {
			expect(await claim(caller)).toEqual({ refusal: 'fbe-not-by-app' });
			expect(await fbeShown(caller)).toBeUndefined();
		}
		expect(await claim(GUEST, STEPS)).toEqual({ refusal: 'fbe-not-by-app' });
		expect(await claim(TILL)).toMatchObject({ state: 'issued' });
	});
});

describe('where the meter’s number is enough', () => {
	beforeEach(() => set('anyone'));

	it('is one token for two who ask, and the second is told so', async () => {
		const both = await Promise.all([claim(GUEST), claim(GUEST)]);
		expect(both.filter((one) => 'refusal' in one)).toEqual([{ refusal: 'fbe-claimed' }]);
		expect(both.filter((one) => 'state' in one && one.state === 'issued')).toHaveLength(1);
	});

	it('keeps no digits from the household: its phone gets them, whoever asked and named another', async () => {
		const id = newId();
		const made = await claim(GUEST, HOME, id, OTHER);
		expect(await told()).toEqual([PHONE]);
		const history = await meterHistory(shop.backend, OWNER, HOME, undefined);
		const digits = 'tokens' in made ? made.tokens.map((token) => token.digits) : [];
		expect(digits).toHaveLength(1);
		expect(history).toMatchObject({
			vends: [{ id, kind: 'fbe', tokens: [{ digits: digits[0] }] }],
		});
		// Nobody else: neither the phone that was named, nor another guest.
		expect(await meterHistory(shop.backend, STRANGER, HOME, undefined)).toMatchObject({
			vends: [],
		});
		expect(await readVend(shop.backend, GUEST, newId())).toEqual({ refusal: 'not-found' });
		expect(await readVend(shop.backend, GUEST, id)).toMatchObject({ status: 200 });
	});

	it('goes to the phone that was named where the account has none, and to none otherwise', async () => {
		await shop.backend.database.updateTable('customer').set({ phone: null }).execute();
		await claim(GUEST, HOME, newId(), OTHER);
		expect(await told()).toEqual([OTHER]);
		shop.clock.ms = Date.UTC(2026, 11, 5);
		expect(await claim(GUEST)).toMatchObject({ state: 'issued' });
		expect(await told()).toEqual([OTHER]);
	});

	it('gives the same answer to the same claim, and refuses another content under its id', async () => {
		const id = newId();
		const first = await claim(GUEST, HOME, id);
		expect(await claim(GUEST, HOME, id)).toEqual(first);
		expect(await claim(GUEST, NO_HOME, id)).toEqual({ refusal: 'id-reused' });
	});

	it('gives the new month’s when the claim arrives after the month', async () => {
		shop.clock.ms = Date.UTC(2026, 11, 1);
		const made = await claim(GUEST);
		expect(made).toMatchObject({ state: 'issued', receipt: { issuedAtMs: shop.clock.ms } });
		expect(await claim(GUEST)).toEqual({ refusal: 'fbe-claimed' });
	});
});

describe('over HTTP', () => {
	const put = (id: string, body: object, address?: string, backend = shop.backend) =>
		send(
			backend,
			requestTo(`/api/v1/vends/${id}`, {
				method: 'PUT',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			}),
			address,
		);
	const request = (drn: string) => ({ kind: 'fbe', drn, requestedAtMs: MORNING_MS });

	it('answers a guest, and the confirmation says what became of it', async () => {
		const answer = await put(newId(), request(STEPS));
		expect(answer.status).toBe(200);
		const confirmed = await send(shop.backend, requestTo(`/api/v1/meters/${STEPS}`));
		expect(((await confirmed.json()) as MeterConfirmation).fbe).toMatchObject({ given: true });
		const again = await put(newId(), request(STEPS));
		expect(again.status).toBe(409);
		expect(((await again.json()) as Problem).code).toBe('fbe-claimed');
	});

	it.each([
		['no meter', { drn: undefined }, 422],
		['a wrong check digit', { drn: `${STEPS.slice(0, -1)}5` }, 422],
		['an amount', { amountMinor: 100 }, 422],
		['a phone that is none', { notifyPhone: '0700' }, 422],
		['a time that is none', { requestedAtMs: -1 }, 422],
	])('refuses one with %s', async (_, change, status) => {
		expect((await put(newId(), { ...request(STEPS), ...change })).status).toBe(status);
	});

	it('is counted per address, and sales are not', async () => {
		const backend = { ...shop.backend, access: DEFAULT_ACCESS };
		const ask = async (body: object, address?: string) =>
			(await put(newId(), body, address, backend)).status;
		const { atOnce, everyMs } = DEFAULT_RATES.fbe;
		const statuses: number[] = [];
		// Refused every time, and nothing of it stays; so it is the asking that is counted.
		for (let at = 0; at <= atOnce; at += 1) statuses.push(await ask(request(KITCHEN)));
		expect(statuses).toEqual([...Array<number>(atOnce).fill(409), 429]);
		const sale = {
			...{ drn: KITCHEN, amountMinor: 50_000, currency: 'KES', paymentId: newId() },
			...{ agreed: null, requestedAtMs: MORNING_MS },
		};
		expect(await ask(sale)).toBe(409);
		expect(await ask(request(KITCHEN), '198.51.100.9')).toBe(409);
		shop.clock.ms += everyMs;
		expect(await ask(request(KITCHEN))).toBe(409);
	});
});
