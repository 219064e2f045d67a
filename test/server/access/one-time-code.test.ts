import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeDigits, requestCode } from '#lib/server/access/one-time-code.ts';
import { CODE_ATTEMPTS, CODE_LIFE_MS } from '#lib/server/access/six-digits.ts';
import { signIn } from '#lib/server/access/sign-in.ts';
import { sendMessages } from '#lib/server/message/send-messages.ts';
import { ORIGIN } from '../harness/rim.ts';
import { deeds } from '../harness/people.ts';
import { GUEST, KITCHEN, openShop, type Shop } from '../harness/shop.ts';

const PHONE = '+254700000001';
const STRANGER = '+254700000002';
const url = new URL(ORIGIN);
const request = new Request(url, { method: 'POST', headers: { origin: ORIGIN } });
const wrong = { refusal: 'code-wrong' };

let shop: Shop;
beforeEach(async () => {
	shop = await openShop();
	await shop.backend.database
		.updateTable('customer')
		.set({ phone: PHONE })
		.where('id', '=', `customer-${KITCHEN}`)
		.execute();
});
afterEach(async () => shop.dispose());

const enter = (phone: string, code: string) =>
	signIn(shop.backend, GUEST, { request, url }, { by: 'code', phone, code, carrier: 'cookie' });

/** Asks for a code and reads the phone. */
async function codeOn(phone: string): Promise<string> {
	await requestCode(shop.backend, GUEST, { phone });
	await sendMessages(shop.backend);
	const [, code = ''] = /code is (\d{6})\./.exec(shop.messenger.sent.at(-1)?.text ?? '') ?? [];
	return code;
}

/** Another one than the code. */
const not = (code: string) => (code === '000000' ? '000001' : '000000');

describe('a code', () => {
	test('signs in whoever holds the phone, once', async () => {
		const code = await codeOn(PHONE);
		expect(shop.messenger.sent).toMatchObject([{ phone: PHONE }]);
		expect(await enter(PHONE, code)).toMatchObject({ carrier: 'cookie' });
		expect(await enter(PHONE, code)).toEqual(wrong);
		const session = await shop.backend.database
			.selectFrom('login_session')
			.select(['phone', 'operator_id'])
			.executeTakeFirstOrThrow();
		expect(session).toEqual({ phone: PHONE, operator_id: null });
		expect(await deeds(shop.backend)).toEqual(['signed-in']);
	});

	test('is in no row and no log', async () => {
		const code = await codeOn(PHONE);
		await enter(PHONE, not(code));
		const { database } = shop.backend;
		const rows = [
			await database.selectFrom('one_time_code').selectAll().execute(),
			await database.selectFrom('message').selectAll().execute(),
			await database.selectFrom('audit_event').selectAll().execute(),
			shop.lines,
		];
		expect(code).toMatch(/^\d{6}$/);
		// Ids and instants are long runs of digits, and may hold any six by chance.
		const words = JSON.stringify(rows).match(/[0-9a-z]+/g) ?? [];
		expect(words).not.toContain(code);
	});

	test('is too old after ten minutes, and of no use once another was asked for', async () => {
		const first = await codeOn(PHONE);
		shop.clock.ms += 1;
		const second = await codeOn(PHONE);
		expect(await enter(PHONE, first)).toEqual(wrong);
		expect(await enter(PHONE, second)).not.toEqual(wrong);
		const third = await codeOn(PHONE);
		shop.clock.ms += CODE_LIFE_MS;
		expect(await enter(PHONE, third)).toEqual(wrong);
	});

	test('survives four wrong guesses, not five', async () => {
		const code = await codeOn(PHONE);
		for (let at = 1; at < CODE_ATTEMPTS; at += 1) await enter(PHONE, not(code));
		expect(await enter(PHONE, code)).not.toEqual(wrong);
		shop.clock.ms += 1;
		const next = await codeOn(PHONE);
		for (let at = 0; at < CODE_ATTEMPTS; at += 1) await enter(PHONE, not(next));
		expect(await enter(PHONE, next)).toEqual(wrong);
	});

	test('is good for its own phone', async () => {
		const code = await codeOn(PHONE);
		expect(await enter(STRANGER, code)).toEqual(wrong);
	});

	test('that came too late is not sent', async () => {
		await requestCode(shop.backend, GUEST, { phone: PHONE });
		shop.clock.ms += CODE_LIFE_MS;
		await sendMessages(shop.backend);
		expect(shop.messenger.sent).toEqual([]);
	});
});

describe('a phone that nobody here knows', () => {
	test('is answered as any other, sent nothing, and opens nothing', async () => {
		const known = await requestCode(shop.backend, GUEST, { phone: PHONE });
		expect(await requestCode(shop.backend, GUEST, { phone: STRANGER })).toEqual(known);
		await sendMessages(shop.backend);
		expect(shop.messenger.sent.map(({ phone }) => phone)).toEqual([PHONE]);
		const { id } = await shop.backend.database
			.selectFrom('one_time_code')
			.select('id')
			.where('phone', '=', STRANGER)
			.executeTakeFirstOrThrow();
		expect(await enter(STRANGER, codeDigits(shop.backend.homeSecret, id))).toEqual(wrong);
	});

	test('of another utility is nobody’s here', async () => {
		await requestCode(shop.backend, { ...GUEST, utilityId: 'hillside' }, { phone: PHONE });
		await sendMessages(shop.backend);
		expect(shop.messenger.sent).toEqual([]);
	});
});

test('the digits of a code follow from its id and the secret, all six', () => {
	const secret = Buffer.from('a secret');
	const digits = Array.from({ length: 2_000 }, (_, at) => codeDigits(secret, String(at)));
	expect(digits.every((code) => /^\d{6}$/.test(code))).toBe(true);
	expect(digits.some((code) => code.startsWith('0'))).toBe(true);
	expect(new Set(digits).size).toBeGreaterThan(1_990);
	expect(codeDigits(secret, '7')).toBe(codeDigits(secret, '7'));
	expect(codeDigits(Buffer.from('another'), '7')).not.toBe(codeDigits(secret, '7'));
});
