/** A phone's own store, written into and read from outside the app: what another day of use would have left there. */
import type { Page } from 'playwright-core';

export interface StoredRow {
	readonly table: string;
	readonly row: object;
	/** Key of the row over which this one is laid; absent: it stands for itself. */
	readonly over?: string;
}

/** Writes them in one transaction; a page that is open sees them once it is loaded anew. */
export async function writeRows(page: Page, rows: readonly StoredRow[]): Promise<void> {
	await page.evaluate(
		(all) =>
			new Promise<void>((resolve, reject) => {
				const opening = indexedDB.open('tokenline');
				opening.onerror = () => reject(opening.error);
				opening.onsuccess = () => {
					const tables = [...new Set(all.map(({ table }) => table))];
					const writing = opening.result.transaction(tables, 'readwrite');
					for (const { table, row, over } of all) {
						const kept = writing.objectStore(table);
						if (over === undefined) {
							kept.put(row);
							continue;
						}
						const reading = kept.get(over);
						reading.onsuccess = () => kept.put({ ...(reading.result as object), ...row });
					}
					writing.onerror = () => reject(writing.error);
					writing.oncomplete = () => {
						opening.result.close();
						resolve();
					};
				};
			}),
		rows,
	);
}

/** Undefined: there is none under this key. */
export function readRow<T>(page: Page, table: string, key: string): Promise<T | undefined> {
	return page.evaluate(
		([from, at]) =>
			new Promise<T | undefined>((resolve, reject) => {
				const opening = indexedDB.open('tokenline');
				opening.onerror = () => reject(opening.error);
				opening.onsuccess = () => {
					const reading = opening.result.transaction(from).objectStore(from).get(at);
					reading.onerror = () => reject(reading.error);
					reading.onsuccess = () => {
						opening.result.close();
						resolve(reading.result as T | undefined);
					};
				};
			}),
		[table, key] as const,
	);
}

export interface PastPurchase {
	readonly drn: string;
	readonly atMs: number;
	readonly kWh: number;
	readonly paidMinor: number;
}

/** A purchase as it lies in the store once its token has come. */
export function purchaseRows({ drn, atMs, kWh, paidMinor }: PastPurchase): StoredRow[] {
	// The moment is what tells one from the other.
	const id = `01900000-0000-7000-8000-${atMs.toString(16).padStart(12, '0')}`;
	const currency = { code: 'KES', minorDigits: 2 };
	const waterfall = { tenderedMinor: paidMinor, lines: [], energyDeciKwh: kWh * 10 };
	const receipt = { drn, issuedAtMs: atMs, waterfall, roundingGainDeciKwh: 0 };
	const answer = { id, state: 'issued', paymentId: null, receipt, tokens: [] };
	const request = { drn, amountMinor: paidMinor, currency: 'KES', paymentId: id };
	const seen = { currency, ownerMasked: null, area: null, waterfall, offline: false };
	return [
		{ table: 'outbox', row: { id, schema: 1, createdAtMs: atMs, request, seen, supersedes: null } },
		{
			table: 'progress',
			row: {
				...{ id, state: 'issued', attempts: 0, sent: true, notBeforeMs: atMs, updatedAtMs: atMs },
				...{ paymentAsked: true, payUrl: null, code: null, waterfall, answer },
			},
		},
	];
}
