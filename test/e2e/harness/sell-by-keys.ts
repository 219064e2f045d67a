/** One sale at the till by the keys alone: digits, Enter, and what the screen then says, read at one moment. */
import type { Locator, Page } from 'playwright-core';
import { agentEn as words } from '#lib/core/words/agent.ts';
import type { Order } from './day-plan.ts';
import { eventually } from './eventually.ts';

/** What the customer is told. Digits and codes without their groups. */
export type Shown =
	| { readonly kind: 'issued'; readonly tokens: readonly string[]; readonly change: string }
	| { readonly kind: 'provisional'; readonly claimCode: string; readonly change: string }
	/** The money goes back: the sale was refused after it was made. */
	| { readonly kind: 'refused' }
	/** Nothing was sold, as the screen says. */
	| { readonly kind: 'not-sold' }
	/** The till knows the meter may not be sold to. */
	| { readonly kind: 'barred'; readonly why: string };

/** So long a sale may take that waits for an answer which was lost. */
const LONGEST_MS = 40_000;

/** As somebody types it. */
export const typed = (minor: number): string => String(minor / 100);

/** From the meter's field, to which it goes back at the end. @param tap presses the last Enter */
export async function sellByKeys(
	page: Page,
	order: Order,
	tap: (page: Page) => Promise<void> = (on) => on.keyboard.press('Enter'),
): Promise<Shown> {
	await enterMeter(page, order.drn);
	// A quick answer bars the meter before there is a field to type into.
	if (await comes(page, '#amount:focus')) {
		await page.keyboard.type(typed(order.amountMinor));
		await page.keyboard.press('Enter');
		if (await comes(page, '#tendered:focus')) {
			if (order.tenderedMinor !== null) await page.keyboard.type(typed(order.tenderedMinor));
			await tap(page);
		}
	}
	return await resultOf(page);
}

/** Whether a field has come, or the screen says that nothing is sold to the meter. */
async function comes(page: Page, selector: string): Promise<boolean> {
	const field = page.locator(selector);
	await field.or(barredOn(page)).first().waitFor();
	return await field.isVisible();
}

/** What came of a tap; goes on to the next customer. */
async function resultOf(page: Page): Promise<Shown> {
	const nothing = page.getByText(words.sell.result.notSold.nothing);
	const result = page.getByTestId('next-sale').or(nothing);
	const busy = page.locator('[data-testid="take"][aria-busy="true"]');
	await eventually(
		'something has come of the tap',
		async () => {
			if (page.isClosed()) return true;
			if (await result.first().isVisible()) return true;
			return (await barredOn(page).first().isVisible()) && !(await busy.isVisible());
		},
		LONGEST_MS,
	);
	const shown = await read(page, await result.first().isVisible());
	await leave(page, shown);
	await back(page);
	return shown;
}

/** To the next customer: what was sold has its button under the hands. */
async function leave(page: Page, { kind }: Shown): Promise<void> {
	if (kind === 'not-sold')
		return await page.getByRole('button', { name: words.sell.result.next }).click();
	if (kind !== 'barred') return await page.keyboard.press('Enter');
	// One step back for each, and none more.
	for (let at = 0; at < 3 && !(await meterField(page).isVisible()); at += 1)
		await page.keyboard.press('Escape');
}

/** Why nothing can be sold, where the amount stands. */
const barredOn = (page: Page): Locator => page.locator('main').getByRole('alert');

/** A customer of the list is one tap away; any other meter is typed. */
async function enterMeter(page: Page, drn: string): Promise<void> {
	// Whoever comes from another window puts the cursor there.
	await page.locator('#meter-number').click();
	await back(page);
	await page.keyboard.type(drn);
	await page.keyboard.press('Enter');
}

const back = (page: Page): Promise<void> => meterField(page).waitFor();
const meterField = (page: Page): Locator => page.locator('#meter-number:focus');

async function read(page: Page, hasResult: boolean): Promise<Shown> {
	if (!hasResult) return { kind: 'barred', why: await barredOn(page).first().innerText() };
	const said = await page.locator('main').evaluate((main) => {
		const texts = (id: string) =>
			[...main.querySelectorAll(`[data-testid="${id}"]`)].map((one) => one.textContent);
		return {
			sold: texts('next-sale').length > 0,
			tokens: texts('token-digits'),
			claim: texts('claim-code')[0],
			change: texts('change')[0] ?? '',
		};
	});
	const change = said.change.replace(/[^\d.]/g, '');
	if (!said.sold) return { kind: 'not-sold' };
	if (said.claim !== undefined)
		return { kind: 'provisional', claimCode: said.claim.replace(/[\s-]/g, ''), change };
	if (said.tokens.length === 0) return { kind: 'refused' };
	return { kind: 'issued', tokens: said.tokens.map((one) => one.replace(/\D/g, '')), change };
}
