/** Purchases that were fetched again, kept among those of this device. */
import { fetchedSale, type FetchedBy } from '#lib/core/sync/fetched-sale.ts';
import type { FetchedPurchase } from '#lib/core/sync/fetch.ts';
import { absorb } from '#lib/core/sync/outbox.ts';
import type { TokenlineStore } from './store.ts';

/**
 * All or none, in one transaction. One that is here already keeps its row, and is brought to where the backend
 * says it is. Answers the ids of those that are here now.
 */
export async function keepFetched(
	store: TokenlineStore,
	purchases: readonly FetchedPurchase[],
	by: FetchedBy,
	nowMs: number,
): Promise<string[]> {
	return store.transaction('rw', store.outbox, store.progress, async () => {
		const kept: string[] = [];
		for (const purchase of purchases) {
			const { id } = purchase.vend;
			const known = await store.progress.get(id);
			const sale = fetchedSale(purchase, by, nowMs);
			if (known) await store.progress.put(absorb(known, outcomeOf(purchase), nowMs, 0));
			else if (sale) {
				await store.outbox.add(sale.row);
				await store.progress.add(sale.progress);
			} else continue;
			kept.push(id);
		}
		return kept;
	});
}

const outcomeOf = ({ vend }: FetchedPurchase) => ({ kind: 'vend', answer: vend }) as const;
