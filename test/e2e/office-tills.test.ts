/**
 * The office's screens for tills in a real browser, against the real backend: a code that makes a device a
 * till, what an agent may do without a network, money paid in, a file that is none, a revocation.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { officeEn } from '#lib/core/words/office.ts';
import type { OfflineTermsAnswer } from '#lib/core/sync/wire-till.ts';
import type { TerminalList } from '#lib/core/sync/wire-terminals.ts';
import { DEMO_PASSWORD } from '#lib/server/seed/demo-people.ts';
import { DEMO_NEW_TILL } from '#lib/server/seed/demo-vendors.ts';
import { Backend } from '../harness/backend.ts';
import { ask } from '../server/harness/http-shop.ts';
import { newId } from '../server/harness/shop.ts';
import { Till } from '../server/harness/till.ts';
import { objections } from './harness/axe.ts';
import { Phone } from './harness/browser.ts';
import { OfficeDesk } from './harness/office-desk.ts';

const { office, officeTills, officeAgents, officeJournals, signIn } = officeEn;
const LAPTOP = { width: 1366, height: 768 };
const HOUR_MS = 3_600_000;
const AGENT = 'Market Corner Shop';

let backend: Backend;
let phone: Phone;
let page: Page;
let desk: OfficeDesk;
const till = new Till(DEMO_NEW_TILL.id);

beforeAll(async () => {
	backend = await Backend.prepared();
	phone = await Phone.start({ viewport: LAPTOP });
	page = await phone.tab();
	desk = await OfficeDesk.of(backend.origin, 'manager');
	await page.goto(`${backend.origin}/office/tills`);
});
afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const way = (name: string) => page.getByRole('link', { name, exact: true });

async function enter(login: string): Promise<void> {
	await page.getByLabel(signIn.login).fill(login);
	await page.getByLabel(signIn.password).fill(DEMO_PASSWORD);
	await button(signIn.submit).click();
	await button(office.signOut).waitFor();
}

async function stateOfTill(): Promise<string | undefined> {
	const { terminals } = await desk.get<TerminalList>('terminals');
	return terminals.find(({ id }) => id === till.id)?.state;
}

describe('the office’s tills', () => {
	it('are behind one sign-in, which offers no ways before', async () => {
		await page.getByLabel(signIn.login).waitFor();
		expect(await way(en.frame.tills).count()).toBe(0);
		await enter('manager');
		await page.getByText('T-001', { exact: true }).waitFor();
		expect(await objections(page)).toEqual([]);
	});

	it('are given a code, shown once, with which a device becomes the till', async () => {
		await button(officeTills.code.makeFor(till.id)).click();
		const code = page.getByTestId('enrolment-code');
		await code.waitFor();
		expect(await objections(page)).toEqual([]);
		const text = (await code.innerText()).replace(/\s+/g, '-');
		expect(text).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-./);
		await button(officeTills.code.done).click();
		await code.waitFor({ state: 'detached' });
		const enrolled = await ask(
			backend.origin,
			'POST',
			'/api/v1/terminal-enrolments',
			till.enrolment(text),
		);
		expect(enrolled).toMatchObject({ status: 200, json: { terminalId: till.id } });
		expect(await stateOfTill()).toBe('active');
	});

	it('are made for an agent, and none twice', async () => {
		await button(officeTills.new.open).click();
		await page.getByLabel(officeTills.new.id).fill('T-001');
		await page.getByLabel(officeTills.new.agent).selectOption({ label: AGENT });
		await page.getByLabel(officeTills.new.name).fill('Counter 2');
		await button(officeTills.new.make).click();
		await page.getByText(officeTills.new.wrong.taken).waitFor();
		await page.locator('input:focus[aria-invalid=true]').waitFor();
		await page.getByLabel(officeTills.new.id).fill('t-5');
		await button(officeTills.new.make).click();
		await page.getByText(officeTills.made('T-5')).waitFor();
		await page.getByText('Counter 2', { exact: true }).waitFor();
	});
});

describe('an agent at the office', () => {
	it('has money paid in, once for each banking reference', async () => {
		await way(en.frame.agents).click();
		await page.getByRole('link', { name: AGENT }).click();
		await page.getByLabel(officeAgents.payIn.amount('KES')).fill('2500');
		await page.getByLabel(officeAgents.payIn.reference).fill('SLIP 1');
		await button(officeAgents.payIn.submit).click();
		await page.getByText(/2,500 is paid in/).waitFor();
		await page.getByLabel(officeAgents.payIn.amount('KES')).fill('2500');
		await page.getByLabel(officeAgents.payIn.reference).fill('SLIP 1');
		await button(officeAgents.payIn.submit).click();
		await page.getByRole('alert').getByText(en.problems['banking-reference-used'].title).waitFor();
	});

	it('is let do so much without a network, and the backend knows it', async () => {
		const own = officeAgents.terms;
		await page.getByLabel(own.queued.on).setChecked(true);
		const kept = page.getByRole('group', { name: own.queued.title });
		await kept.getByLabel(own.fields.perSale('KES')).fill('1500');
		await kept.getByLabel(own.fields.sum('KES')).fill('900');
		await kept.getByLabel(own.fields.count).fill('15');
		await kept.getByLabel(own.fields.hours).fill('48');
		const unkept = page.getByRole('group', { name: own.unkept.title });
		await unkept.getByLabel(own.fields.perSale('KES')).fill('100');
		await unkept.getByLabel(own.fields.sum('KES')).fill('200');
		await unkept.getByLabel(own.fields.count).fill('2');
		await unkept.getByLabel(own.fields.hours).fill('4');
		await button(own.save).click();
		await page.getByText(own.wrong['more-than-sum']).waitFor();
		await kept.getByLabel(own.fields.sum('KES')).fill('9000');
		await page.getByLabel(own.reserve.on).setChecked(true);
		await page.getByLabel(own.fields.denominations('KES')).fill('200 100');
		await button(own.save).click();
		await page.getByText(own.saved).waitFor();
		await page
			.getByTestId('terms-since')
			.getByText(/Ruth Wambui/)
			.waitFor();
		expect(await objections(page)).toEqual([]);
		const set = await desk.get<OfflineTermsAnswer>(
			`vendors/${DEMO_NEW_TILL.vendorId}/offline-terms`,
		);
		expect(set.terms).toMatchObject({
			queued: { perSaleMinor: 150_000, sumMinor: 900_000, count: 15, ageMs: 48 * HOUR_MS },
			unkept: { perSaleMinor: 10_000, sumMinor: 20_000, count: 2, ageMs: 4 * HOUR_MS },
			reserve: { denominationsMinor: [10_000, 20_000] },
		});
	});
});

describe('the journals at the office', () => {
	const choose = (name: string, text: string) =>
		page.getByTestId('journal-file').setInputFiles({
			...{ name, mimeType: 'application/json', buffer: Buffer.from(text) },
		});

	it('take no file that is none, and none of a till that is not ours', async () => {
		await way(en.frame.journals).click();
		await page.getByText(officeJournals.alarms.none, { exact: true }).waitFor();
		await choose('holiday.json', 'not a journal');
		await page
			.getByRole('alert')
			.getByText(officeJournals.imports.refused['not-json'].title)
			.waitFor();
		const foreign = {
			...{ format: 'tokenline till journal', version: 1, exportedAtMs: Date.now() },
			...{ terminalId: 'T-004', deviceId: newId(), entries: [{ sequence: 1 }] },
		};
		await choose('foreign.json', JSON.stringify(foreign));
		await button(officeJournals.imports.submit('1')).click();
		await page.getByRole('alert').getByText(officeJournals.imports.notOurs.title).waitFor();
		expect(await objections(page)).toEqual([]);
	});
});

describe('a till that is revoked', () => {
	it('is off at once, after somebody read what that means', async () => {
		await way(en.frame.tills).click();
		await button(officeTills.revoke.openFor(till.id)).click();
		await page.getByText(officeTills.revoke.means[1] as string).waitFor();
		const sheet = page.getByRole('dialog');
		await sheet.getByRole('button', { name: officeTills.revoke.confirm(till.id) }).click();
		await page.getByText(officeTills.revoke.done(till.id)).waitFor();
		expect(await stateOfTill()).toBe('revoked');
		const asked = await fetch(till.request('GET', `${backend.origin}/api/v1/vendors/current`));
		expect(await asked.json()).toMatchObject({ code: 'terminal-revoked' });
	});

	it('is nothing that a clerk is offered', async () => {
		await button(office.signOut).click();
		await enter('clerk');
		await way(en.frame.agents).waitFor();
		expect(await way(en.frame.tills).count()).toBe(0);
		await page.getByText(office.notForYou.title).waitFor();
		await way(en.frame.agents).click();
		await page.getByRole('link', { name: AGENT }).click();
		await page.getByText(officeAgents.terms.readOnly).waitFor();
		await button(officeAgents.payIn.submit).waitFor();
		expect(phone.errors).toEqual([]);
	});
});
