/** A person chooses a language: every screen speaks it, from right to left where it is read so, offline too. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { AudienceFiles } from '#lib/core/sync/audiences.ts';
import { AUDIENCE_TABLE } from '#lib/core/sync/audiences.ts';
import { ar } from '#lib/core/words/ar/catalogue.ts';
import { en, type Words } from '#lib/core/words/catalogue.ts';
import { LANGUAGE_FACTS, LANGUAGES, type Language } from '#lib/core/units/languages.ts';
import { sw } from '#lib/core/words/sw/catalogue.ts';
import { Backend } from '../harness/backend.ts';
import { objections } from './harness/axe.ts';
import { Phone, untilInstalled } from './harness/browser.ts';
import { tokenShown } from './harness/consumer.ts';
import { KITCHEN } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { overflow } from './harness/overflow.ts';

let backend: Backend;
let phone: Phone;

beforeAll(async () => {
	backend = await Backend.prepared();
	phone = await Phone.start();
});

afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
});

/** Chooses on the first screen, from a page that speaks `from`. */
async function choose(page: Page, from: Words, language: Language): Promise<void> {
	await page.goto(backend.origin);
	const opener = from.frame.language.choose('');
	await page.getByRole('button', { name: opener }).click();
	await page.getByRole('button', { name: LANGUAGE_FACTS[language].name }).click();
}

const tongue = (page: Page) =>
	page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir }));

describe.each([
	['sw', en, sw, 'ltr'],
	['ar', sw, ar, 'rtl'],
] as const)('a person who reads %s', (language, before, words, dir) => {
	it('chooses it, and every step to the token speaks it', async () => {
		const page = await phone.tab();
		await choose(page, before, language);
		await page.getByRole('heading', { level: 1, name: words.topUp.title }).waitFor();
		expect(await tongue(page)).toEqual({ lang: language, dir });
		await page.getByText(words.topUp.virtual.title).waitFor();
		expect(await objections(page)).toEqual([]);
		expect(await overflow(page)).toBe(0);

		await page.goto(`${backend.origin}/meter/${KITCHEN}`);
		await page.getByRole('heading', { level: 1, name: words.meter.title }).waitFor();
		await page.getByRole('textbox', { name: words.meter.amount.field }).fill('500');
		await page.getByText(words.waterfall.energy).last().waitFor();
		expect(await objections(page)).toEqual([]);
		expect(await overflow(page)).toBe(0);

		await page.getByTestId('pay').click();
		await page.getByTestId('approve').click();
		await page.waitForURL(/\/sandbox\/pay\//);
		await page.getByRole('button', { name: /approve/i }).click();
		await page.waitForURL(/\/purchases\//);
		expect(await tokenShown(page)).toMatch(/^\d{20}$/);
		await page
			.getByRole('heading', { level: 1, name: words.purchase.stories.issued.title })
			.waitFor();
		expect(await objections(page)).toEqual([]);
		expect(await overflow(page)).toBe(0);

		const lefts = await page
			.getByTestId('token-digits')
			.locator('span')
			.evaluateAll((groups) =>
				groups.slice(0, 2).map((group) => group.getBoundingClientRect().left),
			);
		expect(lefts[0]).toBeLessThan(lefts[1] ?? 0);
		await page.close();
	});

	it('keeps its sentences for the time without a network, and no others', async () => {
		const page = await phone.tab();
		await page.goto(backend.origin);
		await untilInstalled(page);
		const table = (await page.evaluate(
			async (path) => (await fetch(path)).json() as unknown,
			`/${AUDIENCE_TABLE}`,
		)) as AudienceFiles;
		/** Whether every file is kept that this language alone needs. */
		const isKept = (each: Language): Promise<boolean> => {
			const others = LANGUAGES.filter((other) => other !== each);
			const own = table.languages[each].filter((name) =>
				others.every((other) => !table.languages[other].includes(name)),
			);
			expect(own).not.toEqual([]);
			return page.evaluate(
				async (names) =>
					(await Promise.all(names.map((name) => caches.match(`/${name}`)))).every(Boolean),
				own,
			);
		};
		await eventually(`the sentences in ${language} are kept`, () => isKept(language));
		expect(await isKept('fr')).toBe(false);
		await page.close();

		await phone.setOffline(true);
		const cold = await phone.tab();
		await cold.goto(`${backend.origin}/purchases`);
		await cold.getByRole('heading', { level: 1, name: words.purchase.list.title }).waitFor();
		expect(await tongue(cold)).toEqual({ lang: language, dir });

		await choose(cold, words, 'fr');
		await cold.getByText(words.frame.language.notHere(LANGUAGE_FACTS.fr.name)).waitFor();
		await cold.reload();
		await cold.getByRole('heading', { level: 1, name: words.topUp.title }).waitFor();
		expect(await tongue(cold)).toEqual({ lang: language, dir });
		await phone.setOffline(false);
		await cold.close();
	});

	it('finds the technician’s screens in English, from left to right, and comes back to its own', async () => {
		const page = await phone.tab();
		await page.goto(`${backend.origin}/virtual-meter/${KITCHEN}`);
		await page.getByRole('group', { name: words.virtualMeter.keypad.label }).waitFor();
		expect(await objections(page)).toEqual([]);
		expect(await overflow(page)).toBe(0);
		await page.getByRole('link', { name: words.virtualMeter.page.technician }).click();
		await page.waitForURL(/\/technician/);
		await eventually('the page is English', async () => (await tongue(page)).lang === 'en');
		expect(await tongue(page)).toEqual({ lang: 'en', dir: 'ltr' });
		await page.goBack();
		await page.getByRole('group', { name: words.virtualMeter.keypad.label }).waitFor();
		expect(await tongue(page)).toEqual({ lang: language, dir });
		expect(phone.errors).toEqual([]);
		await page.close();
	});
});

it('names every language in itself on the choice', async () => {
	const page = await phone.tab();
	await page.goto(backend.origin);
	await page.getByRole('button', { name: ar.frame.language.choose('') }).press('Enter');
	for (const language of LANGUAGES)
		await page.getByRole('button', { name: LANGUAGE_FACTS[language].name, exact: true }).waitFor();
	expect(await objections(page)).toEqual([]);
	await page.close();
});

it('sells offline in Arabic as in English', async () => {
	const page = await phone.tab();
	await page.goto(backend.origin);
	await untilInstalled(page);
	await phone.setOffline(true);
	await page.goto(`${backend.origin}/meter/${KITCHEN}`);
	await page.getByRole('textbox', { name: ar.meter.amount.field }).fill('200');
	await page.getByTestId('pay').click();
	await page.waitForURL(/\/purchases\/[0-9a-f-]{36}$/);
	await page.getByRole('heading', { name: ar.purchase.stories.queuedOffline.title }).waitFor();
	expect(await objections(page)).toEqual([]);
	await phone.setOffline(false);
	await page.close();
});
