/** A technician's steps through the screens, for every end-to-end test. Words are the catalogue's own. */
import type { Page } from 'playwright-core';
import { technicianEn as words } from '#lib/core/words/technician.ts';
import { virtualMeterBenchEn } from '#lib/core/words/virtual-meter-bench.ts';
import type { PlantName } from '#lib/core/meter/plants.ts';
import type { LineFaultName } from '#lib/link/line-faults.ts';
import { DEMO_PASSWORD } from '#lib/server/seed/demo-people.ts';
import { eventually } from './eventually.ts';

export const PIN = '538204';

const button = (page: Page, name: string | RegExp) =>
	page.getByRole('button', { name, exact: true });

/** Signs in where there is a network, and chooses a PIN. */
export async function signIn(page: Page, origin: string): Promise<void> {
	await page.goto(`${origin}/technician`);
	await page.getByLabel(words.signIn.login).fill('technician');
	await page.getByLabel(words.signIn.password).fill(DEMO_PASSWORD);
	await button(page, words.signIn.submit).click();
	await page.getByLabel(words.technician.pin.label, { exact: true }).fill(PIN);
	await page.getByLabel(words.technician.pin.again, { exact: true }).fill(PIN);
	await button(page, words.technician.pin.choose).click();
	await inside(page);
}

/** After a reload: nothing but the PIN is asked. */
export async function unlock(page: Page): Promise<void> {
	await page.getByLabel(words.technician.pin.label, { exact: true }).fill(PIN);
	await button(page, words.vault.unlock.submit).click();
	await inside(page);
}

async function inside(page: Page): Promise<void> {
	await button(page, words.technician.bar.lock).waitFor();
}

/** Fetches the jobs and goes to a meter of them. */
export async function fetchJobs(page: Page, origin: string): Promise<void> {
	await page.getByRole('link', { name: words.technician.jobs.title, exact: true }).first().click();
	await page.waitForURL(`${origin}/technician/jobs`);
	const fetching = [words.technician.jobs.fetch, words.technician.jobs.fetchAgain];
	await button(page, new RegExp(`^(${fetching.join('|')})$`)).click();
	await page
		.getByText(/^Good until /)
		.first()
		.waitFor();
}

/** From the jobs to a meter: the page then knows which one is meant. */
export async function goToMeter(page: Page, drn: string): Promise<void> {
	await page.locator(`a[href="/technician?meter=${drn}"]`).first().click();
	await page.getByRole('heading', { name: words.technicianMeter.connect.title }).waitFor();
}

/** Chooses a way to a meter by its name, and waits for the association. */
export async function connectBy(page: Page, name: string | RegExp): Promise<void> {
	await button(page, name).or(page.getByRole('button', { name })).first().click();
	await connected(page);
}

/** An association stands. */
export async function connected(page: Page): Promise<void> {
	await page.getByRole('heading', { name: words.glance.title }).waitFor({ timeout: 60_000 });
}

/** Every answer of the glance has come. */
export async function glanceRead(page: Page): Promise<void> {
	await page.getByText(words.glance.complete).first().waitFor({ timeout: 60_000 });
}

/** What the tokens' screen says of each token, in order. */
export async function phases(page: Page): Promise<string[]> {
	return page
		.locator('li[data-phase]')
		.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-phase') ?? ''));
}

/** Waits until every one of so many tokens has its verdict, and gives the verdicts. */
export async function verdicts(page: Page, tokens: number): Promise<string[]> {
	let all: string[] = [];
	await eventually('every token has a verdict', async () => {
		all = await phases(page);
		return all.length === tokens && all.every((phase) => !UNDER_WAY.includes(phase));
	});
	return all;
}

const UNDER_WAY = ['waiting', 'entering', 'unknown', 'pending'];

/** Hangs a virtual meter of the estate on this device's wall, with these faults planted in it. */
export async function plantMeter(
	page: Page,
	origin: string,
	drn: string,
	plants: readonly PlantName[] = [],
	lineFault: LineFaultName | '' = '',
): Promise<void> {
	await page.goto(`${origin}/virtual-meter/${drn}`);
	await page.getByRole('group', { name: 'Keypad' }).waitFor();
	const bench = page.locator('summary', { hasText: virtualMeterBenchEn.bench.title });
	await bench.click();
	const line = page.getByLabel(virtualMeterBenchEn.bench.lineTitle);
	await line.waitFor();
	const clear = button(page, virtualMeterBenchEn.bench.clear);
	if (await clear.isVisible()) {
		await clear.click();
		await clear.waitFor({ state: 'detached' });
	}
	for (const name of plants) await page.locator(`[data-plant="${name}"]`).check();
	if (lineFault !== '') await line.selectOption(lineFault);
	const planted = plants.length + (lineFault === '' ? 0 : 1);
	if (planted > 0) await clear.waitFor();
}
