/** What an agent's browser keeps, read from its own database in the page: the till's side of every book. */
import type { Page } from 'playwright-core';
import type {
	BatchHereRow,
	PrintJobRow,
	PrintingHereRow,
	TerminalHereRow,
	TillEntryHereRow,
	TillProgressRow,
	TillSaleRow,
} from '#lib/browser/store/agent-rows.ts';
import { AGENT_DATABASE } from '#lib/browser/store/agent-presence.ts';

export interface DeviceBooks {
	readonly till: TerminalHereRow;
	readonly entries: readonly TillEntryHereRow[];
	readonly progress: readonly TillProgressRow[];
	/** What is sealed in them does not travel. */
	readonly sales: readonly Omit<TillSaleRow, 'sealed'>[];
	readonly batches: readonly BatchHereRow[];
	readonly prints: readonly PrintJobRow[];
	readonly printing: readonly PrintingHereRow[];
}

export async function readDevice(page: Page): Promise<DeviceBooks> {
	const tables = await page.evaluate(async (name) => {
		const database = await new Promise<IDBDatabase>((resolve, reject) => {
			const opening = indexedDB.open(name);
			opening.onsuccess = () => resolve(opening.result);
			opening.onerror = () => reject(opening.error ?? new Error(name));
		});
		const all = (table: string) =>
			new Promise<Record<string, unknown>[]>((resolve, reject) => {
				const asked = database.transaction(table).objectStore(table).getAll();
				asked.onsuccess = () => resolve(asked.result);
				asked.onerror = () => reject(asked.error ?? new Error(table));
			});
		const wanted = ['till', 'entries', 'progress', 'sales', 'batches', 'prints', 'printing'];
		const rows = await Promise.all(wanted.map(all));
		database.close();
		return Object.fromEntries(
			wanted.map((table, at) => [table, rows[at]?.map((row) => ({ ...row, sealed: null }))]),
		);
	}, AGENT_DATABASE);
	const { till, ...rest } = tables as Record<string, unknown[]>;
	return { ...rest, till: till?.[0] } as unknown as DeviceBooks;
}

/** As by a link of the app: the vault stays open. */
export async function goTo(page: Page, path: string): Promise<void> {
	await page.evaluate((href) => {
		const link = Object.assign(document.createElement('a'), { href });
		document.body.append(link);
		link.click();
		link.remove();
	}, path);
	await page.waitForURL(`**${path}`);
}
