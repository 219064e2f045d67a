import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isHashDated } from '#lib/server/access/password.ts';
import { FORGOTTEN_AFTER_MS, lockAfter } from '#lib/server/access/sign-in-lock.ts';
import { call, type Ask } from '../harness/call.ts';
import { deeds, employ, PASSWORD } from '../harness/people.ts';
import { openShop, type Shop } from '../harness/shop.ts';

let shop: Shop;
beforeEach(async () => {
	shop = await openShop();
});
afterEach(async () => shop.dispose());

/** Each from an address of its own: how often one may ask is another test's subject. */
let address = 0;
const enter = (login: string, password: string, more: object = {}, ask: Ask = {}) =>
	call(shop.backend, 'POST', '/api/v1/login-sessions', {
		body: { by: 'password', login, password, ...more },
		address: `10.0.0.${(address += 1)}`,
		...ask,
	});
const CURRENT = '/api/v1/login-sessions/current';
const who = (cookie: string) => call(shop.backend, 'GET', CURRENT, { cookie });

describe('signing in', () => {
	test('hands the token over in a cookie that no script reads, and nowhere else', async () => {
		await employ(shop.backend);
		const entered = await enter('amina', PASSWORD);
		expect(entered.status).toBe(200);
		expect(entered.json).toMatchObject({ person: { kind: 'operator', login: 'amina' } });
		expect(entered.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict$/);
		const [, token = ''] = entered.cookie?.split('=') ?? [];
		expect(token).toHaveLength(43);
		expect(JSON.stringify(entered.json)).not.toContain(token);
		const rows = await shop.backend.database.selectFrom('login_session').selectAll().execute();
		expect(JSON.stringify(rows)).not.toContain(token);
		expect(JSON.stringify(shop.lines)).not.toContain(token);
		expect(await who(entered.cookie ?? '')).toMatchObject({ status: 200 });
	});

	test('takes the name as a person writes it', async () => {
		await employ(shop.backend);
		expect((await enter(' Amina ', PASSWORD)).status).toBe(200);
	});

	test('gives a program its token, which is of no use as a cookie', async () => {
		await employ(shop.backend);
		const entered = await enter('amina', PASSWORD, { carrier: 'bearer' });
		const { token } = entered.json as { token: string };
		expect(entered.headers.get('set-cookie')).toBeNull();
		const authorization = `Bearer ${token}`;
		expect(await call(shop.backend, 'GET', CURRENT, { headers: { authorization } })).toMatchObject({
			status: 200,
		});
		expect((await who(`tokenline-session=${token}`)).code).toBe('session-ended');
	});

	test('makes a hash of less work anew', async () => {
		const { operatorId } = await employ(shop.backend);
		await enter('amina', PASSWORD);
		const { password_hash: hash } = await shop.backend.database
			.selectFrom('operator')
			.select('password_hash')
			.where('id', '=', operatorId)
			.executeTakeFirstOrThrow();
		expect(isHashDated(hash ?? '')).toBe(false);
		expect((await enter('amina', PASSWORD)).status).toBe(200);
	});

	test('from another site’s page is refused, whatever the password', async () => {
		await employ(shop.backend);
		const elsewhere = { headers: { origin: 'https://elsewhere.example' } };
		expect((await enter('amina', PASSWORD, {}, elsewhere)).code).toBe('cross-site');
	});

	test('is refused to who is suspended, in the words of a wrong password', async () => {
		const { operatorId } = await employ(shop.backend);
		await shop.backend.database
			.updateTable('operator')
			.set({ state: 'suspended' })
			.where('id', '=', operatorId)
			.execute();
		expect((await enter('amina', PASSWORD)).code).toBe('sign-in-failed');
	});

	test('in one utility does not open another', async () => {
		await employ(shop.backend, { utilityId: 'lakeside' });
		await shop.backend.database
			.updateTable('operator')
			.set({ utility_id: await secondUtility() })
			.execute();
		expect((await enter('amina', PASSWORD)).code).toBe('sign-in-failed');
	});

	test('anew on a device ends the session that was there', async () => {
		await employ(shop.backend);
		const first = await enter('amina', PASSWORD);
		await enter('amina', PASSWORD, {}, { cookie: first.cookie ?? '' });
		expect((await who(first.cookie ?? '')).code).toBe('session-ended');
	});
});

async function secondUtility(): Promise<string> {
	const { database } = shop.backend;
	const utility = await database.selectFrom('utility').selectAll().executeTakeFirstOrThrow();
	const other = { ...utility, id: 'hillside', host_name: 'hillside.example' };
	await database.insertInto('utility').values(other).execute();
	return other.id;
}

describe('wrong attempts', () => {
	test('lock the name after five, for a minute, doubling to an hour', () => {
		expect([1, 4, 5, 6, 7, 10, 11, 99].map(lockAfter)).toEqual([
			...[0, 0, 60_000, 120_000, 240_000, 1_920_000, 3_600_000, 3_600_000],
		]);
	});

	test.each([['amina'], ['nobody']])('are answered alike for %s', async (login) => {
		await employ(shop.backend);
		const codes: unknown[] = [];
		for (let at = 0; at < 7; at += 1) codes.push((await enter(login, 'wrong')).code);
		expect(codes).toEqual([
			...Array.from({ length: 5 }, () => 'sign-in-failed'),
			...['locked-out', 'locked-out'],
		]);
		const locked = await enter(login, PASSWORD);
		expect(locked.json).toMatchObject({ code: 'locked-out', facts: { seconds: 60 } });
		expect(await deeds(shop.backend)).toEqual(Array.from({ length: 5 }, () => 'sign-in-failed'));
	});

	test('are forgotten with a right one', async () => {
		await employ(shop.backend);
		for (let at = 0; at < 4; at += 1) await enter('amina', 'wrong');
		expect((await enter('amina', PASSWORD)).status).toBe(200);
		expect((await enter('amina', 'wrong')).code).toBe('sign-in-failed');
	});

	test('go on being counted after the lock, until a day without any', async () => {
		await employ(shop.backend);
		for (let at = 0; at < 5; at += 1) await enter('amina', 'wrong');
		shop.clock.ms += 60_000;
		expect((await enter('amina', 'wrong')).code).toBe('sign-in-failed');
		expect((await enter('amina', 'wrong')).json).toMatchObject({ facts: { seconds: 120 } });
		shop.clock.ms += FORGOTTEN_AFTER_MS;
		expect((await enter('amina', 'wrong')).code).toBe('sign-in-failed');
		expect((await enter('amina', PASSWORD)).status).toBe(200);
	});

	test('made side by side are no more than one after the other', async () => {
		await employ(shop.backend);
		const codes = await Promise.all(
			Array.from({ length: 12 }, async () => (await enter('amina', 'wrong')).code),
		);
		expect(codes.filter((code) => code === 'sign-in-failed')).toHaveLength(5);
		expect(codes.filter((code) => code === 'locked-out')).toHaveLength(7);
	});

	test('leave no name behind: people type their password there too', async () => {
		await enter('hunter2hunter2', 'wrong');
		const { database } = shop.backend;
		const attempts = await database.selectFrom('sign_in_attempt').selectAll().execute();
		const events = await database.selectFrom('audit_event').selectAll().execute();
		expect(attempts).toHaveLength(1);
		expect(JSON.stringify([attempts, events, shop.lines])).not.toContain('hunter2');
	});
});

describe('a session’s token', () => {
	const later = (ms: number) => {
		shop.clock.ms += ms;
	};

	test('is changed after five minutes; the one before is good for a moment, then ends it', async () => {
		await employ(shop.backend);
		const { cookie: first = '' } = await enter('amina', PASSWORD);
		later(300_000);
		const { cookie: second = '' } = await who(first);
		expect(second).not.toBe(first);
		expect(await who(first)).toMatchObject({ status: 200, cookie: undefined });
		expect((await who(second)).status).toBe(200);
		later(30_000);
		expect((await who(first)).code).toBe('session-ended');
		expect(await who(second)).toMatchObject({ code: 'session-ended', cookie: '' });
		expect(await deeds(shop.backend)).toContain('session-ended');
	});

	test('that was lost on its way is not missed', async () => {
		await employ(shop.backend);
		const { cookie: first = '' } = await enter('amina', PASSWORD);
		later(300_000);
		const { cookie: lost = '' } = await who(first);
		later(60_000);
		const { cookie: second = '' } = await who(first);
		expect((await who(second)).status).toBe(200);
		expect((await who(lost)).code).toBe('session-ended');
		expect((await who(second)).status).toBe(200);
	});

	test('is changed once by requests that come together', async () => {
		await employ(shop.backend);
		const { cookie: first = '' } = await enter('amina', PASSWORD);
		later(300_000);
		const answers = await Promise.all([1, 2, 3, 4].map(() => who(first)));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
		expect(answers.filter(({ cookie }) => cookie !== undefined)).toHaveLength(1);
	});

	test('with a change needs a page of ours', async () => {
		await employ(shop.backend);
		const { cookie = '' } = await enter('amina', PASSWORD);
		const leave = (headers: Record<string, string>) =>
			call(shop.backend, 'DELETE', CURRENT, { cookie, headers });
		expect((await leave({ origin: 'null' })).code).toBe('cross-site');
		expect((await leave({ origin: 'http://localhost:4181' })).code).toBe('cross-site');
		expect(await leave({})).toMatchObject({ status: 200, cookie: '' });
		expect((await who(cookie)).code).toBe('session-ended');
	});

	test('that is stale leaves a guest what anybody may do', async () => {
		const cookie = `tokenline-session=${'A'.repeat(43)}`;
		await employ(shop.backend);
		const entered = await enter('amina', PASSWORD, {}, { cookie });
		expect(entered.status).toBe(200);
		expect(entered.cookie).not.toBe('');
	});
});

describe('a password set anew', () => {
	const setOwn = (id: string, cookie: string, body: object) =>
		call(shop.backend, 'PUT', `/api/v1/operators/${id}/password`, { cookie, body });

	test('by its owner needs the present one, and ends the other sessions', async () => {
		const { operatorId } = await employ(shop.backend);
		const { cookie: here = '' } = await enter('amina', PASSWORD);
		const { cookie: there = '' } = await enter('amina', PASSWORD);
		const password = 'a new one, long enough';
		expect((await setOwn(operatorId, here, { password })).code).toBe('sign-in-failed');
		expect((await setOwn(operatorId, here, { password: 'short', present: PASSWORD })).code).toBe(
			'password-weak',
		);
		const set = await setOwn(operatorId, here, { password, present: PASSWORD });
		expect(set.json).toEqual({ ended: 1 });
		expect((await who(here)).status).toBe(200);
		expect((await who(there)).code).toBe('session-ended');
		expect((await enter('amina', PASSWORD)).code).toBe('sign-in-failed');
		expect((await enter('amina', password)).status).toBe(200);
	});

	test('of somebody else is the administrator’s affair', async () => {
		const { operatorId: other } = await employ(shop.backend, { login: 'other' });
		await employ(shop.backend);
		await employ(shop.backend, { login: 'root', roles: ['administrator'] });
		const body = { password: 'a new one, long enough' };
		const { cookie: clerk = '' } = await enter('amina', PASSWORD);
		expect((await setOwn(other, clerk, body)).code).toBe('not-allowed');
		const { cookie: administrator = '' } = await enter('root', PASSWORD);
		expect((await setOwn(other, administrator, body)).status).toBe(200);
		expect((await enter('other', body.password)).status).toBe(200);
	});
});
