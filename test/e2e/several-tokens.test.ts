/**
 * A meter whose key is behind: its next purchase is a key-change set and the credit, keyed in or handed over
 * in their order; and what the payer may meet at the provider's, told as it is.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { Backend } from '../harness/backend.ts';
import { objections } from './harness/axe.ts';
import { eventually } from './harness/eventually.ts';
import { Phone } from './harness/browser.ts';
import { askFor, saleShown, tokenShown } from './harness/consumer.ts';
import { COTTAGE, KITCHEN } from './harness/estate.ts';

const TO = '+254712345678';

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

/** The payer's choice on the provider's page, from the sale's own. */
async function choose(outcome: string): Promise<void> {
	await page.getByTestId('approve').click();
	await page.waitForURL(/\/sandbox\/pay\//);
	const choice = page.locator(`button[formaction="?${outcome}"]`);
	if (!(await choice.isVisible())) await page.locator('summary').click();
	await choice.click();
	await page.waitForURL(/\/purchases\//);
}

const heading = (title: string) => page.getByRole('heading', { level: 1, name: title });
const titled = (title: string) => heading(title).waitFor();
/** The token, where its money comes later: the backend hears of it seconds after the payer's word. */
const issuedLater = () => heading(en.purchase.stories.issued.title).waitFor({ timeout: 60_000 });
const places = () => page.getByTestId('token-digits').count();

describe('a meter on its old key', () => {
	it('is sold three tokens, told to a phone too', async () => {
		await page.goto(`${backend.origin}/meter/${COTTAGE}`);
		await page.getByRole('textbox', { name: /amount/i }).fill('500');
		await page.getByText(en.meter.phone.offer).click();
		const field = page.getByLabel(en.meter.phone.field);
		await field.fill('0712 345 678');
		await page.getByTestId('pay').click();
		await page.getByText(en.meter.phone.refusals['no-country']).waitFor();
		await field.fill(TO);
		expect(await objections(page)).toEqual([]);
		await page.getByTestId('pay').click();
		await saleShown(page);
		await choose('approved');
		await titled(en.token.set.stories.keysThenCredit.title);
	});

	it('shows the one to key in now large, and finds its place again', async () => {
		expect(await places()).toBe(1);
		const first = await tokenShown(page);
		expect(await objections(page)).toEqual([]);
		await page.getByTestId('keyed-in').click();
		await eventually('the next is large', async () => (await tokenShown(page)) !== first);
		const second = await tokenShown(page);
		await page.reload();
		expect(await tokenShown(page)).toBe(second);
	});

	it('takes them from the hand-over one after the other', async () => {
		await page.locator('a[href*="/virtual-meter/"]').last().click();
		await page.getByRole('group', { name: 'Keypad' }).waitFor();
		const verdicts: (string | null)[] = [];
		for (const place of [1, 2, 3]) {
			if (place > 1) await page.getByTestId('next-token').click();
			await page.keyboard.press('Enter');
			const verdict = page.locator('[data-verdict]:not([data-verdict=offered])');
			await verdict.waitFor();
			verdicts.push(await verdict.getAttribute('data-verdict'));
		}
		expect(verdicts).toEqual(['1stKCT', '2ndKCT', 'Accept']);
		await expect.poll(() => page.url()).not.toContain('token=');
	});

	it('has its message on the demo’s phone', async () => {
		// It is sent by a round of the backend, which nobody waits for.
		await eventually('the message has come', async () => {
			await page.goto(`${backend.origin}/sandbox/messages?phone=${encodeURIComponent(TO)}`);
			return (await page.locator('.bubble').count()) > 0;
		});
		const text = await page.locator('.bubble').first().innerText();
		expect(text).toContain('1 of 3 (new key):');
		expect(text).toContain('3 of 3:');
		expect(await objections(page)).toEqual([]);
	});

	it('is in the list with the number of its tokens', async () => {
		await page.goto(`${backend.origin}/purchases`);
		await page.getByText(en.purchase.list.tokens('3')).waitFor();
	});
});

describe('at the provider’s', () => {
	it('a slow approval is waited for, not asked for again', async () => {
		await askFor(page, backend.origin, KITCHEN, '200');
		await choose('approved-10-s');
		await titled(en.purchase.stories.checkingPayment.title);
		await page.getByText(en.purchase.approveAgain).waitFor();
		await issuedLater();
	});

	it('a lost message is made up for', async () => {
		await askFor(page, backend.origin, KITCHEN, '200');
		await choose('approved-untold');
		await issuedLater();
	});

	it.each([
		['no-funds', en.problems['payment-no-funds'].title],
		['declined', en.problems['payment-failed'].title],
		['approved-short', /^KES\s199\.99 was paid\. That is not/],
	])('%s ends without a token, and says why', async (outcome, said) => {
		await askFor(page, backend.origin, KITCHEN, '200');
		await choose(outcome);
		await titled(en.purchase.stories.refused.title);
		await page.getByText(said).waitFor();
	});

	it('the page has nothing that axe objects to', async () => {
		await askFor(page, backend.origin, KITCHEN, '200');
		await page.getByTestId('approve').click();
		await page.waitForURL(/\/sandbox\/pay\//);
		await page.locator('summary').click();
		expect(await objections(page)).toEqual([]);
	});

	it('nothing was thrown', () => {
		expect(phone.errors).toEqual([]);
	});
});
