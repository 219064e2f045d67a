/** A consumer's steps through the screens, and the payer's approval, for every end-to-end test. */
import type { Page } from 'playwright-core';

/** From the meter's own page to the tap on the pay button. Returns the sale's id, from the address. */
export async function askFor(
	page: Page,
	origin: string,
	drn: string,
	amount: string,
): Promise<string> {
	await page.goto(`${origin}/meter/${drn}`);
	await page.getByRole('textbox', { name: /amount/i }).fill(amount);
	await page.getByTestId('pay').click();
	return saleShown(page);
}

/** The id of the sale whose page is open. */
export async function saleShown(page: Page): Promise<string> {
	await page.waitForURL(/\/purchases\/[0-9a-f-]{36}$/);
	return page.url().split('/').at(-1) ?? '';
}

/** The payer says yes on the provider's page, which opens from the sale's own. */
export async function approveOnScreen(page: Page): Promise<void> {
	await page.getByTestId('approve').click();
	await page.waitForURL(/\/sandbox\/pay\//);
	await page.getByRole('button', { name: /approve/i }).click();
	await page.waitForURL(/\/purchases\//);
}

/** The outbox looks every few seconds whether the backend is there again, and asks again after growing pauses. */
const TOKEN_WITHIN_MS = 60_000;

/** The twenty digits on the screen, once they are there. */
export async function tokenShown(page: Page): Promise<string> {
	const token = page.getByTestId('token-digits').first();
	await token.waitFor({ timeout: TOKEN_WITHIN_MS });
	return ((await token.textContent()) ?? '').replace(/\D/g, '');
}

/** Keys the digits into a virtual meter and presses Enter. Returns the name of the meter's result. */
export async function keyIn(
	page: Page,
	origin: string,
	drn: string,
	digits: string,
): Promise<string> {
	await page.goto(`${origin}/virtual-meter/${drn}`);
	await page.getByRole('group', { name: 'Keypad' }).waitFor();
	await page.keyboard.type(digits);
	await page.keyboard.press('Enter');
	const verdict = page.locator('[data-verdict]').first();
	await verdict.waitFor();
	return (await verdict.getAttribute('data-verdict')) ?? '';
}
