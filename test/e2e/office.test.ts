/**
 * The office's page in a real browser: by password, then by a passkey of a virtual authenticator; and a
 * proposal that a second person agrees to.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { officeEn } from '#lib/core/words/office.ts';
import { DEMO_PASSWORD } from '#lib/server/seed/demo-people.ts';
import { Backend } from '../harness/backend.ts';
import { ask } from '../server/harness/http-shop.ts';
import { newId } from '../server/harness/shop.ts';
import { Phone } from './harness/browser.ts';
import { KITCHEN } from './harness/estate.ts';

const own = { ...officeEn.office, signIn: officeEn.signIn };
let backend: Backend;
let phone: Phone;
let page: Page;

beforeAll(async () => {
	backend = await Backend.prepared();
	phone = await Phone.start();
	page = await phone.tab();
	const devtools = await phone.context.newCDPSession(page);
	await devtools.send('WebAuthn.enable');
	await devtools.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
			...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
		},
	});
	await page.goto(`${backend.origin}/office`);
});
afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });

async function enter(login: string, password: string): Promise<void> {
	await page.getByLabel(own.signIn.login).fill(login);
	await page.getByLabel(own.signIn.password).fill(password);
	await button(own.signIn.submit).click();
}

/** Somebody at another desk. */
async function token(login: string): Promise<string> {
	const body = { by: 'password', login, password: DEMO_PASSWORD, carrier: 'bearer' };
	const answer = await ask(backend.origin, 'POST', '/api/v1/login-sessions', body);
	return (answer.json as { token: string }).token;
}

describe('the office', () => {
	it('says that name and password do not fit, and whom they fit', async () => {
		await enter('manager', 'not the password');
		await page.getByRole('alert').getByText(en.problems['sign-in-failed'].title).waitFor();
		await enter('manager', DEMO_PASSWORD);
		await page.getByText(/Ruth Wambui · office manager/).waitFor();
		const cookies = await phone.context.cookies();
		expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Strict', path: '/' }]);
		await page.reload();
		await page.getByText(/Ruth Wambui/).waitFor();
	});

	it('registers a passkey, and signs in by it without a name', async () => {
		await button(own.passkeys.add).click();
		await button(own.passkeys.remove).waitFor();
		await button(own.signOut).click();
		await button(own.signIn.passkey).click();
		await page.getByText(/Ruth Wambui/).waitFor();
		await button(own.passkeys.remove).waitFor();
	});

	it('shows what a colleague proposes, and does it when it is agreed to', async () => {
		const authorization = `Bearer ${await token('clerk')}`;
		const id = newId();
		const wish = { kind: 'free-issue', drn: KITCHEN, energyDeciKwh: 50 };
		const proposal = { reason: 'The meter was tested and lost its credit', wish };
		const headers = { authorization };
		await ask(backend.origin, 'PUT', `/api/v1/approvals/${id}`, proposal, headers);
		await button(own.proposals.again).click();
		await page.getByText(proposal.reason).waitFor();
		await button(own.proposals.approve).click();
		await page.getByText(own.proposals.none).waitFor();
		const vend = await ask(backend.origin, 'GET', `/api/v1/vends/${id}`, undefined, headers);
		expect(vend.json).toMatchObject({ state: 'issued' });
	});

	it('is over everywhere when the administrator says so', async () => {
		const headers = { authorization: `Bearer ${await token('admin')}` };
		const { json } = await ask(backend.origin, 'GET', '/api/v1/operators', undefined, headers);
		const { operators } = json as { operators: { id: string; login: string }[] };
		const manager = operators.find(({ login }) => login === 'manager')?.id;
		const path = `/api/v1/operators/${manager}/login-sessions`;
		await ask(backend.origin, 'DELETE', path, undefined, headers);
		await button(own.proposals.again).click();
		await page.getByRole('alert').getByText(en.problems['session-ended'].title).waitFor();
		await page.getByLabel(own.signIn.login).waitFor();
		expect(phone.errors).toEqual([]);
	});
});
