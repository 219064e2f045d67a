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

test('a session that is over leaves the till what tills may do', async () => {
	const request = signed('GET', CURRENT);
	request.headers.set('cookie', `tokenline-session=${'A'.repeat(43)}`);
	const arrival = { request, url: new URL(request.url), text: '', address: '192.0.2.1' };
	expect(await identifyCaller(shop.backend, arrival)).toMatchObject({
		caller: { roles: ['terminal'], terminalId: 'T-901' },
		sessionEnded: true,
	});
});
