/**
 * The technician's job on a phone 360 px wide, with a virtual meter of the page in its worker: the same
 * session, every screen held to axe, a doctor who names what is planted, and meters that answer badly.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlantName } from '#lib/core/meter/plants.ts';
import { technicianEn as words } from '#lib/core/words/technician.ts';
import type { LineFaultName } from '#lib/link/line-faults.ts';
import { Backend } from '../harness/backend.ts';
import { objections } from './harness/axe.ts';
import { Phone } from './harness/browser.ts';
import { WORKSHOP } from './harness/estate.ts';
import { OfficeDesk, sellCredit } from './harness/office-desk.ts';
import {
	connectBy,
	connected,
	fetchJobs,
	glanceRead,
	goToMeter,
	plantMeter,
	signIn,
	takeLongTasks,
	unlock,
	verdicts,
	watchLongTasks,
} from './harness/technician.ts';

const VIRTUAL = /0000 0000 026/;
/** A busy machine makes any task long: what none of so many readings is without is the page's own. */
const READINGS = 3;

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
	await page?.screenshot({ path: '/tmp/shots/phone.png' }); // SCRATCH

	await phone?.dispose();
	await backend?.dispose();
});

const button = (name: string, on = page) => on.getByRole('button', { name, exact: true });
const go = async (path: string) => {
	await page.locator(`a[href="${path}"]:visible`).first().click();
	await page.waitForURL(`**${path}`);
};

async function connect(): Promise<void> {
	await page.bringToFront();
	await goToMeterAgain();
	await connectBy(page, VIRTUAL);
}

async function goToMeterAgain(): Promise<void> {
	await go('/technician/jobs');
	await goToMeter(page, WORKSHOP);
}

async function disconnect(): Promise<void> {
	await page.getByRole('button', { name: words.technicianMeter.card.show }).click();
	await button(words.technicianMeter.card.disconnect).click();
	await page.getByRole('button', { name: words.technicianMeter.card.close }).click();
}

/** What axe says of the screen as it stands, in both lights. */
async function expectClean(): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		expect(await objections(page), `${page.url()} ${colorScheme}`).toEqual([]);
	}
	const overflow = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
	);
	expect(overflow, `${page.url()} is wider than the phone`).toBe(0);
}

describe('a technician with a phone', () => {
	it('hands a token to a virtual meter, and every screen on the way is clean', async () => {
		await expectClean();
		await goToMeter(page, WORKSHOP);
		await expectClean();
		await connectBy(page, VIRTUAL);
		await glanceRead(page);
		await expectClean();
		await go('/technician/tokens');
		await expectClean();
		await button(words.technicianTokens.deliver('1')).click();
		expect(await verdicts(page, 1)).toEqual(['accepted']);
		await expectClean();
		await go('/technician');
		await go('/technician/readings');
		await button(words.technicianMeter.readings.read).click();
		await page.getByRole('img').or(page.locator('svg[role]')).first().waitFor();
		await expectClean();
		for (const tool of ['engineering', 'frames', 'doctor', 'journal', 'device']) {
			await go('/technician/tools');
			await go(`/technician/${tool}`);
			await page.getByRole('heading', { level: 1 }).waitFor();
			await expectClean();
		}
		await go('/technician/tools');
		await expectClean();
		await wall.reload();
		expect(phone.errors).toEqual([]);
	});
});
