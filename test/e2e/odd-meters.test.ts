/**
 * Meters that answer as no meter should, at the end of a technician's session in a real browser: each ends in
 * a name on the screen, within its time, and the page goes on.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlantName } from '#lib/core/meter/plants.ts';
import { technicianEn as words } from '#lib/core/words/technician.ts';
import { Backend } from '../harness/backend.ts';
import { Phone } from './harness/browser.ts';
import { WORKSHOP } from './harness/estate.ts';
import { longTasksDuring } from './harness/long-tasks.ts';
import {
	connectBy,
	fetchJobs,
	glanceRead,
	goToMeter,
	plantMeter,
	signIn,
	unlock,
} from './harness/technician.ts';

const READINGS = 3;
const VIRTUAL = /Virtual meter 0000 0000 026/;
let backend: Backend;
let laptop: Phone;
let page: Page;
let wall: Page;

beforeAll(async () => {
	backend = await Backend.prepared();
	laptop = await Phone.start({ viewport: { width: 1366, height: 768 } });
	[wall, page] = [await laptop.tab(), await laptop.tab()];
	await plantMeter(wall, backend.origin, WORKSHOP);
	await signIn(page, backend.origin);
	await fetchJobs(page, backend.origin);
});

afterAll(async () => {
	await laptop?.dispose();
	await backend?.dispose();
});

/** A fresh page before the meter, as after a reload: whatever session there was has ended with the old one. */
async function standBefore(plants: readonly PlantName[]): Promise<void> {
	await page.goto('about:blank');
	await plantMeter(wall, backend.origin, WORKSHOP, plants);
	await page.bringToFront();
	await page.goto(`${backend.origin}/technician/jobs`);
	await unlock(page);
	await goToMeter(page, WORKSHOP);
}

describe('a meter', () => {
	it.each([
		['answers-rubbish', words.connecting.failures['association-failed'].title],
		['half-an-answer', words.connecting.failures['no-answer'].title],
	] as const)('with %s is refused by name', async (plant, title) => {
		await standBefore([plant]);
		await page.getByRole('button', { name: VIRTUAL }).click();
		await page.getByRole('alert').getByText(title).first().waitFor({ timeout: 60_000 });
		expect(laptop.errors).toEqual([]);
	});

	it('whose clock is in 2099 is read, and its clock is named', async () => {
		await standBefore(['clock-in-2099']);
		await connectBy(page, VIRTUAL);
		await glanceRead(page);
		await page.getByText(/2099/).first().waitFor();
		expect(laptop.errors).toEqual([]);
	});

	it('with two thousand objects is read without one long task', async () => {
		await standBefore(['huge-object-list']);
		await connectBy(page, VIRTUAL);
		const noted = [await longTasksDuring(page, () => glanceRead(page))];
		// A busy machine makes any task longer: what one of a few readings is without is the page's own doing.
		while (noted.at(-1)?.length !== 0 && noted.length < READINGS) {
			const again = page.getByRole('button', { name: words.glance.again, exact: true });
			noted.push(
				await longTasksDuring(page, async () => {
					await again.click();
					await page.getByText(words.glance.complete).first().waitFor({ state: 'detached' });
					await glanceRead(page);
				}),
			);
		}
		expect(noted).toContainEqual([]);
		expect(laptop.errors).toEqual([]);
	});
});

it('a long task of a page is noted', async () => {
	const work = () =>
		page.evaluate(() => {
			let sum = 0;
			for (let at = 0; at < 60_000_000; at += 1) sum = (sum + at) % 7;
			return sum;
		});
	expect(await longTasksDuring(page, work)).not.toEqual([]);
});
