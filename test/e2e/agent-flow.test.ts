/**
 * A day's odd sales in a real browser: a sealed token without the network, one that comes when its customer has
 * left, a customer's phone, the keys. The backend is a real one.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { agentEn as own } from '#lib/core/words/agent.ts';
import { Backend } from '../harness/backend.ts';
import {
	DAY_TERMS,
	enrol,
	goOffline,
	goOnline,
	goToWay,
	officeMakesCode,
	openAgent,
	openShift,
	sell,
	setTerms,
	signInOperator,
} from './harness/agent.ts';
import { objections } from './harness/axe.ts';
import { Phone } from './harness/browser.ts';
import { KITCHEN, WORKSHOP } from './harness/estate.ts';

const HOUR_MS = 3_600_000;
const LAPTOP = { width: 1366, height: 768 };
const RESERVE = { denominationsMinor: [20_000], sumMinor: 100_000, count: 5, lifeMs: 24 * HOUR_MS };
let backend: Backend;
let phone: Phone;
let page: Page;

beforeAll(async () => {
	backend = await Backend.prepared();
	await setTerms(backend, { ...DAY_TERMS, reserve: RESERVE });
	phone = await Phone.start({ viewport: LAPTOP });
	page = await phone.tab();
	await openAgent(page, backend);
	await enrol(page, await officeMakesCode(backend));
	await signInOperator(page);
	await openShift(page);
});
afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const glance = () => page.getByTestId('glance');

describe('selling', () => {
	it('has a token without the network where one was fetched, and says so before the tap', async () => {
		for (let sold = 0; sold < 2; sold += 1)
			expect((await sell(page, { drn: KITCHEN, amount: '200' })).kind).toBe('issued');
		await goToWay(page, 'till');
		await button(own.device.reserve.fetch).click();
		await page.getByText(own.device.reserve.made('1')).waitFor();
		await goOffline(phone, page);
		await goToWay(page, 'sell');
		await page.getByTestId('next-sale').click();
		await page.getByTestId('recent').first().click();
		await page.locator('#amount').fill('100');
		await page.getByText(own.sell.amount.estimateShort).filter({ visible: true }).first().waitFor();
		expect(await page.getByTestId('sealed').count()).toBe(0);
		await page.locator('#amount').fill('200');
		await page.getByTestId('sealed').filter({ visible: true }).waitFor();
		expect(await objections(page)).toEqual([]);
		await page.keyboard.press('Enter');
		await page.locator('#tendered:focus').waitFor();
		await page.keyboard.press('Enter');
		await button(own.sell.again.yes).click();
		await page.getByTestId('from-sealed').waitFor();
		await expect
			.poll(() => page.getByTestId('token-digits').innerText())
			.toMatch(/^(?:\d{4}\s+){4}\d{4}$/);
		expect(await page.getByTestId('provisional').count()).toBe(0);
		expect(await objections(page)).toEqual([]);
	});

	it('forgets no token that came when its customer had left, and shows it in a list that is open', async () => {
		expect((await sell(page, { drn: WORKSHOP, amount: '100' })).kind).toBe('provisional');
		await page.getByTestId('next-sale').click();
		await goToWay(page, 'sales');
		const rows = page.getByRole('listitem').getByRole('link');
		await rows.filter({ hasText: own.sales.states.provisional.name }).waitFor();
		await goOnline(phone, page);
		// Nobody touched the list.
		await rows.filter({ hasText: own.sales.due.name }).waitFor();
		await glance().getByTestId('arrived').click();
		await rows.filter({ hasText: own.sales.due.name }).click();
		await page.getByTestId('token-digits').waitFor();
		expect(await objections(page)).toEqual([]);
		await page.getByTestId('handed-over').click();
		await page.getByTestId('handed-over').waitFor({ state: 'detached' });
		await glance().getByTestId('arrived').waitFor({ state: 'detached' });
	});

	it('is done by the keys alone, and a phone gets the token too', async () => {
		await goToWay(page, 'sell');
		await page.locator('#meter-number:focus').waitFor();
		await page.keyboard.press('?');
		await page.getByText(own.sell.keys.title).waitFor();
		await page.keyboard.press('Escape');
		await page.getByText(own.sell.keys.title).waitFor({ state: 'detached' });
		await page.locator('#meter-number').focus();
		await page.getByTestId('recent').first().waitFor();
		for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'Enter'])
			await page.keyboard.press(key);
		await page.locator('#amount:focus').waitFor();
		for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
		await page.locator('#amount:focus').waitFor();
		await expect.poll(() => page.locator('#amount').inputValue()).not.toBe('');
		await page.keyboard.press('Enter');
		await page.locator('#tendered:focus').waitFor();
		await page.locator('summary', { hasText: 'phone' }).click();
		await page.locator('#notify-phone').fill('0712 345 678');
		await page.keyboard.press('Enter');
		await page.locator('#notify-phone[aria-invalid="true"]').waitFor();
		await page.locator('#notify-phone').fill('+254 712 345 678');
		await page.keyboard.press('Enter');
		await page.getByTestId('token-digits').waitFor();
		await expect.poll(() => page.getByTestId('sent-to').innerText()).toContain('…5678');
		await page.keyboard.press('Enter');
		await page.locator('#meter-number:focus').waitFor();
		expect(phone.errors).toEqual([]);
	});
});
