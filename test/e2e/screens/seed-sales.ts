/** Purchases in states that seldom last, written into a phone's store as copies of one that came about. */
import type { Page } from 'playwright-core';
import type { Progress } from '#lib/core/sync/outbox.ts';
import { newId } from '../../server/harness/shop.ts';
import { writeRows } from '../harness/stored-rows.ts';

export interface SaleClone {
	readonly name: string;
	/** What is other than in the purchase that is copied. */
	readonly progress: Partial<Progress>;
}

/** @returns the copy's id */
export async function cloneSale(page: Page, from: string, clone: SaleClone): Promise<string> {
	const id = newId();
	// Not asked about before long: what stands there stays.
	const notBeforeMs = Date.now() + 3_600_000;
	await writeRows(page, [
		{ table: 'outbox', over: from, row: { id } },
		{ table: 'progress', over: from, row: { notBeforeMs, ...clone.progress, id } },
	]);
	return id;
}
