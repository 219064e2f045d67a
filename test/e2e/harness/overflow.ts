/** Whether a screen is wider than the phone it is on. */
import type { Page } from 'playwright-core';
import { PHONE } from './browser.ts';

/** Pixels that the page is wider than its window. */
export const pixelsOver = (page: Page): Promise<number> =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The same on the narrowest phone; leaves the page at the usual size. */
export async function overflow(page: Page): Promise<number> {
	await page.setViewportSize({ width: 320, height: 640 });
	const wider = await pixelsOver(page);
	await page.setViewportSize(PHONE);
	return wider;
}
