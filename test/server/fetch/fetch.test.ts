/** Purchases fetched again by phone and meter: who gets them, who learns nothing, and what is left behind. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FetchedPurchase } from '#lib/core/sync/fetch.ts';
import { CODE_ATTEMPTS, CODE_LIFE_MS } from '#lib/server/access/six-digits.ts';
import { fetchDigits } from '#lib/server/fetch/fetch-code.ts';
import { fetchPurchases } from '#lib/server/fetch/fetch-purchases.ts';
import { requestFetchCode } from '#lib/server/fetch/request-fetch-code.ts';
import { readFetchSettings } from '#lib/server/fetch/settings.ts';
import { sendMessages } from '#lib/server/message/send-messages.ts';
import { forget } from '#lib/server/retention/forget.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatSaleOf, openCounter } from '../harness/counter.ts';
import { deeds } from '../harness/people.ts';
import {
	digitsOf,
	GUEST,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	order,
	pay,
	saleOf,
	vendOf,
	WORKSHOP,
	type Sale,
	type Shop,
} from '../harness/shop.ts';

const PHONE = '+254712345678';
const OTHER = '+254712345679';
const DAY_MS = 24 * 60 * 60_000;
const wrong = { refusal: 'code-wrong' };

let shop: Shop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

/** Ordered with a phone number, or without. */
async function ordered(drn: string, phone?: string): Promise<Sale> {
	const { request, ...sale } = saleOf(drn, 50_000);
	const with_ = { ...sale, request: { ...request, ...(phone && { notifyPhone: phone }) } };
	await order(shop.backend, with_);
	return with_;
}

async function bought(drn: string, phone?: string): Promise<Sale> {
	const sale = await ordered(drn, phone);
	await pay(shop.backend, sale);
	return sale;
}

const ask = (drn = KITCHEN, phone = PHONE, caller = GUEST) =>
	requestFetchCode(shop.backend, caller, { drn, phone });
const enter = (code: string, drn = KITCHEN, phone = PHONE, caller = GUEST) =>
	fetchPurchases(shop.backend, caller, { drn, phone, code });

/** What the phone says, once everything that is due was sent. */
async function codeOn(phone = PHONE): Promise<string> {
	await sendMessages(shop.backend);
	const texts = shop.messenger.sent.filter((message) => message.phone === phone);
	return /is (\d{6})\./.exec(texts.at(-1)?.text ?? '')?.[1] ?? '';
}

/** Another code than this. */
const not = (code: string) => (code === '000000' ? '000001' : '000000');

async function fetched(drn = KITCHEN): Promise<readonly FetchedPurchase[]> {
	shop.clock.ms += 1;
	mustBeTaken(await ask(drn));
	return mustBeTaken(await enter(await codeOn(), drn)).purchases;
}

describe('whoever holds the phone', () => {
	it('gets the purchases of the meter made with it, the newest first, and no others', async () => {
		const first = await bought(KITCHEN, PHONE);
		await bought(KITCHEN);
		await bought(KITCHEN, OTHER);
		await bought(WORKSHOP, PHONE);
		shop.clock.ms += 60_000;
		const last = await ordered(KITCHEN, PHONE);
		const purchases = await fetched();
		expect(purchases.map(({ vend }) => [vend.id, vend.state])).toEqual([
			[last.id, 'awaiting-payment'],
			[first.id, 'issued'],
		]);
		expect(purchases[0]).toMatchObject({
			request: last.request,
			payment: { state: 'pending', payUrl: `/sandbox/pay/${last.paymentId}` },
			...{ amountMinor: 50_000, currency: { code: 'KES', minorDigits: 2 } },
		});
		expect(digitsOf(purchases[1]!.vend)).toBe(digitsOf(await vendOf(shop.backend, first.id)));
	});

	it('gets the digits only after they are released: nothing takes the vend back then', async () => {
		const { id } = await bought(KITCHEN, PHONE);
		await fetched();
		const row = await shop.backend.database
			.selectFrom('vend')
			.select('released_at_ms')
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		expect(row.released_at_ms).not.toBeNull();
	});

	it('gets what a till sold with that number too, and what was refused', async () => {
		const counter = await openCounter(shop.backend);
		const sold = { ...floatSaleOf(counter, KITCHEN, 50_000), notifyPhone: PHONE };
		mustBeTaken(await requestVend(shop.backend, counter.caller, newId(), sold));
		const refused = await ordered(KITCHEN, PHONE);
		await pay(shop.backend, refused, 'declined');
		const purchases = await fetched();
		expect(new Map(purchases.map(({ vend, request }) => [vend.state, request]))).toEqual(
			new Map([
				['refused', refused.request],
				['issued', undefined],
			]),
		);
	});

	it('gets what is not older than the days that are set', async () => {
		await bought(KITCHEN, PHONE);
		shop.clock.ms += 90 * DAY_MS - 2;
		expect(await fetched()).toHaveLength(1);
		const before = shop.messenger.sent.length;
		shop.clock.ms += 2;
		await ask();
		await sendMessages(shop.backend);
		expect(shop.messenger.sent).toHaveLength(before);
	});

	it('is written to in the language that was asked for', async () => {
		await bought(KITCHEN, PHONE);
		await requestFetchCode(shop.backend, GUEST, { drn: KITCHEN, phone: PHONE, language: 'sw' });
		await sendMessages(shop.backend);
		expect(shop.messenger.sent.at(-1)?.text).toContain('Usimpe mtu yeyote');
	});
});

describe('a code', () => {
	beforeEach(async () => void (await bought(KITCHEN, PHONE)));

	it('is good once', async () => {
		await ask();
		const code = await codeOn();
		expect(await enter(code)).not.toEqual(wrong);
		expect(await enter(code)).toEqual(wrong);
		expect(await deeds(shop.backend)).toContain('purchases-fetched');
	});

	it('is good for its own meter, phone and utility only', async () => {
		await bought(WORKSHOP, PHONE);
		await ask();
		const code = await codeOn();
		expect(await enter(code, WORKSHOP)).toEqual(wrong);
		expect(await enter(code, KITCHEN, OTHER)).toEqual(wrong);
		expect(await enter(code, KITCHEN, PHONE, { ...GUEST, utilityId: 'hilltop' })).toEqual(wrong);
		expect(await enter(code)).not.toEqual(wrong);
	});

	it('survives four wrong guesses, not five', async () => {
		await ask();
		const code = await codeOn();
		for (let at = 1; at < CODE_ATTEMPTS; at += 1) expect(await enter(not(code))).toEqual(wrong);
		expect(await enter(code)).not.toEqual(wrong);
		shop.clock.ms += 1;
		await ask();
		const next = await codeOn();
		for (let at = 0; at < CODE_ATTEMPTS; at += 1) await enter(not(next));
		expect(await enter(next)).toEqual(wrong);
	});

	it('is too old after ten minutes, and of no use once another was asked for', async () => {
		await ask();
		const first = await codeOn();
		shop.clock.ms += 1;
		await ask();
		const second = await codeOn();
		if (first !== second) expect(await enter(first)).toEqual(wrong);
		shop.clock.ms += CODE_LIFE_MS;
		expect(await enter(second)).toEqual(wrong);
	});

	it('that came too late is not sent', async () => {
		await ask();
		shop.clock.ms += CODE_LIFE_MS;
		const before = shop.messenger.sent.length;
		await sendMessages(shop.backend);
		expect(shop.messenger.sent.slice(before).filter(({ text }) => /code/.test(text))).toEqual([]);
	});

	it('is in no row and no log, and its row says neither phone nor meter', async () => {
		await ask();
		const code = await codeOn();
		await enter(not(code));
		await enter(code);
		const { database } = shop.backend;
		const codes = await database.selectFrom('fetch_code').selectAll().execute();
		const rows = [
			...[codes, await database.selectFrom('message').selectAll().execute()],
			...[await database.selectFrom('audit_event').selectAll().execute(), shop.lines],
		];
		expect(code).toMatch(/^\d{6}$/);
		const words = JSON.stringify(rows).match(/[0-9a-z]+/g) ?? [];
		expect(words).not.toContain(code);
		expect(JSON.stringify(codes)).not.toContain(PHONE);
		expect(JSON.stringify(codes)).not.toContain(KITCHEN);
		const told = JSON.stringify([shop.lines, rows[2]]);
		expect(told).not.toContain(PHONE);
		expect(told).not.toContain('712345678');
	});

	it('is forgotten the day after, and the number it went to with it', async () => {
		await ask();
		await ask(WORKSHOP, OTHER);
		await sendMessages(shop.backend);
		shop.clock.ms += 3_000;
		await sendMessages(shop.backend);
		await shop.backend.database
			.updateTable('message')
			.set({ state: 'delivered' })
			.where('state', '=', 'sent')
			.execute();
		shop.clock.ms += DAY_MS + CODE_LIFE_MS + 1;
		const settings = { keepMs: 30 * DAY_MS, keepPhonesMs: 90 * DAY_MS };
		await forget(shop.backend, settings, { signal: new AbortController().signal });
		const { database } = shop.backend;
		expect(await database.selectFrom('fetch_code').selectAll().execute()).toEqual([]);
		const phones = await database
			.selectFrom('message')
			.select(['template', 'phone'])
			.where('phone', 'like', '+%')
			.execute();
		expect(phones).toEqual([{ template: 'token', phone: PHONE }]);
	});
});

describe('whoever asks for what there is not', () => {
	it('hears the same, makes the same rows, and nobody is written to', async () => {
		await bought(KITCHEN, PHONE);
		await sendMessages(shop.backend);
		const before = shop.messenger.sent.length;
		const asked: readonly (readonly [string, string])[] = [
			[KITCHEN, PHONE],
			[KITCHEN, OTHER],
			[WORKSHOP, PHONE],
			// A sound number of no meter here.
			['37000000010', PHONE],
		];
		const shapes = new Set<string>();
		for (const [drn, phone] of asked) {
			const rows = await counted();
			expect(await ask(drn, phone)).toEqual({ expiresAtMs: shop.clock.ms + CODE_LIFE_MS });
			const after = await counted();
			shapes.add(JSON.stringify(after.map((count, at) => count - rows[at]!)));
		}
		expect([...shapes]).toEqual(['[1,1]']);
		await sendMessages(shop.backend);
		expect(shop.messenger.sent.slice(before).map(({ phone }) => phone)).toEqual([PHONE]);
	});

	it('learns nothing by guessing right what was sent to nobody', async () => {
		await bought(KITCHEN, PHONE);
		await ask(KITCHEN, OTHER);
		const { id } = await shop.backend.database
			.selectFrom('fetch_code')
			.select('id')
			.executeTakeFirstOrThrow();
		const code = fetchDigits(shop.backend.homeSecret, id);
		expect(await enter(not(code), KITCHEN, OTHER)).toEqual(wrong);
		expect(await enter(code, KITCHEN, OTHER)).toEqual({ purchases: [], days: 90 });
	});

	it('is refused for a number that cannot be one, and a code that nobody asked for is wrong', async () => {
		expect(await ask('123')).toEqual({ refusal: 'meter-number-length' });
		expect(await enter('123456', '00000000019')).toEqual({ refusal: 'meter-check-digit' });
		expect(await enter('123456')).toEqual(wrong);
	});
});

async function counted(): Promise<number[]> {
	const counts: number[] = [];
	for (const table of ['fetch_code', 'message']) {
		const { rows } = await sql<{ n: number }>`
			select count(*) as n from ${sql.table(table)}`.execute(shop.backend.database);
		counts.push(Number(rows[0]?.n));
	}
	return counts;
}

it('how far back is a setting that is checked', () => {
	expect(readFetchSettings({})).toEqual({ days: 90 });
	expect(readFetchSettings({ TOKENLINE_FETCH_DAYS: '365' })).toEqual({ days: 365 });
	for (const text of ['0', '-1', '731', 'x', '1.5', ''])
		expect(() => readFetchSettings({ TOKENLINE_FETCH_DAYS: text })).toThrow('TOKENLINE_FETCH_DAYS');
});
