/**
 * The technician's job on a phone 360 px wide, with a virtual meter of the page in its worker: the same
 * session, every screen held to axe.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { technicianEn as words } from '#lib/core/words/technician.ts';
import { Backend } from '../harness/backend.ts';
import { objections } from './harness/axe.ts';
import { Phone } from './harness/browser.ts';
import { WORKSHOP } from './harness/estate.ts';
import { holdTable, noteSaid } from './harness/held-store.ts';
import { sellCredit } from './harness/office-desk.ts';
import { pixelsOver } from './harness/overflow.ts';
import {
	connectBy,
	fetchJobs,
	glanceRead,
	goToMeter,
	plantMeter,
	signIn,
	unlock,
	verdicts,
} from './harness/technician.ts';

const VIRTUAL = /0000 0000 026/;
let backend: Backend;
let phone: Phone;
let page: Page;
let wall: Page;

beforeAll(async () => {
	backend = await Backend.prepared();
	await sellCredit(backend.origin, WORKSHOP);
	phone = await Phone.start();
	[wall, page] = [await phone.tab(), await phone.tab()];
	await plantMeter(wall, backend.origin, WORKSHOP);
	await signIn(page, backend.origin);
	await fetchJobs(page, backend.origin);
});

afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
});

const button = (name: string, on = page) => on.getByRole('button', { name, exact: true });
const go = async (path: string) => {
	await page.locator(`a[href="${path}"]:visible`).first().click();
	await page.waitForURL(`**${path}`);
};

/** What is wrong with the screens that were seen, in both lights. */
const unclean: string[] = [];

/** Looks at the screen as it stands. */
async function look(): Promise<void> {
	await page.getByRole('heading', { level: 1 }).first().waitFor();
	const { pathname } = new URL(page.url());
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		for (const objection of await objections(page))
			unclean.push(`${pathname} ${colorScheme}: ${objection}`);
	}
	const overflow = await pixelsOver(page);
	if (overflow > 0) unclean.push(`${pathname} is ${overflow} px wider than the phone`);
}

describe('a technician with a phone', () => {
	it('hands a token to a virtual meter, and every screen on the way is clean', async () => {
		await look();
		await goToMeter(page, WORKSHOP);
		await look();
		await connectBy(page, VIRTUAL);
		await glanceRead(page);
		await look();
		await go('/technician/tokens');
		await look();
		await button(words.technicianTokens.deliver('1')).click();
		expect(await verdicts(page, 1)).toEqual(['accepted']);
		await look();
		await go('/technician');
		await go('/technician/readings');
		await button(words.technicianMeter.readings.read).click();
		await button(words.technicianMeter.readings.again).waitFor();
		await look();
		for (const tool of ['engineering', 'bench', 'frames', 'doctor', 'journal', 'device']) {
			await go('/technician/tools');
			await go(`/technician/${tool}`);
			await look();
		}
		await go('/technician/tools');
		await look();
		expect([...new Set(unclean)]).toEqual([]);
		expect(phone.errors).toEqual([]);
	});

	it('is not told that nothing was done before the journal is read', async () => {
		await page.reload();
		await unlock(page);
		const letGo = await holdTable(page, 'tokenline-technician', 'journal');
		await go('/technician/journal');
		await page.getByRole('heading', { level: 1 }).waitFor();
		const denials = await page.getByText(words.technician.journal.none).count();
		await letGo();
		expect(denials).toBe(0);
		await page.getByText(words.field.entries['token-delivery']).first().waitFor();
	});

	it('is not told of no jobs behind the PIN where there are some', async () => {
		await go('/technician/jobs');
		await page
			.getByText(/^Good until /)
			.first()
			.waitFor();
		const wasDenied = await noteSaid(page, words.technician.jobs.none);
		await button(words.technician.bar.lock).click();
		await unlock(page);
		await page
			.getByText(/^Good until /)
			.first()
			.waitFor();
		expect(await wasDenied()).toBe(false);
	});
});
