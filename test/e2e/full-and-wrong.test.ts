/** A phone full of data, and one that woke up in 1970 or in 2099: a true sentence, and a right balance. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { DEMO_UTILITY } from '#lib/server/seed/demo-utility.ts';
import { Backend } from '../harness/backend.ts';
import { countVends, readBooks } from './harness/books.ts';
import { Phone } from './harness/browser.ts';
import { approveOnScreen, askFor, saleShown, tokenShown } from './harness/consumer.ts';
import { KITCHEN } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { approve } from './harness/payer.ts';

let backend: Backend;

beforeAll(async () => {
	backend = await Backend.prepared();
});
afterAll(() => backend?.dispose());

const full = en.keeping.troubles['no-space'];

describe('a full phone', () => {
	let phone: Phone;
	let page: Page;
	let id: string;

	beforeAll(async () => {
		// A service worker would be as full as the page; only a page can be made so at once.
		phone = await Phone.start({ serviceWorkers: false });
		page = await phone.tab();
		await page.goto(backend.origin);
	});
	afterAll(() => phone?.dispose());

	/** The browser itself gives this origin next to no room; null: as much as there is. It may take it half a minute. */
	async function setQuota(quotaSize: number | null): Promise<void> {
		const session = await phone.context.newCDPSession(page);
		await session.send('Storage.overrideQuotaForOrigin', {
			origin: backend.origin,
			...(quotaSize !== null && { quotaSize }),
		});
	}

	/** From now on every write of this page meets what a full disk makes of it, at once; or none does. */
	async function setFull(isFull: boolean): Promise<void> {
		await page.evaluate((full) => {
			const prototype = IDBObjectStore.prototype as unknown as Record<string, unknown>;
			const kept = ((globalThis as Record<string, unknown>)['ownWrites'] ??= {
				...{ put: prototype['put'], add: prototype['add'] },
			}) as Record<string, unknown>;
			const fail = () => {
				throw new DOMException('full', 'QuotaExceededError');
			};
			for (const name of ['put', 'add']) prototype[name] = full ? fail : kept[name];
		}, isFull);
	}

	it('at the tap: nothing is sent, nothing is paid, and it says what to do', async () => {
		const before = countVends(backend.home, KITCHEN);
		await setQuota(1);
		await page.goto(`${backend.origin}/meter/${KITCHEN}`);
		await page.getByRole('textbox', { name: en.meter.amount.field }).fill('200');
		await page.getByTestId('pay').click();
		const said = page.getByRole('alert').filter({ hasText: en.meter.notStored.title });
		await said.waitFor();
		const text = await said.textContent();
		for (const sentence of [en.meter.notStored.detail, full.why, full.todo])
			expect(text).toContain(sentence);
		expect(countVends(backend.home, KITCHEN)).toBe(before);
		await setQuota(null);
		const pay = page.getByTestId('pay');
		await eventually(
			'there is room again',
			async () => {
				if (await pay.isVisible()) await pay.click({ timeout: 1_000 });
				return /purchases/.test(page.url());
			},
			60_000,
		);
		id = await saleShown(page);
		expect(countVends(backend.home, KITCHEN)).toBeLessThanOrEqual(before + 1);
		expect(await page.getByRole('alert').count()).toBe(0);
	});

	it('while the token comes: it is said, the token is not lost, and comes when there is room', async () => {
		await page.getByTestId('approve').waitFor();
		await setFull(true);
		await approve(backend.origin, readBooks(backend.home, id).paymentId ?? '');
		await page.getByTestId('keep-trouble').getByText(full.why).waitFor();
		expect(await page.getByTestId('token-digits').count()).toBe(0);
		await setFull(false);
		const token = await tokenShown(page);
		expect(readBooks(backend.home, id)).toMatchObject({ tokens: [token], booked: 1 });
		await page.getByTestId('keep-trouble').waitFor({ state: 'detached' });
	});

	it('at the keypad: the coach goes on, and says that it keeps nothing', async () => {
		await page.getByRole('link', { name: en.coach.start }).click();
		const lit = page.getByTestId('lit-group');
		await lit.waitFor();
		const first = await lit.textContent();
		await setFull(true);
		await page.getByTestId('next-group').click();
		await page.getByTestId('keep-trouble').getByText(full.why).waitFor();
		await page.waitForFunction(
			(was) => document.querySelector('[data-testid=lit-group]')?.textContent !== was,
			first,
		);
		await setFull(false);
		await page.getByTestId('next-group').click();
		await page.getByTestId('keep-trouble').waitFor({ state: 'detached' });
	});

	it('threw nothing', () => {
		expect(phone.errors).toEqual([]);
	});
});

describe.each([
	['1970', 3_600_000],
	['2099', Date.UTC(2099, 5, 1)],
])('a phone that woke up in %s', (year, wrongMs) => {
	let phone: Phone;
	let page: Page;

	beforeAll(async () => {
		phone = await Phone.start();
		await phone.context.clock.install({ time: wrongMs });
		page = await phone.tab();
	});
	afterAll(() => phone?.dispose());

	it('tops up as any other, and dates by the backend’s time', async () => {
		const id = await askFor(page, backend.origin, KITCHEN, '200');
		expect(await page.evaluate(() => new Date().getUTCFullYear())).toBe(Number(year));
		await approveOnScreen(page);
		const token = await tokenShown(page);
		expect(readBooks(backend.home, id)).toMatchObject({
			...{ vends: 1, tokens: [token], booked: 1, ledgerSum: 0 },
		});
		await page.getByText(en.receipt.title, { exact: true }).click();
		// As a date has it: a token's digits may be any year.
		const inYear = (its: string) => `, ${its}, `;
		const thisYear = new Intl.DateTimeFormat('en', {
			...{ year: 'numeric', timeZone: DEMO_UTILITY.time_zone },
		}).format(Date.now());
		const receipt = page.locator('details').filter({ hasText: en.receipt.title });
		await expect.poll(() => receipt.textContent()).toContain(inYear(thisYear));
		expect(await receipt.textContent()).not.toContain(inYear(year));
		await page.goto(`${backend.origin}/purchases`);
		const row = page.locator(`a[href="/purchases/${id}"]`);
		await row.waitFor();
		await expect.poll(() => row.textContent()).toMatch(/now|minutes? ago/);
	});

	it('runs the coach’s waits', async () => {
		await page.locator('a[href^="/purchases/"]').first().click();
		await page.getByRole('link', { name: en.coach.start }).click();
		const lit = page.getByTestId('lit-group');
		await lit.waitFor();
		for (let group = 0; group < 5; group += 1) await page.getByTestId('next-group').click();
		await page.locator('[data-answer]').first().waitFor();
	});

	it('threw nothing', () => {
		expect(phone.errors).toEqual([]);
	});
});
