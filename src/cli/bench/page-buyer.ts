/** A person who tops up, so that there is a purchase to look at: from the meter's page to the token. */
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';

/** A virtual meter of the demo. */
export const DEMO_METER = '00000000018';
const AMOUNT = '200';

/** @returns the path of the purchase's own page */
export async function buy(page: Page, origin: string): Promise<string> {
	await page.goto(`${origin}/meter/${DEMO_METER}`);
	await page.getByRole('textbox', { name: en.meter.amount.field }).fill(AMOUNT);
	await page.getByTestId('pay').click();
	await page.waitForURL(/\/purchases\/[0-9a-f-]{36}$/);
	const { pathname } = new URL(page.url());
	await page.getByTestId('approve').click();
	await page.waitForURL(/\/sandbox\/pay\//);
	await page.getByRole('button', { name: /approve/i }).click();
	await page.getByTestId('token-digits').first().waitFor();
	return pathname;
}

/** Waits until the app is kept: from then on it starts without a network. */
export async function untilKept(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const { serviceWorker } = navigator;
		await serviceWorker.ready;
		if (serviceWorker.controller) return;
		await new Promise((resolve) =>
			serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
		);
	});
}
