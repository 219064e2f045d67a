/**
 * A customer closes the tab at every step and opens the app again at its first screen: it says what is true, what
 * was begun is found again or honestly forgotten, and there is one purchase, one payment and one token.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { Backend } from '../harness/backend.ts';
import { countVends, readBooks } from './harness/books.ts';
import { Phone } from './harness/browser.ts';
import { saleShown, tokenShown } from './harness/consumer.ts';
import { KITCHEN } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { Gate, type Exchange } from './harness/gate.ts';
import { approve } from './harness/payer.ts';
import { readRow } from './harness/stored-rows.ts';

const { topUp, meter, purchase } = en;
const GROUPED = '0000 0000 018';

let gate: Gate;
let backend: Backend;
let phone: Phone;
let page: Page;
let before: number;
let id: string;
let token: string;

beforeAll(async () => {
	gate = await Gate.open();
	backend = await Backend.prepared(gate.origin);
	gate.backendPort = backend.port;
	before = countVends(backend.home, KITCHEN);
	phone = await Phone.start();
	page = await phone.tab();
	await page.goto(gate.origin);
});
afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
	await gate?.close();
});

const numberField = () => page.getByRole('textbox', { name: topUp.field });
const amountField = () => page.getByRole('textbox', { name: meter.amount.field });
const leftSale = () => page.getByTestId('left-sale');
const soldSince = () => countVends(backend.home, KITCHEN) - before;

/** The tab is closed, and the app opened as from its icon. */
async function comeBack(): Promise<void> {
	await page.close();
	page = await phone.tab();
	await page.goto(gate.origin);
	await numberField().waitFor();
}

/** The notice of a purchase that was left, with this title; then its own screen. */
async function lookAtLeft(title: string): Promise<void> {
	await page.getByRole('status').filter({ hasText: title }).waitFor();
	await leftSale().click();
	expect(await saleShown(page)).toBe(id);
	await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

const isPut = (kind: string) => (exchange: Exchange) =>
	exchange.method === 'PUT' && exchange.path.startsWith(`/api/v1/${kind}/`);

/** The next such request is held, and cut when `cut` is called. */
function hold(is: (exchange: Exchange) => boolean): { met: Promise<void>; cut: () => void } {
	let cut = (): void => undefined;
	const met = new Promise<void>((resolve) => {
		gate.onRequest = async (exchange) => {
			if (!is(exchange)) return 'pass';
			resolve();
			await new Promise<void>((over) => (cut = over));
			return 'lose';
		};
	});
	return { met, cut: () => cut() };
}

// What does not come here is lost, not late.
describe('a tab closed', { retry: 0 }, () => {
	it('while the number is typed: what was typed stands there again', async () => {
		await numberField().fill('00000000');
		await comeBack();
		await expect.poll(() => numberField().inputValue()).toBe('0000 0000');
		expect(await page.getByTestId('resume').count()).toBe(0);
	});

	it('at the confirmation: the meter is offered, nothing else is left of it', async () => {
		await numberField().fill(KITCHEN);
		await page.getByRole('button', { name: topUp.next, exact: true }).click();
		await amountField().waitFor();
		await page.locator('#main').getByText(meter.virtual, { exact: true }).waitFor();
		// What the backend says is shown first and kept a moment later.
		await eventually('the meter is kept', async () => {
			return (await readRow(page, 'meters', KITCHEN)) !== undefined;
		});
		await comeBack();
		await page.getByTestId('usual-meter').filter({ hasText: GROUPED }).waitFor();
		await expect.poll(() => numberField().inputValue()).toBe('');
		expect(await page.getByTestId('resume').count()).toBe(0);
	});

	it('with the amount and what it buys in sight: both are found again, nothing was sent', async () => {
		await page.getByTestId('usual-meter').click();
		await amountField().fill('431');
		await page.getByText(en.waterfall.energy).last().waitFor();
		await comeBack();
		await page.getByText(topUp.resume.title).waitFor();
		await page.getByTestId('resume').click();
		await page.getByText(en.waterfall.energy).last().waitFor();
		await expect.poll(() => amountField().inputValue()).toBe('431');
		expect(soldSince()).toBe(0);
	});

	it('and what was begun forgotten by the person’s own wish', async () => {
		await comeBack();
		await page.getByRole('button', { name: topUp.resume.forget }).click();
		await page.getByText(topUp.resume.title).waitFor({ state: 'detached' });
		await comeBack();
		expect(await page.getByTestId('resume').count()).toBe(0);
		await page.getByTestId('usual-meter').click();
		await amountField().waitFor();
		await expect.poll(() => amountField().inputValue()).toBe('');
	});

	it('after the tap, before the network’s answer: the purchase is there, and is one', async () => {
		const held = hold(isPut('vends'));
		await amountField().fill('431');
		await page.getByTestId('pay').click();
		id = await saleShown(page);
		await held.met;
		gate.onRequest = ({ path }) => (path.startsWith('/api/') ? 'lose' : 'pass');
		await comeBack();
		held.cut();
		await page.getByRole('status').filter({ has: leftSale() }).waitFor();
		expect(await page.getByTestId('resume').count()).toBe(0);
		gate.watchNothing();
		await leftSale().click();
		expect(await saleShown(page)).toBe(id);
		await page.getByTestId('approve').waitFor();
		expect(soldSince()).toBe(1);
	});

	it('after the network’s answer: the payment waits for its word', async () => {
		await comeBack();
		await lookAtLeft(purchase.stories.approve.title);
		// Who begins a second one for the same meter is told of the first.
		await page.goto(`${gate.origin}/meter/${KITCHEN}`);
		await page.getByTestId('under-way').click();
		expect(await saleShown(page)).toBe(id);
	});

	it('on the provider’s page, before a word was given: the same', async () => {
		await page.getByTestId('approve').click();
		await page.waitForURL(/\/sandbox\/pay\//);
		await comeBack();
		await lookAtLeft(purchase.stories.approve.title);
		expect(readBooks(backend.home, id)).toMatchObject({ vends: 1, tokens: [] });
	});

	it('paid, before the way back: the token is told of on the first screen', async () => {
		await page.getByTestId('approve').click();
		await page.waitForURL(/\/sandbox\/pay\//);
		await approve(gate.origin, readBooks(backend.home, id).paymentId ?? '');
		await eventually('the token is made', () => readBooks(backend.home, id).tokens.length === 1);
		await comeBack();
		await lookAtLeft(purchase.stories.issued.title);
		token = await tokenShown(page);
	});

	it('with the token in sight: it is in the list, and nobody is told of it again', async () => {
		await comeBack();
		expect(await leftSale().count()).toBe(0);
		await page.goto(`${gate.origin}/purchases`);
		await page.locator(`a[href="/purchases/${id}"]`).click();
		expect(await tokenShown(page)).toBe(token);
		expect(soldSince()).toBe(1);
		expect(readBooks(backend.home, id)).toMatchObject({
			...{ vends: 1, tokens: [token], booked: 1, ledgerSum: 0, repeatedTids: 0 },
		});
	});

	it('threw nothing', () => {
		expect(phone.errors).toEqual([]);
	});
});
