/** A device that becomes a till in a real browser, and lets its operator in. */
import type { Page } from 'playwright-core';
import { agentEn as own } from '#lib/core/words/agent.ts';
import { DEMO_PASSWORD } from '#lib/server/seed/demo-people.ts';
import { DEMO_NEW_TILL } from '#lib/server/seed/demo-vendors.ts';
import { ask } from '../../server/harness/http-shop.ts';

export const TILL_PIN = '258046';

async function tokenOfOffice(origin: string): Promise<Record<string, string>> {
	const signedIn = await ask(origin, 'POST', '/api/v1/login-sessions', {
		...{ by: 'password', login: 'manager', password: DEMO_PASSWORD, carrier: 'bearer' },
	});
	const { token } = signedIn.json as { token: string };
	return { authorization: `Bearer ${token}` };
}

/** The office's one-time code for the demo's new till. */
export async function enrolmentCode(origin: string): Promise<string> {
	const path = `/api/v1/terminals/${DEMO_NEW_TILL.id}/enrolment-codes`;
	const made = await ask(origin, 'POST', path, {}, await tokenOfOffice(origin));
	return (made.json as { code: string }).code;
}

/** What the office lets the new till's vendor do without a network. */
export async function setTerms(origin: string, change: object): Promise<void> {
	const path = `/api/v1/vendors/${DEMO_NEW_TILL.vendorId}/offline-terms`;
	const office = await tokenOfOffice(origin);
	const before = await ask(origin, 'GET', path, undefined, office);
	const { terms } = before.json as { terms: object };
	const set = await ask(origin, 'PUT', path, { ...terms, ...change }, office);
	if (set.status !== 200) throw new Error(JSON.stringify(set.json));
}

/** Enrolled, signed in, with a PIN and an open shift: ready for the first sale. */
export async function openTill(page: Page, origin: string): Promise<void> {
	const button = (name: string) => page.getByRole('button', { name, exact: true });
	await page.goto(`${origin}/agent`);
	await page.getByLabel(own.agent.enrol.code).fill(await enrolmentCode(origin));
	await button(own.agent.enrol.submit).click();
	await page.getByLabel(own.signIn.login).fill('agent2');
	await page.getByLabel(own.signIn.password).fill(DEMO_PASSWORD);
	await button(own.signIn.submit).click();
	await page.getByLabel(own.pin.label, { exact: true }).fill(TILL_PIN);
	await page.getByLabel(own.pin.again).fill(TILL_PIN);
	await button(own.pin.choose).click();
	await button(own.sell.shift.open).click();
	await page.getByText(own.sell.shift.needed).waitFor({ state: 'detached' });
}
