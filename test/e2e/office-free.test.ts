/**
 * Who may fetch free electricity by the app, decided at the office’s desk: read by who may not set it, set by who
 * may, in force for a consumer’s phone from the next request on, and in the audit with who it was.
 */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { officeEn } from '#lib/core/words/office.ts';
import type { AuditPage } from '#lib/core/sync/wire-audit.ts';
import { demoMeters } from '#lib/server/seed/demo-estate.ts';
import { DEMO_PASSWORD } from '#lib/server/seed/demo-people.ts';
import { DEMO_UTILITY } from '#lib/server/seed/demo-utility.ts';
import { Backend } from '../harness/backend.ts';
import { objections } from './harness/axe.ts';
import { Phone } from './harness/browser.ts';
import { OfficeDesk } from './harness/office-desk.ts';
import { overflow } from './harness/overflow.ts';

const { office, officeUtility: own, signIn } = officeEn;
const { fbe, problems } = en;
/** A household: a meter of the test estate is nobody’s, and asks nobody for a phone. */
const HOME = demoMeters(0).find(({ isVirtual }) => !isVirtual)?.meter.drn ?? '';

let backend: Backend;
let desk: Phone;
let phone: Phone;
let page: Page;
let consumer: Page;

beforeAll(async () => {
	backend = await Backend.prepared();
	const books = new DatabaseSync(join(backend.home, 'tokenline.db'));
	books.exec('pragma busy_timeout = 5000');
	books.prepare('update account set fbe_deci_kwh = 500 where drn = ?').run(HOME);
	books.close();
	desk = await Phone.start({ viewport: { width: 1366, height: 768 } });
	page = await desk.tab();
	phone = await Phone.start();
	consumer = await phone.tab();
	await page.goto(`${backend.origin}/office`);
});
afterAll(async () => {
	await phone?.dispose();
	await desk?.dispose();
	await backend?.dispose();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const card = () => page.getByTestId('free-by-app');
const choice = (of: keyof typeof own.choices) =>
	card().getByRole('radio', { name: new RegExp(`^${own.choices[of].name}`) });
const lookAtFree = () => consumer.goto(`${backend.origin}/meter/${HOME}/free`);

async function enter(login: string): Promise<void> {
	await page.getByLabel(signIn.login).fill(login);
	await page.getByLabel(signIn.password).fill(DEMO_PASSWORD);
	await button(signIn.submit).click();
	await button(office.signOut).waitFor();
}

/** Who set what, oldest first, as the audit tells it. */
async function settingDeeds(): Promise<{ actor: string; subjectId: string; facts: object }[]> {
	const auditor = await OfficeDesk.of(backend.origin, 'auditor');
	const { entries } = await auditor.get<AuditPage>('audit/events?limit=1000');
	return entries
		.map(({ event }) => event)
		.filter(({ action }) => action === 'utility-settings-set')
		.map(({ actor, subjectId, facts }) => ({ actor, subjectId, facts }));
}

describe('who may fetch free electricity by the app', () => {
	it('is read by a clerk, who sets nothing', async () => {
		await enter('clerk');
		await page.getByText(own.choices.owner.name, { exact: true }).waitFor();
		await page.getByText(own.readOnly).waitFor();
		expect(await card().count()).toBe(0);
		expect(await objections(page)).toEqual([]);
		await button(office.signOut).click();
	});

	it('is set to nobody by a manager, and a household’s phone is told so', async () => {
		await lookAtFree();
		await consumer.getByText(problems['fbe-phone-needed'].title).waitFor();
		await enter('manager');
		await card().waitFor();
		await expect.poll(() => choice('owner').isChecked()).toBe(true);
		await expect.poll(() => button(own.save).isEnabled()).toBe(false);
		await choice('off').check();
		await button(own.save).click();
		await page.getByRole('status').getByText(own.saved).waitFor();
		await expect.poll(() => button(own.save).isEnabled()).toBe(false);
		expect(await objections(page)).toEqual([]);

		await lookAtFree();
		await consumer.getByText(problems['fbe-not-by-app'].title).first().waitFor();
		expect(await consumer.getByTestId('fetch-free').count()).toBe(0);
	});

	it('is what was set when the page is opened anew, and is set by the keyboard alone', async () => {
		await page.setViewportSize({ width: 320, height: 640 });
		await page.reload();
		await card().waitFor();
		await expect.poll(() => choice('off').isChecked()).toBe(true);
		expect(await overflow(page)).toBe(0);
		await choice('off').focus();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowDown');
		await expect.poll(() => choice('anyone').isChecked()).toBe(true);
		await page.keyboard.press('Enter');
		await page.getByRole('status').getByText(own.saved).waitFor();

		await lookAtFree();
		await consumer.getByTestId('fetch-free').click();
		await consumer.getByText(fbe.alsoTold).waitFor();
	});

	it('is in the audit, each time with what was set and by whom', async () => {
		const admin = await OfficeDesk.of(backend.origin, 'admin');
		const { operators } = await admin.get<{ operators: { id: string; login: string }[] }>(
			'operators',
		);
		const manager = operators.find(({ login }) => login === 'manager')?.id;
		const own = { actor: `operator:${manager}`, subjectId: DEMO_UTILITY.id };
		// A deed is told of once a round of the backend has sealed it.
		await expect.poll(settingDeeds).toEqual([
			{ ...own, facts: { fbeByApp: 'off' } },
			{ ...own, facts: { fbeByApp: 'anyone' } },
		]);
		expect(desk.errors).toEqual([]);
		expect(phone.errors).toEqual([]);
	});
});
