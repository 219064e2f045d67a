/**
 * A new version of the app and two tabs of it: no tab offers it, and none takes it, while a person is in the
 * middle of something in any of them; and a page is loaded anew by its own person's tap only.
 */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { Backend } from '../harness/backend.ts';
import { readBooks } from './harness/books.ts';
import { Phone, untilInstalled } from './harness/browser.ts';
import { saleShown, tokenShown } from './harness/consumer.ts';
import { KITCHEN, WORKSHOP } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { Gate } from './harness/gate.ts';
import { nextVersion } from './harness/next-version.ts';
import { approve } from './harness/payer.ts';

const VERSION = 'two-tabs';

let gate: Gate;
let backend: Backend;
let phone: Phone;
let build: string;
let one: Page;
let other: Page;

beforeAll(async () => {
	gate = await Gate.open();
	backend = await Backend.prepared(gate.origin);
	gate.backendPort = backend.port;
	phone = await Phone.start();
	one = await phone.tab();
	await one.goto(gate.origin);
	await untilInstalled(one);
	build = nextVersion(VERSION);
	await backend.kill();
	backend.build = build;
	await backend.start();
	other = await phone.tab();
	for (const page of [one, other]) {
		await page.goto(`${gate.origin}/meter/${page === one ? WORKSHOP : KITCHEN}`);
		await amount(page).waitFor();
	}
});

afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
	await gate?.close();
	if (build) rmSync(build, { recursive: true, force: true });
});

const amount = (page: Page): Locator => page.getByRole('textbox', { name: en.meter.amount.field });
const offer = (page: Page): Locator =>
	page.getByRole('button', { name: en.frame.update.take, exact: true });
const offered = (page: Page): Promise<void> => offer(page).waitFor();
const notOffered = (page: Page): Promise<void> => offer(page).waitFor({ state: 'detached' });

/** To another screen and back: nothing is put above one that somebody reads. */
async function elsewhere(page: Page): Promise<void> {
	await page.getByRole('banner').locator('a[href="/"]').first().click();
	await page.waitForURL((url) => url.pathname === '/');
	await page.goBack();
	await amount(page).waitFor();
}

/** A mark that goes with the page as it is loaded now. */
const mark = (page: Page): Promise<void> =>
	page.evaluate(() => void Object.assign(window, { marked: true }));
const isMarked = (page: Page): Promise<boolean> => page.evaluate(() => 'marked' in window);
const isWaiting = (page: Page): Promise<boolean> =>
	page.evaluate(
		async () => (await navigator.serviceWorker.getRegistration())?.waiting instanceof ServiceWorker,
	);

describe('a new version that waits', () => {
	it('is offered in every tab while nothing is on its way in any', async () => {
		for (const page of [one, other]) {
			await mark(page);
			await eventually('it is offered', async () => {
				await elsewhere(page);
				return (await offer(page).count()) > 0;
			});
		}
		expect(await Promise.all([one, other].map(isMarked))).toEqual([true, true]);
	});

	it('moves nothing when it is offered, and when it is offered no more', async () => {
		const top = () => amount(one).evaluate((field) => field.getBoundingClientRect().top);
		const before = await top();
		await amount(other).fill('300');
		await notOffered(one);
		expect(await top()).toBe(before);
		await amount(other).fill('');
		await offered(one);
		expect(await top()).toBe(before);
	});

	it('is offered in no tab while an amount stands in one, and in all when it is gone', async () => {
		await amount(other).fill('300');
		for (const page of [one, other]) await notOffered(page);
		await amount(other).fill('');
		for (const page of [one, other]) await offered(page);
	});

	it('is offered in no tab from the amount over the payment to the token', async () => {
		await amount(other).fill('300');
		await notOffered(one);
		await other.getByTestId('pay').click();
		const id = await saleShown(other);
		await other.getByTestId('approve').waitFor();
		// The other tab hears that the amount is gone, and that there is a sale in its place, one after the other.
		for (const page of [one, other]) await notOffered(page);
		await approve(gate.origin, readBooks(backend.home, id).paymentId ?? '');
		await tokenShown(other);
		for (const page of [one, other]) await offered(page);
		await other.locator('a[href$="/enter"]').first().click();
		await other.getByTestId('lit-group').waitFor();
		for (const page of [one, other]) await notOffered(page);
		await other.goBack();
		for (const page of [one, other]) await offered(page);
		expect(await Promise.all([one, other].map(isMarked))).toEqual([true, true]);
	});

	it('does not take over by a tap where another tab has begun something that was not heard of yet', async () => {
		await other.evaluate(() => {
			const until = new Promise<void>((resolve) => Object.assign(window, { letGo: resolve }));
			void navigator.locks.request('tokenline-task', { mode: 'shared' }, () => until);
		});
		await offer(one).click();
		await notOffered(one);
		expect(await isWaiting(one)).toBe(true);
		expect(await isMarked(one)).toBe(true);
		await other.evaluate(() => (window as unknown as { letGo: () => void }).letGo());
		await eventually('it is let go', () =>
			other.evaluate(async () => {
				const { held = [] } = await navigator.locks.query();
				return held.every(({ name }) => name !== 'tokenline-task');
			}),
		);
		// Whatever begins and ends next is heard of, and the locks tell the rest.
		await one.bringToFront();
		await amount(one).fill('1');
		await amount(one).fill('');
		await offered(one);
	});
});

describe('a new version that takes over', () => {
	it('loads no page in which an amount was begun since the tap', async () => {
		await one.evaluate(() => {
			const field = document.querySelector<HTMLInputElement>('#amount');
			navigator.serviceWorker.addEventListener('controllerchange', () => {
				if (field) field.value = '250';
				field?.dispatchEvent(new InputEvent('input', { bubbles: true }));
			});
		});
		await offer(one).click();
		await eventually('it has taken over', async () => !(await isWaiting(one)));
		await eventually(
			'the amount stands there',
			async () => (await amount(one).inputValue()) !== '',
		);
		// Neither this tab nor the other one: that one's person was not asked.
		for (const page of [one, other]) await notOffered(page);
		await amount(one).fill('');
		for (const page of [one, other]) await offered(page);
		expect(await Promise.all([one, other].map(isMarked))).toEqual([true, true]);
	});

	it('is loaded in each tab by a tap there, and offered no more', async () => {
		for (const page of [one, other]) {
			await offer(page).click();
			await eventually('the page is another', async () => !(await isMarked(page)));
			await page.getByRole('heading', { level: 1 }).waitFor();
			expect(await offer(page).count()).toBe(0);
		}
		expect(await one.evaluate(() => caches.keys())).toContain(`tokenline-${VERSION}`);
		expect(phone.errors).toEqual([]);
	});
});
