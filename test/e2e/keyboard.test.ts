/**
 * Everything by the keys alone: a consumer from the meter to the token, the coach and the doctor, in English and
 * from right to left; the sheets, which give the focus back; and an agent's till, where Esc goes back one step.
 * Nothing here is ever tapped.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { agentEn } from '#lib/core/words/agent.ts';
import { en } from '#lib/core/words/catalogue.ts';
import { Backend } from '../harness/backend.ts';
import {
	enrol,
	fillFloat,
	officeMakesCode,
	openAgent,
	setTerms,
	signInOperator,
} from './harness/agent.ts';
import { PHONE, Phone, untilInstalled } from './harness/browser.ts';
import { tokenShown } from './harness/consumer.ts';
import { HOUSE_EA11, KITCHEN } from './harness/estate.ts';
import { Keys } from './harness/keys.ts';
import { speak, SPOKEN } from './screens/consumer-walk.ts';

let backend: Backend;
beforeAll(async () => {
	backend = await Backend.prepared();
});
afterAll(async () => {
	await backend?.dispose();
});

describe.each([
	{ language: 'en', size: PHONE },
	{ language: 'ar', size: PHONE },
	{ language: 'ar', size: { width: 1366, height: 768 } },
] as const)('a consumer, in $language, $size.width px wide', ({ language, size }) => {
	const words = SPOKEN[language];
	let phone: Phone;
	let page: Page;
	let keys: Keys;
	beforeAll(async () => {
		phone = await Phone.start({ viewport: size });
		page = await phone.tab();
		keys = new Keys(page);
		await speak(page, backend.origin, language);
	});
	afterAll(async () => {
		await phone?.dispose();
	});

	const heading = (title: string) =>
		page.getByRole('heading', { level: 1, name: title, exact: true });
	const button = (name: string) => page.getByRole('button', { name, exact: true });
	const field = (name: string) => page.getByRole('textbox', { name, exact: true });

	it('begins with the way past the header', async () => {
		await page.goto(backend.origin);
		await field(words.topUp.field).waitFor();
		await keys.to(page.getByRole('link', { name: words.frame.skip }));
		await keys.press('Enter');
		await keys.on(page.locator('#main'));
		await keys.to(field(words.topUp.field));
	});

	it('is told of a wrong number where it was typed', async () => {
		await page.keyboard.type('00000000019');
		await keys.press('Enter');
		await page.getByText(words.problems['meter-check-digit'].detail({})).waitFor();
		await keys.on(field(words.topUp.field));
	});

	it('chooses the meter, the amount, and pays', async () => {
		for (let digits = 0; digits < 20; digits += 1) await keys.press('Backspace');
		await page.keyboard.type(KITCHEN);
		await keys.press('Enter');
		await keys.changedTo(heading(words.meter.title));
		await keys.to(field(words.meter.amount.field));
		// Of the quick picks, and back to the field.
		await keys.press('Tab');
		await keys.press(' ');
		await page.locator('button[aria-pressed=true]').waitFor();
		await keys.to(field(words.meter.amount.field), 'Shift+Tab');
		await keys.press('ControlOrMeta+a');
		await page.keyboard.type('200');
		await page.getByText(words.waterfall.energy).last().waitFor();
		await keys.to(page.getByTestId('pay'));
		await keys.press('Enter');
		await keys.changedTo(page.getByTestId('approve'));
		await keys.to(page.getByTestId('approve'));
		await keys.press('Enter');
		await page.waitForURL(/\/sandbox\/pay\//);
		const approve = page.locator('button[formaction="?approved"]');
		// The provider's page has no screen of ours to be on.
		for (let stops = 0; stops < 5; stops += 1) {
			await keys.press('Tab');
			if (await approve.evaluate((one) => one === document.activeElement)) break;
		}
		await keys.press('Enter');
		await page.waitForURL(/\/purchases\//);
		expect(await tokenShown(page)).toMatch(/^\d{20}$/);
	});

	it('is led through the digits by the coach', async () => {
		const start = page.getByRole('link', { name: words.coach.start });
		await keys.to(start);
		await keys.press('Enter');
		await keys.changedTo(page.getByTestId('lit-group'));
		// By its place: two groups may have the same digits.
		const atGroup = (place: number) =>
			page.getByText(words.coach.group(String(place), '5'), { exact: true }).waitFor();
		await atGroup(1);
		// The arrows go on and back, wherever the focus is.
		await keys.press('ArrowRight');
		await atGroup(2);
		await keys.press('ArrowLeft');
		await atGroup(1);
		await keys.to(page.getByTestId('next-group'));
		for (const place of [2, 3, 4, 5]) {
			await keys.press(place % 2 === 0 ? ' ' : 'Enter');
			await atGroup(place);
			await keys.on(page.getByTestId('next-group'));
		}
		await keys.press('Enter');
		await keys.changedTo(page.locator('[data-answer=refused]'));
		await keys.on(page.getByRole('heading', { name: words.coach.enter.title }));
	});

	it('is asked by the doctor until a cause is found', async () => {
		const { rejectDoctor: doctor } = words;
		await keys.to(page.locator('[data-answer=refused]'));
		await keys.press('Enter');
		await keys.changedTo(heading(doctor.saying.title));
		await keys.to(page.locator('[data-saying=wrong-token]'));
		await keys.press('Enter');
		await keys.changedTo(heading(doctor.typed.title));
		await keys.to(field(doctor.typed.field));
		// Nothing is no digits: said, and the focus stays.
		await keys.press('Enter');
		await page.getByText(doctor.typed.empty).waitFor();
		await keys.on(field(doctor.typed.field));
		await keys.to(button(doctor.typed.unknown));
		await keys.press(' ');
		await keys.changedTo(heading(doctor.meter.title));
		// One step back, and on again.
		await keys.to(button(doctor.stepBack));
		await keys.press('Enter');
		await keys.changedTo(heading(doctor.typed.title));
		await keys.to(button(doctor.typed.unknown));
		await keys.press('Enter');
		await keys.changedTo(heading(doctor.meter.title));
		await keys.to(field(words.topUp.field));
		await page.keyboard.type(KITCHEN);
		await keys.press('Enter');
		await keys.changedTo(page.locator('[data-cause], [data-next]').first());
		await keys.to(page.locator('[data-next] a, [data-next] button').first());
	});

	it('opens the sheets and comes back from them', async () => {
		await page.goto(backend.origin);
		const sheet = page.getByRole('dialog');
		const openers = [
			page.getByRole('button', { name: words.frame.language.choose('') }),
			page.getByTestId('usual-meter').first().locator('xpath=following-sibling::button'),
			page.getByTestId('scan'),
		];
		for (const opener of openers) {
			await keys.to(opener);
			await keys.press('Enter');
			await keys.changedTo(sheet);
			// All of it is reached, and nothing but it.
			for (let stops = 0; stops < 3; stops += 1) await keys.press('Tab');
			expect(await page.locator(':focus:not(dialog *)').count()).toBe(0);
			await keys.press('Escape');
			await sheet.waitFor({ state: 'detached' });
			await keys.on(opener);
		}
	});

	it('is on the screen still when what was pressed is gone', async () => {
		const sheet = page.getByRole('dialog');
		const usual = page.getByTestId('usual-meter');
		await keys.to(usual.first().locator('xpath=following-sibling::button'), 'Shift+Tab');
		await keys.press('Enter');
		await keys.changedTo(sheet);
		await keys.to(sheet.getByRole('button', { name: words.topUp.manage.forget }));
		await keys.press('Enter');
		await sheet.waitFor({ state: 'detached' });
		await usual.waitFor({ state: 'detached' });
		await keys.changedTo(heading(words.topUp.title));

		await page.goto(`${backend.origin}/meter/${KITCHEN}/use`);
		await keys.to(field(words.use.reading.field));
		await page.keyboard.type('12');
		await keys.press('Enter');
		const remove = button(words.use.reading.remove);
		await keys.to(remove);
		await keys.press('Enter');
		await remove.waitFor({ state: 'detached' });
		await keys.changedTo(heading(words.use.title));
	});

	it('keeps the focus while a question is on its way, and after an answer of no', async () => {
		await page.goto(`${backend.origin}/claim`);
		await keys.to(field(words.topUp.field));
		await page.keyboard.type(KITCHEN);
		await keys.to(field(words.claim.field));
		await page.keyboard.type('98765430');
		const ask = button(words.claim.ask);
		await keys.to(ask);
		await keys.press('Enter');
		await page.getByRole('alert').or(page.locator('[aria-invalid=true]')).first().waitFor();
		await keys.changedTo(heading(words.claim.title));
	});

	it('is lost nowhere', () => {
		expect([...new Set(keys.found)]).toEqual([]);
		expect(phone.errors).toEqual([]);
	});
});

describe('an agent at the till', () => {
	let laptop: Phone;
	let page: Page;
	let keys: Keys;
	beforeAll(async () => {
		await setTerms(backend);
		await fillFloat(backend, 1_000_000);
		laptop = await Phone.start({ viewport: { width: 1366, height: 768 } });
		page = await laptop.tab();
		keys = new Keys(page);
		await openAgent(page, backend);
		await untilInstalled(page);
		await enrol(page, await officeMakesCode(backend));
		await signInOperator(page);
	});
	afterAll(async () => {
		await laptop?.dispose();
	});

	const meter = () => page.locator('#meter-number');
	const amount = () => page.locator('#amount');

	async function sellFor(text: string): Promise<void> {
		await keys.on(meter());
		await page.keyboard.type(HOUSE_EA11);
		await keys.press('Enter');
		await keys.on(amount());
		await page.keyboard.type(text);
		await keys.press('Enter');
		await page.locator('#tendered').waitFor();
		await keys.press('Enter');
	}

	it('is on the screen after a way that led to where it began', async () => {
		const way = page.getByRole('link', { name: en.frame.sell, exact: true });
		await keys.to(way.filter({ visible: true }), 'Shift+Tab');
		await keys.press('Enter');
		await keys.changedTo(meter());
		await keys.to(meter());
	});

	it('comes back to the field from the list of keys', async () => {
		await keys.on(meter());
		await keys.press('?');
		await page.getByRole('dialog', { name: agentEn.sell.keys.title }).waitFor();
		await keys.press('Escape');
		await page.getByRole('dialog').waitFor({ state: 'detached' });
		await keys.on(meter());
	});

	it('comes back to the amount where nothing was sold', async () => {
		// No shift is open.
		await sellFor('150');
		await page.getByText(agentEn.sell.result.notSold.nothing).waitFor();
		await keys.on(page.locator('[data-first]'));
		await keys.press('Escape');
		await keys.on(amount());
		await expect.poll(() => amount().inputValue()).toBe('150');
		await keys.press('Escape');
		await keys.on(meter());
	});

	it('comes back to the money from the question about the same sale', async () => {
		await sellFor('150');
		await keys.on(page.locator('[data-first]'));
		// The shift is opened, and it is sold.
		await keys.press('Enter');
		await page.getByTestId('token-digits').waitFor();
		await keys.on(page.getByTestId('next-sale'));
		await keys.press('Enter');
		await sellFor('150');
		await page.getByRole('dialog', { name: agentEn.sell.again.title }).waitFor();
		await keys.press('Escape');
		await page.getByRole('dialog').waitFor({ state: 'detached' });
		await page.locator('[data-first]:focus').waitFor();
		await keys.press('Escape');
		await keys.on(amount());
	});

	it('threw nothing', () => {
		expect(laptop.errors).toEqual([]);
	});
});
