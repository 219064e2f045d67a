/**
 * The way to a token on the cheapest phone: its processor four times slower, the network slow and then gone, the
 * page loaded anew in every state, in three languages. Nothing is lost, nothing is bought twice.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { ar } from '#lib/core/words/ar/catalogue.ts';
import { en, type Words } from '#lib/core/words/catalogue.ts';
import { LANGUAGE_FACTS, type Language } from '#lib/core/units/languages.ts';
import { sw } from '#lib/core/words/sw/catalogue.ts';
import type { Story } from '#lib/ui/view/sale-story.ts';
import { Backend } from '../harness/backend.ts';
import { Phone, untilInstalled } from './harness/browser.ts';
import { saleShown, tokenShown } from './harness/consumer.ts';
import { KITCHEN } from './harness/estate.ts';
import { Gate, type Exchange, type Verdict } from './harness/gate.ts';
import { SlowLink, SLOW_MOBILE } from './harness/slow-link.ts';

const SLOWER = 4;
const AMOUNT = '431';

const loseAll = (): Verdict => 'lose';
const isSale = ({ path }: Exchange): boolean => path.startsWith('/api/v1/vends');
const loseSales = (exchange: Exchange): Verdict => (isSale(exchange) ? 'lose' : 'pass');

/** Four times slower than this machine, as the browser itself can be. */
async function slowDown(page: Page): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

describe.each([
	['en', en],
	['sw', sw],
	['ar', ar],
] as const)('a person with a slow phone who reads %s', (language: Language, words: Words) => {
	let gate: Gate;
	let link: SlowLink;
	let backend: Backend;
	let phone: Phone;
	let page: Page;
	let id: string;
	let token: string;

	beforeAll(async () => {
		gate = await Gate.open();
		backend = await Backend.prepared(gate.origin);
		gate.backendPort = backend.port;
		link = new SlowLink(gate, SLOW_MOBILE);
		phone = await Phone.start();
		page = await phone.tab();
		page.setDefaultTimeout(30_000);
		await slowDown(page);
	});
	afterAll(async () => {
		await phone?.dispose();
		await backend?.dispose();
		await gate?.close();
	});

	const heading = (name: string) => page.getByRole('heading', { level: 1, name });
	/** On the screen, and there again when the page has been loaded anew. */
	async function tellsAndKeeps(...stories: readonly Story[]): Promise<void> {
		for (let round = 0; round < 2; round += 1) {
			if (round > 0) await page.reload();
			const told = stories.map((story) => heading(words.purchase.stories[story].title));
			await told.reduce((all, one) => all.or(one)).waitFor();
		}
	}

	it('sees whose meter it is and what the money buys', async () => {
		await page.goto(gate.origin);
		if (language !== 'en') {
			await page.getByRole('button', { name: en.frame.language.choose('') }).click();
			await page.getByRole('button', { name: LANGUAGE_FACTS[language].name }).click();
		}
		await heading(words.topUp.title).waitFor();
		await untilInstalled(page);
		await page.getByRole('textbox', { name: words.topUp.field }).fill(KITCHEN);
		await page.getByRole('button', { name: words.topUp.next, exact: true }).click();
		await page.waitForURL(`**/meter/${KITCHEN}`);
		const amount = page.getByRole('textbox', { name: words.meter.amount.field });
		await amount.waitFor();
		await page.reload();
		await amount.fill(AMOUNT);
		await page.getByText(words.waterfall.energy).last().waitFor();
	});

	it('taps as the network goes: the wish is kept, and says that there is no token yet', async () => {
		link.cut();
		await page.getByTestId('pay').click();
		id = await saleShown(page);
		await tellsAndKeeps('queuedOffline', 'unanswered');
	});

	it('is told that nobody knows whether it arrived, while the answers are lost', async () => {
		link.mend();
		link.answer = loseSales;
		await page.reload();
		await tellsAndKeeps('unanswered');
	});

	it('approves the payment, also after a reload of the payment’s own page', async () => {
		link.mend();
		await page.reload();
		// A wish of a time without a network is looked at again before it is paid.
		const agree = page.getByTestId('agree');
		const approve = page.getByTestId('approve');
		await agree.or(approve).waitFor();
		if (await agree.isVisible()) {
			await agree.click();
			id = await saleShown(page);
		}
		await approve.waitFor();
		await tellsAndKeeps('approve');
		await approve.click();
		await page.waitForURL(/\/sandbox\/pay\//);
		await page.reload();
		link.request = loseSales;
		await page.getByRole('button', { name: /approve/i }).click();
		await page.waitForURL(/\/purchases\//);
		await tellsAndKeeps('checkingPayment', 'approveLater');
	});

	it('has one token, the same after every reload', async () => {
		link.mend();
		await page.reload();
		token = await tokenShown(page);
		expect(token).toMatch(/^\d{20}$/);
		await tellsAndKeeps('issued');
		expect(await tokenShown(page)).toBe(token);
	});

	it('finds it in the list without a network', async () => {
		link.request = loseAll;
		await page.goto(`${gate.origin}/purchases`);
		await heading(words.purchase.list.title).waitFor();
		const bought = page.locator(`a[href="/purchases/${id}"]`);
		await bought.waitFor();
		await expect.poll(() => page.getByText(words.purchase.states.issued).count()).toBe(1);
		await bought.click();
		expect(await tokenShown(page)).toBe(token);
	});

	it('keys it in with the coach, which goes on where it was', async () => {
		const [first, second, ...rest] = token.match(/\d{4}/g) as string[];
		const litIs = (group = '') =>
			page.getByTestId('lit-group').filter({ hasText: group }).waitFor();
		await page.getByRole('link', { name: words.coach.start }).click();
		await litIs(first);
		await page.getByTestId('next-group').click();
		await litIs(second);
		await page.reload();
		await litIs(second);
		for (const group of [second, ...rest]) {
			await litIs(group);
			await page.getByTestId('next-group').click();
		}
		await page.locator('[data-answer=refused]').click();
	});

	it('learns from the doctor which digit was the slip', async () => {
		await heading(words.rejectDoctor.saying.title).waitFor();
		await page.locator('[data-saying="wrong-token"]').click();
		const typed = `${token.slice(0, 19)}${(Number(token[19]) + 1) % 10}`;
		await page.getByLabel(words.rejectDoctor.typed.field).fill(typed);
		await page.getByRole('button', { name: words.rejectDoctor.typed.compare }).click();
		await page.locator('[data-cause="slip"]').waitFor();
		await expect
			.poll(() => page.locator('[data-next]').getAttribute('data-next'))
			.toBe('type-again');
	});

	it('threw nothing on the way', () => {
		expect(phone.errors).toEqual([]);
	});
});
