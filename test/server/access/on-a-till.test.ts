import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { identifyCaller } from '#lib/server/access/identify.ts';
import { enrolledTill, type Till } from '../harness/till.ts';
import { employ, PASSWORD } from '../harness/people.ts';
import { ORIGIN, send } from '../harness/rim.ts';
import { openShop, type Shop } from '../harness/shop.ts';

const SESSIONS = '/api/v1/login-sessions';
const CURRENT = `${SESSIONS}/current`;

let shop: Shop;
let till: Till;
beforeEach(async () => {
	shop = await openShop();
	till = await enrolledTill(shop.backend, 'T-901', { id: 'vendor-1' });
	await enrolledTill(shop.backend, 'T-902', { id: 'vendor-2' });
});
afterEach(async () => shop.dispose());

/** Signed by the till, and with the operator's token beside. */
function signed(method: string, path: string, body?: unknown, token?: string): Request {
	const request = till.request(method, `${ORIGIN}${path}`, body);
	if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
	return request;
}

async function answerTo(request: Request): Promise<Record<string, unknown>> {
	return (await (await send(shop.backend, request)).json()) as Record<string, unknown>;
}

const enter = async (login: string) =>
	answerTo(
		signed('POST', SESSIONS, { by: 'password', login, password: PASSWORD, carrier: 'bearer' }),
	);

async function callerWith(token: string | undefined) {
	const request = signed('GET', CURRENT, undefined, token);
	const arrival = { request, url: new URL(request.url), text: '', address: '192.0.2.1' };
	return await identifyCaller(shop.backend, arrival);
}

describe('a person on a till', () => {
	test('is the till and themselves, when it is their vendor’s', async () => {
		const { operatorId } = await employ(shop.backend, { roles: ['agent'], vendorId: 'vendor-1' });
		const { token } = await enter('amina');
		expect(await callerWith(token as string)).toMatchObject({
			caller: {
				roles: ['terminal', 'agent'],
				...{ operatorId, terminalId: 'T-901', vendorId: 'vendor-1', utilityId: 'lakeside' },
			},
		});
	});

	test('does not get in on the till of another vendor, nor by a session from elsewhere', async () => {
		await employ(shop.backend, { roles: ['agent'], vendorId: 'vendor-2' });
		expect(await enter('amina')).toMatchObject({ code: 'not-allowed' });
		const elsewhere = new Request(`${ORIGIN}${SESSIONS}`, {
			method: 'POST',
			body: JSON.stringify({
				...{ by: 'password', login: 'amina', password: PASSWORD, carrier: 'bearer' },
			}),
		});
		const { token } = await answerTo(elsewhere);
		expect(await callerWith(token as string)).toEqual({ refusal: 'not-allowed' });
	});

	test('is not of the office: a manager signs in at a desk', async () => {
		await employ(shop.backend, { roles: ['office-manager'] });
		expect(await enter('amina')).toMatchObject({ code: 'not-allowed' });
	});
});

test('a till on which nobody is signed in is a till, and has no session to show or end', async () => {
	expect(await callerWith(undefined)).toMatchObject({ caller: { roles: ['terminal'] } });
	expect(await answerTo(signed('GET', CURRENT))).toMatchObject({ code: 'sign-in-needed' });
	expect(await answerTo(signed('DELETE', CURRENT))).toMatchObject({ code: 'sign-in-needed' });
});

describe('a cookie of somebody else’s, which the browser sends beside what the till signs', () => {
	async function cookieOf(login: string): Promise<string> {
		const request = new Request(`${ORIGIN}${SESSIONS}`, {
			method: 'POST',
			headers: { origin: ORIGIN },
			body: JSON.stringify({ by: 'password', login, password: PASSWORD }),
		});
		const answer = await send(shop.backend, request);
		return answer.headers.get('set-cookie')!.split(';')[0]!;
	}
	async function withCookie(cookie: string, method: string, path: string, body?: unknown) {
		const request = signed(method, path, body);
		request.headers.set('cookie', cookie);
		request.headers.set('origin', ORIGIN);
		return await send(shop.backend, request);
	}

	test.each([
		['the office', { roles: ['office-manager'], vendorId: null }],
		['a technician', { roles: ['technician'], vendorId: null }],
		['another vendor', { roles: ['agent'], vendorId: 'vendor-2' }],
	] as const)(
		'of %s: the till hands in, hears how it stands, and signs its agent in',
		async (...[, somebody]) => {
			await employ(shop.backend, { login: 'mandla', ...somebody });
			await employ(shop.backend, { roles: ['agent'], vendorId: 'vendor-1' });
			const cookie = await cookieOf('mandla');
			const statusOf = async (...asked: [string, string, unknown?]) =>
				(await withCookie(cookie, ...asked)).status;
			expect(await statusOf('POST', '/api/v1/journal-batches', { rows: [] })).toBe(200);
			expect(await statusOf('GET', '/api/v1/terminals/current')).toBe(200);
			// Nothing of theirs is the till's: neither what they may do nor their session to end.
			expect(await (await withCookie(cookie, 'GET', CURRENT)).json()).toMatchObject({
				code: 'sign-in-needed',
			});
			expect(await (await withCookie(cookie, 'DELETE', CURRENT)).json()).toMatchObject({
				code: 'sign-in-needed',
			});
			const entered = await withCookie(cookie, 'POST', SESSIONS, {
				...{ by: 'password', login: 'amina', password: PASSWORD },
			});
			expect(await entered.json()).toMatchObject({ person: { login: 'amina' } });
			// The browser has the agent's cookie from here on.
			const agents = entered.headers.get('set-cookie')!.split(';')[0]!;
			expect(agents).not.toBe(cookie);
			expect(await (await withCookie(agents, 'GET', CURRENT)).json()).toMatchObject({
				person: { login: 'amina' },
			});
		},
	);
});

test('a session that is over leaves the till what tills may do', async () => {
	const request = signed('GET', CURRENT);
	request.headers.set('cookie', `tokenline-session=${'A'.repeat(43)}`);
	const arrival = { request, url: new URL(request.url), text: '', address: '192.0.2.1' };
	expect(await identifyCaller(shop.backend, arrival)).toMatchObject({
		caller: { roles: ['terminal'], terminalId: 'T-901' },
		sessionEnded: true,
	});
});
