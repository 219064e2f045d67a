/**
 * An agent's first hour in a real browser: the device becomes a till, somebody signs in and chooses a PIN, a
 * shift is opened, and power is sold with the network and without it. The backend is a real one.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { agentEn as own } from '#lib/core/words/agent.ts';
import { DEMO_PASSWORD } from '#lib/server/seed/demo-people.ts';
import { DEMO_NEW_TILL } from '#lib/server/seed/demo-vendors.ts';
import { Backend } from '../harness/backend.ts';
import { ask } from '../server/harness/http-shop.ts';
import { goOffline, goOnline, goToWay, sell, unlockTill } from './harness/agent.ts';
import { objections } from './harness/axe.ts';
import { Phone } from './harness/browser.ts';
import { KITCHEN, WORKSHOP } from './harness/estate.ts';
import { readDevice } from './harness/till-device.ts';

const PIN = '258046';
let backend: Backend;
let phone: Phone;
let page: Page;

beforeAll(async () => {
	backend = await Backend.prepared();
	phone = await Phone.start();
	page = await phone.tab();
	await page.goto(`${backend.origin}/agent`);
});
afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** Money stands with a space that does not break. */
const spaced = (text: string): string => text.replaceAll('\u00a0', ' ');

async function enrolmentCode(): Promise<string> {
	const { origin } = backend;
	const signedIn = await ask(origin, 'POST', '/api/v1/login-sessions', {
		...{ by: 'password', login: 'manager', password: DEMO_PASSWORD, carrier: 'bearer' },
	});
	const path = `/api/v1/terminals/${DEMO_NEW_TILL.id}/enrolment-codes`;
	const { token } = signedIn.json as { token: string };
	const made = await ask(origin, 'POST', path, {}, { authorization: `Bearer ${token}` });
	return (made.json as { code: string }).code;
}

describe('an agent', () => {
	it('makes the device a till, and is let in by a PIN', async () => {
		const code = await enrolmentCode();
		await page.getByLabel(own.agent.enrol.code).fill(`${code.slice(0, -1)}`);
		await button(own.agent.enrol.submit).click();
		await page.getByText(own.desk.enrolRefusals['code-mistyped']).waitFor();
		await page.getByLabel(own.agent.enrol.code).fill(code);
		await button(own.agent.enrol.submit).click();

		await page.getByLabel(own.signIn.login).fill('agent2');
		await page.getByLabel(own.signIn.password).fill(DEMO_PASSWORD);
		await button(own.signIn.submit).click();
		await page.getByLabel(own.pin.label, { exact: true }).fill(PIN);
		await page.getByLabel(own.pin.again).fill(PIN);
		await button(own.pin.choose).click();
		await page.getByText(own.sell.shift.needed).waitFor();
		expect(await objections(page)).toEqual([]);
	});

	it('opens a shift and sells by the keys alone', async () => {
		await button(own.sell.shift.open).click();
		await page.getByText(own.sell.shift.needed).waitFor({ state: 'detached' });
		await page.locator('#meter-number').focus();
		await page.keyboard.type(KITCHEN);
		await page.keyboard.press('Enter');
		await page.locator('#amount:focus').waitFor();
		await page.keyboard.type('200');
		await page.locator('summary', { hasText: /Buys.*kWh/ }).waitFor();
		await page.keyboard.press('Enter');
		await page.locator('#tendered:focus').waitFor();
		await page.keyboard.type('500');
		await page.keyboard.press('Enter');
		await page.getByTestId('token-digits').waitFor();
		await expect
			.poll(() => page.getByTestId('token-digits').innerText())
			.toMatch(/^(?:\d{4}\s+){4}\d{4}$/);
		await expect.poll(() => page.getByTestId('change').innerText()).toContain('300');
		expect(await objections(page)).toEqual([]);
		await page.keyboard.press('Enter');
		await page.locator('#meter-number:focus').waitFor();
	});

	it('is told the small caps of a browser that may throw rows away, and kept to them', async () => {
		const note = page.getByTestId('unkept');
		await note.waitFor();
		expect(spaced(await note.innerText())).toBe(own.sell.unkept.caps('KES 500', 'KES 1,000'));
		await goOffline(phone, page);
		expect(await objections(page)).toEqual([]);
		const before = await readDevice(page);
		expect((await sell(page, { drn: KITCHEN, amount: '501' })).kind).toBe('not-sold');
		await page.getByText(en.problems['offline-sale-cap'].title).waitFor();
		const said = spaced(await page.locator('main').innerText());
		expect(said).toContain(en.problems['offline-sale-cap'].detail({ most: 'KES 500' }));
		expect((await readDevice(page)).entries).toEqual(before.entries);
		await button(own.sell.result.next).click();
		await goOnline(phone, page);
	});

	it('gives a promise and no token without the network, and the token when it is back', async () => {
		await phone.context.setOffline(true);
		await page.getByTestId('recent').first().click();
		await page.locator('#amount').fill('100');
		await button(/^Take KES\s100$/).click();
		await page.getByTestId('take').click();
		await page.getByTestId('provisional').waitFor();
		expect(await page.getByTestId('token-digits').count()).toBe(0);
		expect(await page.locator('main').innerText()).not.toMatch(/(?:\d{4}\s){4}\d{4}/);
		await page
			.getByTestId('glance')
			.getByText(own.agent.glance.waiting('1'), { exact: true })
			.waitFor();
		expect(await objections(page)).toEqual([]);

		await phone.context.setOffline(false);
		await page.getByTestId('glance').getByText(own.agent.glance.tryNow).click();
		await page.getByTestId('token-digits').waitFor();
		await page.getByTestId('glance').getByText(own.agent.glance.allIn).last().waitFor();
		await page.getByTestId('next-sale').click();
	});

	it('is told at once what a bank card is, and sees its sales behind the PIN only', async () => {
		await page.locator('#meter-number').fill('4111111111111111');
		await page.keyboard.press('Enter');
		await page.getByText(en.scan.refusals['bank-card-refused']).waitFor();
		await expect.poll(() => page.locator('#meter-number').inputValue()).toBe('');

		await page.goto(`${backend.origin}/agent/sales`);
		await page.getByLabel(own.pin.label, { exact: true }).fill(PIN);
		await button(own.vault.unlock.submit).click();
		await page.getByLabel(own.sales.search).fill(WORKSHOP);
		await page.getByText(own.sales.noneFound).waitFor();
		await page.getByLabel(own.sales.search).fill(KITCHEN);
		await page
			.getByRole('link', { name: new RegExp(own.sales.states.issued.name) })
			.first()
			.click();
		await page.getByTestId('token-digits').waitFor();
		expect(await objections(page)).toEqual([]);
		expect(phone.errors).toEqual([]);
	});
});

/** The browser's own window of an app and its own promise: nothing of `browser/device` is replaced. */
describe('an agent whose till is an app', () => {
	it('keeps to the small caps until the browser has promised to keep its rows', async () => {
		await phone.stop();
		page = await phone.startAsApp(`${backend.origin}/agent`);
		await unlockTill(page, PIN);
		await goToWay(page, 'sell');
		await page.getByTestId('unkept').waitFor();
		await page.getByTestId('storage-danger').getByText(own.device.banner.notKept).click();
		await storageSays(own.device.storage.installed, own.device.storage.yes);
		await storageSays(own.device.storage.persistent, own.device.storage.no);
		await page.getByText(own.device.storage.notKept).waitFor();
		await capSays('KES 500');
		await phone.agreeToKeep(page);
		await button(own.device.storage.ask).click();
		await page.getByText(own.device.storage.kept).waitFor();
		await storageSays(own.device.storage.persistent, own.device.storage.yes);
		await capSays('KES 2,000');
		expect(await objections(page)).toEqual([]);
	});

	it('then sells without the network as far as the office lets it, and not a shilling more', async () => {
		await goToWay(page, 'sell');
		await page.locator('#meter-number').waitFor();
		expect(await page.getByTestId('unkept').count()).toBe(0);
		expect(await page.getByTestId('storage-danger').count()).toBe(0);
		await goOffline(phone, page);
		expect((await sell(page, { drn: WORKSHOP, amount: '2000' })).kind).toBe('provisional');
		expect((await sell(page, { drn: KITCHEN, amount: '2001' })).kind).toBe('not-sold');
		const said = spaced(await page.locator('main').innerText());
		expect(said).toContain(en.problems['offline-sale-cap'].detail({ most: 'KES 2,000' }));
		await button(own.sell.result.next).click();
		await goOnline(phone, page);
		const { sales } = await readDevice(page);
		expect(sales.filter(({ amountMinor }) => amountMinor === 200_000)).toMatchObject([
			{ state: 'issued' },
		]);
		expect(phone.errors).toEqual([]);
	});
});

const storageSays = (term: string, detail: string) =>
	factSays(own.device.storage.title, term, detail);
const capSays = (perSale: string) =>
	factSays(own.device.caps.title, own.device.caps.perSale, perSale);

/** On the till's own page. */
async function factSays(section: string, term: string, detail: string): Promise<void> {
	const facts = page.locator('section', { has: page.getByRole('heading', { name: section }) });
	const row = facts.locator('div', { has: page.getByText(term, { exact: true }) });
	await row.getByText(detail).last().waitFor();
}
