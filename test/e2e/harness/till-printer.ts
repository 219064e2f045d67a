/**
 * A printer at a till's serial port. The browser's own list of ports cannot be driven, so that its choice is put
 * where the app keeps it; all else is set on the screen.
 */
import type { Page } from 'playwright-core';
import { AGENT_DATABASE } from '#lib/browser/store/agent-presence.ts';
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
	await page.evaluate(keepInPage, { name: AGENT_DATABASE, row: { key: 'printing', settings } });
	await page.reload();
}

const keepInPage = async ({ name, row }: { name: string; row: unknown }): Promise<void> => {
	const database = await new Promise<IDBDatabase>((resolve, reject) => {
		const opening = indexedDB.open(name);
		opening.onsuccess = () => resolve(opening.result);
		opening.onerror = () => reject(opening.error ?? new Error(name));
	});
	await new Promise<void>((resolve, reject) => {
		const change = database.transaction('printing', 'readwrite', { durability: 'strict' });
		change.objectStore('printing').put(row);
		change.oncomplete = () => resolve();
		change.onerror = () => reject(change.error ?? new Error(name));
	});
	database.close();
};
