import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperatorAnswer, OperatorRequest } from '#lib/core/sync/wire-people.ts';
import { call } from '../harness/call.ts';
import { deeds, employ, PASSWORD } from '../harness/people.ts';
import { newId, openShop, type Shop } from '../harness/shop.ts';

const SESSIONS = '/api/v1/login-sessions';
const OPERATORS = '/api/v1/operators';

let shop: Shop;
let cookie: string;
let administratorId: string;
beforeEach(async () => {
	shop = await openShop();
	({ operatorId: administratorId } = await employ(shop.backend, {
		...{ login: 'root', roles: ['administrator'] },
	}));
	cookie = await enter('root');
});
afterEach(async () => shop.dispose());

async function enter(login: string, password = PASSWORD): Promise<string> {
	const body = { by: 'password', login, password };
	const entered = await call(shop.backend, 'POST', SESSIONS, { body });
	return entered.cookie ?? '';
}

const CLERK: OperatorRequest = {
	...{ login: 'amina', name: 'Amina O.', vendorId: null, state: 'active' },
	roles: ['office-clerk'],
};
/** As the administrator unless said otherwise. */
const ask = (method: string, path: string, body?: object, as = cookie) =>
	call(shop.backend, method, path, { cookie: as, ...(body && { body }) });
const store = (id: string, asked: object, as = cookie) =>
	ask('PUT', `${OPERATORS}/${id}`, asked, as);
const who = (as: string) => ask('GET', `${SESSIONS}/current`, undefined, as);

describe('an operator', () => {
	test('is made, and the same again changes nothing', async () => {
		const id = newId();
		const made = await store(id, CLERK);
		expect(made.json).toEqual({ id, ...CLERK, hasPassword: false, passkeys: 0 });
		expect((await store(id, CLERK)).json).toEqual(made.json);
		expect((await ask('GET', `${OPERATORS}/${id}`)).json).toEqual(made.json);
		expect((await deeds(shop.backend)).filter((deed) => deed !== 'signed-in')).toEqual([
			'operator-made',
		]);
	});

	test('gets a first password from the administrator, and then signs in', async () => {
		const id = newId();
		await store(id, CLERK);
		expect(await enter('amina')).toBe('');
		await ask('PUT', `${OPERATORS}/${id}/password`, { password: 'four words on paper' });
		const own = await enter('amina', 'four words on paper');
		expect((await who(own)).json).toMatchObject({
			utilityId: 'lakeside',
			person: { kind: 'operator', operatorId: id, roles: ['office-clerk'], vendorId: null },
		});
	});

	test('whose roles are changed has the new ones with the next request', async () => {
		const { operatorId } = await employ(shop.backend, { roles: ['office-clerk'] });
		const own = await enter('amina');
		await store(operatorId, { ...CLERK, roles: ['auditor'] });
		expect((await who(own)).json).toMatchObject({
			person: { roles: ['auditor'] },
		});
		const { facts } = await shop.backend.database
			.selectFrom('audit_event')
			.select('facts')
			.where('action', '=', 'operator-changed')
			.executeTakeFirstOrThrow();
		expect(JSON.parse(facts)).toMatchObject({ before: 'office-clerk', roles: 'auditor' });
	});

	test('who is suspended is signed out at once, and stays so when taken back', async () => {
		const { operatorId } = await employ(shop.backend);
		const own = await enter('amina');
		const whoIsIt = () => who(own);
		await store(operatorId, { ...CLERK, state: 'suspended' });
		expect((await whoIsIt()).code).toBe('session-ended');
		expect(await enter('amina')).toBe('');
		await store(operatorId, CLERK);
		expect((await whoIsIt()).code).toBe('session-ended');
		expect(await enter('amina')).not.toBe('');
	});

	test.each<[string, object, string]>([
		[
			'with duties that do not go together',
			{ roles: ['auditor', 'administrator'] },
			'roles-conflict',
		],
		['of a vendor that is not here', { roles: ['agent'], vendorId: 'nobody' }, 'body-shape'],
		['with a role twice', { roles: ['auditor', 'auditor'] }, 'body-shape'],
		['with a role that nobody is given', { roles: ['terminal'] }, 'body-shape'],
		['without any', { roles: [] }, 'body-shape'],
		['by a name in capitals', { login: 'Amina' }, 'body-shape'],
		['by somebody else’s name', { login: 'root' }, 'login-taken'],
	])('%s is refused', async (_, spoilt, code) => {
		expect((await store(newId(), { ...CLERK, ...spoilt })).code).toBe(code);
	});

	test('whose name two want at once is one, and none fails', async () => {
		const answers = await Promise.all([1, 2, 3, 4].map(() => store(newId(), CLERK)));
		expect(answers.map(({ code }) => code ?? 'made').sort()).toEqual([
			...['login-taken', 'login-taken', 'login-taken', 'made'],
		]);
		const id = newId();
		const same = { ...CLERK, login: 'baraka' };
		const again = await Promise.all([1, 2, 3].map(() => store(id, same)));
		expect(again.map(({ status }) => status)).toEqual([200, 200, 200]);
	});

	test('may be an administrator, but not by their own hand', async () => {
		const own = { ...CLERK, login: 'root', roles: ['key-officer'] };
		expect((await store(administratorId, own)).code).toBe('own-roles');
		expect((await store(newId(), { ...CLERK, roles: ['administrator'] })).status).toBe(200);
	});

	test('of another utility is not found, and not overwritten', async () => {
		const { database } = shop.backend;
		const utility = await database.selectFrom('utility').selectAll().executeTakeFirstOrThrow();
		const other = { ...utility, id: 'hillside', host_name: 'hillside.example' };
		await database.insertInto('utility').values(other).execute();
		const { operatorId } = await employ(shop.backend, { utilityId: 'hillside' });
		expect((await ask('GET', `${OPERATORS}/${operatorId}`)).code).toBe('not-found');
		expect((await store(operatorId, CLERK)).code).toBe('id-reused');
		expect((await ask('DELETE', `${OPERATORS}/${operatorId}/login-sessions`)).code).toBe(
			'not-found',
		);
		expect((await ask('GET', `${OPERATORS}/${operatorId}/login-sessions`)).code).toBe('not-found');
		const password = { password: 'four words on paper' };
		expect((await ask('PUT', `${OPERATORS}/${operatorId}/password`, password)).code).toBe(
			'not-found',
		);
		const { operators } = (await ask('GET', OPERATORS)).json as {
			operators: OperatorAnswer[];
		};
		expect(operators.map(({ id }) => id)).not.toContain(operatorId);
	});

	test('is managed by administrators only', async () => {
		const { operatorId } = await employ(shop.backend, { roles: ['office-manager'] });
		const own = await enter('amina');
		expect((await store(newId(), CLERK, own)).code).toBe('not-allowed');
		expect((await ask('GET', `${OPERATORS}/${operatorId}`, undefined, own)).code).toBe(
			'not-allowed',
		);
		expect(
			(await ask('DELETE', `${OPERATORS}/${administratorId}/login-sessions`, undefined, own)).code,
		).toBe('not-allowed');
	});
});

describe('the list of operators', () => {
	test('comes by login in pages without a gap', async () => {
		const logins = Array.from({ length: 120 }, (_, at) => `zz${String(at).padStart(3, '0')}`);
		for (const login of logins) await employ(shop.backend, { login });
		const page = async (after?: string) =>
			(await ask('GET', after === undefined ? OPERATORS : `${OPERATORS}?after=${after}`)).json as {
				operators: OperatorAnswer[];
				next: string | null;
			};
		const first = await page('zz');
		const second = await page(first.next ?? '');
		expect(first.operators).toHaveLength(100);
		expect([...first.operators, ...second.operators].map(({ login }) => login)).toEqual(logins);
		expect(second.next).toBeNull();
	});
});

describe('sessions from afar', () => {
	test('are seen and ended by the administrator, all or one', async () => {
		const { operatorId } = await employ(shop.backend);
		const [phone, desk] = [await enter('amina'), await enter('amina')];
		const { sessions } = (await ask('GET', `${OPERATORS}/${operatorId}/login-sessions`)).json as {
			sessions: { id: string }[];
		};
		expect(sessions).toHaveLength(2);
		expect(JSON.stringify(sessions)).not.toMatch(/[0-9a-f]{64}/);
		expect((await ask('DELETE', `${SESSIONS}/${sessions[0]?.id}`)).json).toEqual({ ended: 1 });
		expect((await ask('DELETE', `${OPERATORS}/${operatorId}/login-sessions`)).json).toEqual({
			ended: 1,
		});
		expect((await ask('DELETE', `${OPERATORS}/${operatorId}/login-sessions`)).json).toEqual({
			ended: 0,
		});
		for (const own of [phone, desk]) expect((await who(own)).code).toBe('session-ended');
		expect(await deeds(shop.backend)).toEqual(
			expect.arrayContaining(['session-ended', 'sessions-ended']),
		);
	});

	test('of a colleague are nobody else’s affair', async () => {
		await employ(shop.backend);
		await employ(shop.backend, { login: 'baraka' });
		const [amina, baraka] = [await enter('amina'), await enter('baraka')];
		const { id } = (await who(amina)).json as {
			id: string;
		};
		expect((await ask('DELETE', `${SESSIONS}/${id}`, undefined, baraka)).code).toBe('not-allowed');
		expect((await ask('DELETE', `${SESSIONS}/${newId()}`, undefined, baraka)).code).toBe(
			'not-found',
		);
		expect((await ask('DELETE', `${SESSIONS}/${id}`, undefined, amina)).status).toBe(200);
	});
});
