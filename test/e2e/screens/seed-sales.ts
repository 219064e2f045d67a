/** Purchases in states that seldom last, written into a phone's store as copies of one that came about. */
import type { Page } from 'playwright-core';
import type { Progress } from '#lib/core/sync/outbox.ts';
import { newId } from '../../server/harness/shop.ts';

export interface SaleClone {
	readonly name: string;
	/** What is other than in the purchase that is copied. */
	readonly progress: Partial<Progress>;
}

/** @returns the copy's id */
export async function cloneSale(page: Page, from: string, clone: SaleClone): Promise<string> {
	const id = newId();
	await page.evaluate(
		({ from, id, progress }) =>
			new Promise<void>((resolve, reject) => {
				const opening = indexedDB.open('tokenline');
				opening.onerror = () => reject(opening.error);
				opening.onsuccess = () => {
					const writing = opening.result.transaction(['outbox', 'progress'], 'readwrite');
					const copy = (table: string, change: object): void => {
						const rows = writing.objectStore(table);
						const reading = rows.get(from);
						reading.onsuccess = () => rows.put({ ...(reading.result as object), ...change, id });
					};
					copy('outbox', {});
					// Not asked about before long: what stands there stays.
					copy('progress', { notBeforeMs: Date.now() + 3_600_000, ...progress });
					writing.onerror = () => reject(writing.error);
					writing.oncomplete = () => {
						opening.result.close();
						resolve();
					};
				};
			}),
		{ from, id, progress: clone.progress },
	);
	return id;
}
