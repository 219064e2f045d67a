/**
 * A printer at a till's serial port. The browser's own list of ports cannot be driven, so that its choice is put
 * where the app keeps it; all else is set on the screen.
 */
import type { Page } from 'playwright-core';
import { FIRST_SETTINGS, type PrintSettings } from '#lib/browser/print/print-settings.ts';

/** The ids that every fake port has. */
const PRINTER = { mark: '0403:6001', name: 'Receipt printer' };

/** Loads the page anew: the PIN is asked then. */
export async function choosePrinter(page: Page): Promise<void> {
	const settings: PrintSettings = {
		...FIRST_SETTINGS,
		way: 'serial',
		baud: 115_200,
		printer: PRINTER,
	};
	await page.evaluate(
		(kept) => localStorage.setItem('tokenline.printing', kept),
		JSON.stringify(settings),
	);
	await page.reload();
}
