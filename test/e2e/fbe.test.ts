/**
 * Free electricity from a consumer's phone: told of, fetched, keyed in; without a network, from two tabs and
 * two devices, in the next month, and where the account's phone has to be shown first.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { ar } from '#lib/core/words/ar/catalogue.ts';
import { en } from '#lib/core/words/catalogue.ts';
import { DEMO_UTILITY } from '#lib/server/seed/demo-utility.ts';
import { demoMeters } from '#lib/server/seed/demo-estate.ts';
import { Backend } from '../harness/backend.ts';
import { objections } from './harness/axe.ts';
import { readBooks } from './harness/books.ts';
import { Phone, untilInstalled } from './harness/browser.ts';
import { keyIn, saleShown, tokenShown } from './harness/consumer.ts';
import { COTTAGE, HOUSE_EA07, HOUSE_EA11, KITCHEN, WORKSHOP } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { overflow } from './harness/overflow.ts';

const { fbe, problems, purchase } = en;
const DAY_MS = 86_400_000;
/** A household of the demo, not of the test estate. */
const HOME = demoMeters(0).find(({ isVirtual }) => !isVirtual)?.meter.drn ?? '';
const OWN_PHONE = '+254711000001';

let backend: Backend;
let phone: Phone;
let neighbour: Phone;

beforeAll(async () => {
	backend = await Backend.prepared();
	for (const drn of [KITCHEN, WORKSHOP, HOUSE_EA11, COTTAGE, HOME])
		office('update account set fbe_deci_kwh = 500 where drn = ?', drn);
	phone = await Phone.start();
	neighbour = await Phone.start();
});

afterAll(async () => {
	await phone?.dispose();
	await neighbour?.dispose();
	await backend?.dispose();
});

/** What the office writes down. */
function office(sql: string, ...values: string[]): void {
	const database = new DatabaseSync(join(backend.home, 'tokenline.db'));
	database.exec('pragma busy_timeout = 5000');
	database.prepare(sql).run(...values);
	database.close();
}

/** Free vends of a meter that were ever taken in, whatever their ids. */
function claimsOf(drn: string): number {
	const database = new DatabaseSync(join(backend.home, 'tokenline.db'), { readOnly: true });
	const sql = `select count(*) as n from vend where drn = ? and kind = 'fbe'`;
	const { n } = database.prepare(sql).get(drn) as { n: number };
	database.close();
	return n;
}

const freePage = (drn: string) => `${backend.origin}/meter/${drn}/free`;
const says = (page: Page, text: string) => page.getByText(text).first().waitFor();
const heading = (page: Page, name: string) =>
	page.getByRole('heading', { level: 1, name }).waitFor();

/** From the page of the free electricity to that of its claim. */
async function fetchFree(page: Page, drn: string): Promise<string> {
	await page.goto(freePage(drn));
	await page.getByTestId('fetch-free').click();
	return saleShown(page);
}

/** Light and dark, and at the narrowest: nothing to object to, nothing cut off. */
async function looksRight(page: Page): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		expect(await objections(page), `${page.url()} ${colorScheme}`).toEqual([]);
	}
	await page.emulateMedia({ colorScheme: 'light' });
	expect(await overflow(page)).toBe(0);
}

describe('a newcomer', () => {
	it('is told before paying, fetches a token that the meter takes, and has it like a purchase', async () => {
		const page = await phone.tab();
		await page.goto(backend.origin);
		await page.getByRole('link', { name: /step tariff, EA07/i }).click();
		await page.getByTestId('free-here').waitFor();
		await looksRight(page);
		await page.getByTestId('free-here').click();
		await page.getByTestId('free-energy').waitFor();
		await looksRight(page);
		await page.getByTestId('fetch-free').click();
		const id = await saleShown(page);
		const digits = await tokenShown(page);
		await says(page, fbe.alsoTold);
		await looksRight(page);
		expect(readBooks(backend.home, id)).toMatchObject({
			...{ vends: 1, paymentId: null, tokens: [digits], booked: 1, ledgerSum: 0 },
		});

		await page.goto(`${backend.origin}/purchases`);
		await says(page, fbe.price);
		for (const way of ['enter', 'refused']) {
			const answer = await page.goto(`${backend.origin}/purchases/${id}/${way}`);
			expect(answer?.ok()).toBe(true);
			await page.getByRole('heading', { level: 1 }).waitFor();
		}
		await page.goto(`${backend.origin}/meter/${HOUSE_EA07}`);
		await page.getByRole('link', { name: fbe.given.title }).click();
		await page.getByRole('link', { name: fbe.given.look }).click();
		expect(await tokenShown(page)).toBe(digits);
		expect(await keyIn(page, backend.origin, HOUSE_EA07, digits)).toBe('Accept');
		await page.close();
	});
});

describe('the next month’s', () => {
	it('is reminded of on its 1st, by the app where notifications were not granted', async () => {
		const page = await phone.tab();
		await page.goto(freePage(COTTAGE));
		const state = page.getByTestId('reminder-state');
		await page.locator('[data-remind=monthly]').click();
		await state.filter({ hasText: /^Next on 1 |^Next on \w+ 1\./ }).waitFor();
		await state.filter({ hasText: /when you open the app/ }).waitFor();
		await looksRight(page);
		await page.reload();
		await page.locator('[data-remind=monthly][aria-pressed=true]').waitFor();
		await page.getByRole('button', { name: en.use.reminder.off }).click();
		await page.locator('[data-remind=off][aria-pressed=true]').waitFor();
		await page.locator('[data-remind=monthly][aria-pressed=false]').waitFor();
		await page.close();
	});
});

describe('without a network', () => {
	it('waits through a battery that falls out, and is one token when the network is back', async () => {
		const page = await phone.tab();
		await page.goto(`${backend.origin}/meter/${KITCHEN}`);
		await page.getByTestId('free-here').waitFor();
		await untilInstalled(page);
		await backend.kill();
		await phone.stop();
		await phone.start();
		await phone.setOffline(true);
		const cold = await phone.tab();
		await cold.goto(backend.origin);
		const told = cold.getByTestId('free-reminder').filter({ hasText: '0000 0000 018' });
		await told.getByRole('link', { name: fbe.look }).click();
		await cold.getByRole('button', { name: fbe.later }).waitFor();
		await looksRight(cold);
		await cold.getByTestId('fetch-free').click();
		const id = await saleShown(cold);
		await heading(cold, fbe.stories.queuedOffline.title);
		await says(cold, fbe.stories.queuedOffline.detail);
		expect(await cold.getByTestId('token-digits').count()).toBe(0);
		await looksRight(cold);
		await phone.kill();
		await phone.start();
		await phone.setOffline(true);
		const again = await phone.tab();
		await again.goto(freePage(KITCHEN));
		await again.getByRole('link', { name: fbe.underWay.look }).click();
		expect(await saleShown(again)).toBe(id);

		await backend.start();
		await phone.setOffline(false);
		const digits = await tokenShown(again);
		expect(readBooks(backend.home, id)).toMatchObject({
			tokens: [digits],
			booked: 1,
			ledgerSum: 0,
		});
		expect(claimsOf(KITCHEN)).toBe(1);
		await again.close();
	});
});

describe('asked for more than once', () => {
	it('is one claim from two tabs that tap at once', async () => {
		const tabs = await Promise.all([phone.tab(), phone.tab()]);
		const taps = [];
		for (const tab of tabs) {
			await tab.goto(freePage(HOUSE_EA11));
			taps.push(await tab.waitForSelector('[data-testid=fetch-free]:not([aria-disabled])'));
		}
		// Not by the mouse, which waits for a button to stand still: the slower tab’s is gone by then.
		await Promise.all(taps.map((button) => button.evaluate((it) => (it as HTMLElement).click())));
		const id = await Promise.any(tabs.map(saleShown));
		for (const tab of tabs) {
			await tab.goto(freePage(HOUSE_EA11));
			await tab.getByRole('link', { name: fbe.given.look }).click();
			expect(await saleShown(tab)).toBe(id);
			await tokenShown(tab);
		}
		expect(claimsOf(HOUSE_EA11)).toBe(1);
		await Promise.all(tabs.map((tab) => tab.close()));
	});

	it('is one token for two devices, and the second is told so and shown no digits', async () => {
		const first = await phone.tab();
		await first.goto(freePage(WORKSHOP));
		await first.getByTestId('fetch-free').waitFor();
		await untilInstalled(first);
		await phone.setOffline(true);
		await fetchFree(first, WORKSHOP);
		await heading(first, fbe.stories.queuedOffline.title);

		const other = await neighbour.tab();
		await fetchFree(other, WORKSHOP);
		await tokenShown(other);
		await other.close();

		await phone.setOffline(false);
		await says(first, problems['fbe-claimed'].title);
		await says(first, problems['fbe-claimed'].detail({}));
		expect(await first.getByTestId('token-digits').count()).toBe(0);
		expect(await first.getByRole('link', { name: fbe.askAgain }).count()).toBe(0);
		await looksRight(first);
		expect(claimsOf(WORKSHOP)).toBe(1);
		// Also from the backend's word, on a device that never asked.
		await first.goto(freePage(WORKSHOP));
		await says(first, fbe.given.title);
		expect(await first.getByTestId('fetch-free').count()).toBe(0);
		await first.close();
	});
});

describe('the month', () => {
	it('that was waved off is quiet until the next one', async () => {
		const page = await phone.tab();
		await page.goto(`${backend.origin}/meter/${COTTAGE}`);
		await page.getByTestId('free-here').waitFor();
		await page.goto(backend.origin);
		const told = page.getByTestId('free-reminder').filter({ hasText: '0000 0000 059' });
		await told.getByRole('button', { name: fbe.dismiss }).click();
		await told.waitFor({ state: 'detached' });
		await page.reload();
		await says(page, en.topUp.saved.title);
		expect(await told.count()).toBe(0);

		// The backend would say that it is not so yet.
		await phone.setOffline(true);
		await page.clock.setFixedTime(Date.now() + 32 * DAY_MS);
		await page.reload();
		await told.waitFor();
		// What was fetched before is there to be fetched again, as far as this device can know.
		await page.getByTestId('free-reminder').filter({ hasText: '0000 0000 034' }).waitFor();
		await phone.setOffline(false);
		await page.close();
	});

	it('is the backend’s: a clock that runs ahead brings nothing twice', async () => {
		const page = await phone.tab();
		await page.clock.setFixedTime(Date.now() + 32 * DAY_MS);
		await page.goto(freePage(HOUSE_EA07));
		await says(page, fbe.given.title);
		expect(await page.getByTestId('fetch-free').count()).toBe(0);
		expect(claimsOf(HOUSE_EA07)).toBe(1);
		await page.close();
	});

	it('when it is over, gives the meter’s next token', async () => {
		// The month before is where the backend's books have it now.
		office(`update account set fbe_month = '2001-01' where drn = ?`, KITCHEN);
		const page = await neighbour.tab();
		await fetchFree(page, KITCHEN);
		await tokenShown(page);
		expect(claimsOf(KITCHEN)).toBe(2);
		await page.close();
	});
});

describe('where the account’s phone is asked for', () => {
	it('is fetched by whoever shows a code from that phone, and by nobody else', async () => {
		office('update customer set phone = ? where id = ?', OWN_PHONE, `customer-${HOME}`);
		const page = await phone.tab();
		await page.goto(`${backend.origin}/meter/${HOME}`);
		await page.getByRole('link', { name: fbe.title }).click();
		await says(page, problems['fbe-phone-needed'].detail({}));
		expect(await page.getByTestId('fetch-free').count()).toBe(0);
		await looksRight(page);
		const send = page.getByRole('button', { name: fbe.owner.send });
		await send.click();
		await says(page, en.meter.phone.refusals['no-country']);
		await page.getByLabel(fbe.owner.phone).fill('+254 711 000 001');
		await send.click();
		const field = page.getByLabel(fbe.owner.code);
		const show = page.getByRole('button', { name: fbe.owner.show });
		await field.fill('12');
		await show.click();
		await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
		const code = await codeOn(OWN_PHONE);
		await field.fill(code === '000000' ? '000001' : '000000');
		await show.click();
		await says(page, problems['code-wrong'].detail({}));
		await looksRight(page);
		await field.fill(code);
		await show.click();
		await page.getByTestId('fetch-free').click();
		await saleShown(page);
		const digits = await tokenShown(page);
		const written = digits.replace(/(\d{4})(?=\d)/g, '$1 ');
		await eventually('the token on the phone', async () =>
			(await messagesOf(OWN_PHONE)).includes(written),
		);
		await page.close();

		const other = await neighbour.tab();
		await other.goto(freePage(HOME));
		await says(other, problems['fbe-phone-needed'].title);
		await other.close();
	});
});

async function messagesOf(of: string): Promise<string> {
	const answer = await fetch(`${backend.origin}/sandbox/messages?phone=${encodeURIComponent(of)}`);
	return answer.text();
}

/** Messages are sent by a round of the backend's own. */
async function codeOn(of: string): Promise<string> {
	let code = '';
	await eventually('a code on the phone', async () => {
		code = /code is (\d{6})/.exec(await messagesOf(of))?.[1] ?? '';
		return code !== '';
	});
	return code;
}

describe('bad input', () => {
	it('is a true sentence: a number that is none, a meter without, a utility that gives none by app', async () => {
		const page = await phone.tab();
		await page.goto(freePage('12345678901'));
		await says(page, problems['meter-check-digit'].title);
		office('update account set fbe_deci_kwh = 0 where drn = ?', HOUSE_EA11);
		office(`update account set fbe_month = null where drn = ?`, HOUSE_EA11);
		const other = await neighbour.tab();
		await other.goto(freePage(HOUSE_EA11));
		await says(other, problems['fbe-not-entitled'].title);
		office(`update utility set fbe_by_app = 'off' where id = ?`, DEMO_UTILITY.id);
		await other.goto(freePage(COTTAGE));
		await says(other, problems['fbe-not-by-app'].title);
		expect(await other.getByTestId('fetch-free').count()).toBe(0);
		office(`update utility set fbe_by_app = 'owner' where id = ?`, DEMO_UTILITY.id);
		await other.close();
		await page.close();
	});
});

describe('from right to left', () => {
	it('reads as well', async () => {
		const page = await neighbour.tab();
		await page.goto(backend.origin);
		await page.getByRole('button', { name: en.frame.language.choose('') }).click();
		await page.getByRole('button', { name: 'العربية' }).click();
		await heading(page, ar.topUp.title);
		await page.goto(`${backend.origin}/meter/${COTTAGE}`);
		await page.getByTestId('free-here').click();
		await heading(page, ar.fbe.title);
		await page.getByTestId('free-energy').waitFor();
		await looksRight(page);
		await page.close();
	});
});

describe('the console', () => {
	it('has nothing on it of any page', () => {
		expect(phone.errors).toEqual([]);
		expect(neighbour.errors).toEqual([]);
	});
});

// Named here, so that the words of a claim and of a purchase stay apart.
it('says nothing of paying', () => {
	const own = Object.values(fbe.stories).map(({ title, detail }) => `${title} ${detail}`);
	for (const text of own) expect(text).not.toMatch(/\bpa(?:y|id)\b/i);
	expect(purchase.stories.queuedOffline.detail).toMatch(/pay/);
});
