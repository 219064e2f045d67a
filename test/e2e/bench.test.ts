/** The gateway's test bench on a technician's phone: a meter made for the run, a fault planted in it, found. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { technicianEn } from '#lib/core/words/technician.ts';
import { DEMO_PASSWORD } from '#lib/server/seed/demo-people.ts';
import { Backend } from '../harness/backend.ts';
import { objections } from './harness/axe.ts';
import { Phone } from './harness/browser.ts';

const own = technicianEn.bench;
const { signIn, technician } = technicianEn;
const PIN = '493817';
let backend: Backend;
let phone: Phone;
let page: Page;

beforeAll(async () => {
	backend = await Backend.prepared();
	phone = await Phone.start();
	page = await phone.tab();
	await page.goto(`${backend.origin}/technician/bench`);
	await page.getByLabel(signIn.login).fill('technician');
	await page.getByLabel(signIn.password).fill(DEMO_PASSWORD);
	await button(signIn.submit).click();
	await page.getByLabel(technician.pin.label, { exact: true }).fill(PIN);
	await page.getByLabel(technician.pin.again).fill(PIN);
	await button(technician.pin.choose).click();
	await page.getByRole('heading', { name: own.title }).waitFor();
});
afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
/** Of the bench: what stands around it is its own screen's concern. */
const ours = async () => (await objections(page)).filter((each) => !each.startsWith('region'));

describe('the test bench', () => {
	it('says what a run changes before it begins', async () => {
		await page.getByText(own.choose.plant).click();
		await page.getByLabel(own.plants['credits-twice']).check();
		expect(await ours()).toEqual([]);
		expect(await fits()).toBe(true);
		await button(own.choose.go).click();
		await page.getByText(own.changes['wipes-credit']).waitFor();
		await page.getByText(own.changes['changes-key']).waitFor();
	});

	it('finds the planted fault, and no other, without a long task', async () => {
		await page.evaluate(() => {
			const page = globalThis as unknown as { longTasks: number };
			page.longTasks = 0;
			new PerformanceObserver((list) => {
				page.longTasks += list.getEntries().length;
			}).observe({ type: 'longtask' });
		});
		await button(own.confirm.start).click();
		await page.getByText(own.result.failed(1)).first().waitFor({ timeout: 60_000 });
		await page
			.getByText(own.result.counts(40, 1, 0, 0))
			.first()
			.waitFor();
		const failed = page.getByRole('listitem').filter({ hasText: own.verdicts.failed });
		await expect.poll(() => failed.count()).toBe(1);
		await expect.poll(() => failed.innerText()).toContain(own.cases['credit-counted'].title);
		await expect.poll(() => failed.innerText()).toContain('20.00 kWh');
		expect(await ours()).toEqual([]);
		expect(await fits()).toBe(true);
	});

	it('shows the frames of the failure when asked', async () => {
		const frames = page.locator('details').filter({ hasText: 'Frames' });
		await frames.locator('summary').click();
		await expect.poll(() => frames.innerText()).toContain('current_credit_amount');
		await expect.poll(() => frames.innerText()).toContain('(token, not shown)');
	});

	it('gives the report as a file and as paper', async () => {
		const download = page.waitForEvent('download');
		await button(own.result.save).click();
		expect((await download).suggestedFilename()).toMatch(/^gateway-bench-00000000018-.*\.json$/);
		await page.emulateMedia({ media: 'print' });
		const paper = () => page.locator('body').innerText();
		await expect.poll(async () => (await paper()).trim().startsWith(own.report.title)).toBe(true);
		expect(await paper()).toContain('Tokenline virtual meter 1');
		await page.emulateMedia({ media: 'screen' });
		expect(phone.errors).toEqual([]);
	});
});
