/**
 * A customer with a provisional receipt at another agent's till: meter number and claim code are good at any till
 * of the utility, from the moment at which the sale has arrived.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { formatCode } from '#lib/core/sync/spoken-code.ts';
import { agentEn as words } from '#lib/core/words/agent.ts';
import { en } from '#lib/core/words/catalogue.ts';
import { DEMO_TILLS } from '#lib/server/seed/demo-vendors.ts';
import { Backend } from '../harness/backend.ts';
import {
	enrol,
	fillFloat,
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
import { BLOCKED, HOUSE_EA11, KITCHEN } from './harness/estate.ts';

const own = words.sales.redeem;
/** Of another vendor than the till that sells. */
const OTHER_TILL = DEMO_TILLS[0]?.id ?? '';
const OTHER_AGENT = 'agent1';

let backend: Backend;
let seller: Phone;
let sellerPage: Page;
let other: Phone;
let page: Page;
let code = '';
let refusedCode = '';

beforeAll(async () => {
	backend = await Backend.prepared();
	await setTerms(backend);
	await fillFloat(backend, 1_000_000);
	seller = await Phone.start();
	sellerPage = await seller.tab();
	await openAgent(sellerPage, backend);
	await enrol(sellerPage, await officeMakesCode(backend));
	await signInOperator(sellerPage);
	await openShift(sellerPage);
});
afterAll(async () => {
	await other?.dispose();
	await seller?.dispose();
	await backend?.dispose();
});

async function promised(drn: string, amount: string): Promise<string> {
	const sold = await sell(sellerPage, { drn, amount });
	if (sold.kind !== 'provisional') throw new Error(`the sale is ${sold.kind}`);
	return sold.claimCode;
}

async function lookUp(drn: string, claimCode: string): Promise<void> {
	await page.locator('#meter-number').fill(drn);
	await page.getByLabel(own.code, { exact: true }).fill(claimCode);
	await page.getByRole('button', { name: own.submit, exact: true }).click();
}

const said = (title: string) => page.getByText(title, { exact: true }).waitFor();

describe('a provisional receipt at another till', () => {
	it('is looked up where an agent of another vendor has signed in', async () => {
		other = await Phone.start();
		page = await other.tab();
		await openAgent(page, backend);
		await enrol(page, await officeMakesCode(backend, OTHER_TILL));
		await signInOperator(page, OTHER_AGENT);
		await goToWay(page, 'sales');
		await page.getByRole('button', { name: own.open, exact: true }).click();
	});

	it('is not there before the sale has arrived', async () => {
		await goOffline(seller, sellerPage);
		code = await promised(HOUSE_EA11, '175');
		refusedCode = await promised(BLOCKED, '300');
		await lookUp(HOUSE_EA11, formatCode(code));
		await said(own['not-arrived'].title);
		expect(await objections(page)).toEqual([]);
	});

	it('gives the token that its till has, by meter number and claim code', async () => {
		await goOnline(seller, sellerPage);
		await lookUp(HOUSE_EA11, formatCode(code).toLowerCase());
		await page.getByTestId('token-digits').waitFor();
		const digits = (await page.getByTestId('token-digits').innerText()).replace(/\D/g, '');
		expect(digits).toMatch(/^\d{20}$/);
		expect(await objections(page)).toEqual([]);
		await goToWay(sellerPage, 'sales');
		await sellerPage
			.getByRole('listitem')
			.getByRole('link')
			.filter({ hasText: words.sales.due.name })
			.click();
		const atSeller = await sellerPage.getByTestId('token-digits').innerText();
		expect(atSeller.replace(/\D/g, '')).toBe(digits);
	});

	it('is refused by name: a mistyped code, another meter, a sale that was not made', async () => {
		const slipped = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
		await lookUp(HOUSE_EA11, slipped);
		await said(own.codeWrong);
		// The token above belonged to the code that stood there before.
		expect(await page.getByTestId('token-digits').count()).toBe(0);
		await lookUp(KITCHEN, code);
		await said(own['not-arrived'].title);
		await page.getByText(own['not-arrived'].detail).waitFor();
		expect(await page.getByTestId('token-digits').count()).toBe(0);
		await lookUp(BLOCKED, refusedCode);
		await said(own.refused.title);
		await page.getByText(en.problems['meter-blocked'].detail({}), { exact: false }).waitFor();
		expect(await objections(page)).toEqual([]);
		expect([...seller.errors, ...other.errors]).toEqual([]);
	});
});
