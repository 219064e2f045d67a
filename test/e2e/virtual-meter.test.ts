/** The virtual meter as a product: its make, its hands, its logs, its test bench, on a phone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { virtualMeterBenchEn as bench } from '#lib/core/words/virtual-meter-bench.ts';
import { Backend } from '../harness/backend.ts';
import { objections } from './harness/axe.ts';
import { Phone } from './harness/browser.ts';
import { KITCHEN, WORKSHOP } from './harness/estate.ts';

let backend: Backend;
let phone: Phone;
let page: Page;
beforeAll(async () => {
	backend = await Backend.prepared();
	phone = await Phone.start();
	page = await phone.tab();
});
afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
});

const twin = () => page.locator('[data-lcd=twin]').innerText();
const fold = (title: string) => page.locator('summary', { hasText: title }).click();
const choose = (label: string, choice: string) =>
	page.getByRole('group', { name: label }).getByText(choice, { exact: true }).click();
const untilTwin = (part: string | RegExp) =>
	page.locator('[data-lcd=twin]', { hasText: part }).waitFor({ state: 'attached' });

describe('a virtual meter', () => {
	it('is hung up in the make that is chosen', async () => {
		await page.goto(`${backend.origin}/virtual-meter`);
		await page
			.locator(`[data-drn="${KITCHEN}"]`)
			.getByRole('link', { name: en.virtualMeter.list.chooseMake })
			.click();
		await page.locator('[data-action=hang-up]').waitFor();
		expect(await objections(page)).toEqual([]);
		await choose(bench.factory.phases.label, bench.factory.phases[3]);
		await choose(bench.factory.rates.label, bench.factory.rates[8]);
		await page.locator('[data-action=hang-up]').click();
		await untilTwin('Rate ');
		await expect.poll(() => page.getByRole('slider', { name: /^Load on L/ }).count()).toBe(3);
	});

	it('lends emergency credit once there is none', async () => {
		await page.locator('[data-action=emergency]').click();
		// Some seconds later the first of it is used.
		await untilTwin(/Emergency credit (5\.00|4\.9\d) kWh\./);
		await untilTwin('Power flows on L1, L2, L3.');
		expect(await objections(page)).toEqual([]);
	});

	it('notes a magnet, cuts off, and remembers after it is gone', async () => {
		await fold(bench.hands.title);
		await page.locator('[data-tamper=magnetic-field]').click();
		await untilTwin('Tamper alarm.');
		await untilTwin('Supply off.');
		await page.locator('[data-tamper=magnetic-field][aria-pressed=true]').click();
		await page.locator('[data-tamper=magnetic-field][aria-pressed=false]').waitFor();
		await untilTwin('Tamper alarm.');
		await fold(bench.logs.title);
		await page.getByText(bench.logs.kinds.fraud, { exact: true }).click();
		const lines = page.locator('[data-log=fraud] li');
		await lines.nth(1).waitFor();
		await expect
			.poll(() => lines.first().innerText())
			.toContain(en.virtualMeter.log.events['tamper-ended']);
	});

	it('goes back to the factory for another make, and shows no credit where one pays later', async () => {
		await fold(bench.factory.title);
		await choose(bench.factory.payment.label, bench.factory.payment.credit);
		await page.getByRole('button', { name: en.virtualMeter.factory.ask }).click();
		await page.locator('[data-action=factory-reset]').click();
		await untilTwin('Used 0.');
		expect(await page.locator('[data-action=emergency]').count()).toBe(0);
		expect(await twin()).not.toContain('Credit');
	});

	it('opens and closes by its button where that is let', async () => {
		await choose(bench.hands.mode, bench.hands.modes.hand);
		await page.getByRole('button', { name: bench.hands.open }).click();
		await page.getByText(bench.hands.reasons['open-ready']).first().waitFor();
		await page.getByRole('button', { name: bench.hands.close }).click();
		await page.locator('[data-relay=closed]').waitFor();
	});

	it('has faults planted, shown while they are, and taken away', async () => {
		await fold(bench.bench.title);
		await page.locator('[data-plant=credits-twice]').click();
		await page.getByLabel(bench.bench.lineTitle).selectOption('echo');
		await page.locator('summary', { hasText: bench.bench.active('2') }).waitFor();
		expect(await objections(page)).toEqual([]);
		await page.reload();
		await page.locator('summary', { hasText: bench.bench.active('2') }).click();
		await expect.poll(() => page.locator('[data-plant=credits-twice]').isChecked()).toBe(true);
		await page.getByRole('button', { name: bench.bench.clear }).click();
		await page.getByText(bench.bench.warning).waitFor({ state: 'detached' });
		await expect.poll(() => page.getByLabel(bench.bench.lineTitle).inputValue()).toBe('');
	});

	it('is the usual one where nobody chooses, and leads a technician on', async () => {
		await page.goto(`${backend.origin}/virtual-meter/${WORKSHOP}`);
		await untilTwin('Credit 0.00 kWh.');
		const link = page.getByRole('link', { name: en.virtualMeter.page.technician });
		await expect.poll(() => link.getAttribute('href')).toBe(`/technician?virtual=${WORKSHOP}`);
		await expect
			.poll(() => page.getByRole('slider', { name: en.virtualMeter.load.label }).count())
			.toBe(1);
	});

	it('says that the choice of makes is not here, and has it once the page is loaded again', async () => {
		const bare = await Phone.start({ serviceWorkers: false });
		try {
			const tab = await bare.tab();
			await tab.goto(`${backend.origin}/virtual-meter/${WORKSHOP}`);
			await tab.locator('[data-lcd=twin]').waitFor({ state: 'attached' });
			await tab.getByRole('link', { name: en.virtualMeter.page.back }).click();
			const makes = tab
				.locator(`[data-drn="${KITCHEN}"]`)
				.getByRole('link', { name: en.virtualMeter.list.chooseMake });
			await makes.waitFor();
			// Both screens are here; what the choice is made of is a part of its own.
			await tab.route('**/_app/immutable/**', (route) => route.abort());
			await makes.click();
			await tab.getByText(en.virtualMeter.page.moreFailed).waitFor();
			expect(await objections(tab)).toEqual([]);
			await tab.unroute('**/_app/immutable/**');
			await tab.getByRole('button', { name: en.frame.failure.reload }).click();
			await tab.locator('[data-action=hang-up]').waitFor();
			expect(bare.errors).toEqual([]);
		} finally {
			await bare.dispose();
		}
	});

	it('leaves nothing on the console', () => {
		expect(phone.errors).toEqual([]);
	});
});
