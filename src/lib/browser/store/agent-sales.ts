/** Rows of sales and customers as screens list them: plain reads, so that each can be a live query. */
import Dexie from 'dexie';
import { isOwed } from '#lib/core/sync/till-outbox.ts';
import type { CustomerHereRow, TillSaleRow, TillSaleState } from './agent-rows.ts';
import type { AgentStore } from './agent.ts';

/** The latest first. @param before `atMs` of the last one of the page before */
export function latestSales(
	store: AgentStore,
	most: number,
	before = Infinity,
): Promise<TillSaleRow[]> {
	return store.sales.where('atMs').below(before).reverse().limit(most).toArray();
}

/** Of one meter, the latest first. @param tag of its number, under the operator's key */
export function salesOfMeter(store: AgentStore, tag: string, most: number): Promise<TillSaleRow[]> {
	return store.sales
		.where('[drnTag+atMs]')
		.between([tag, Dexie.minKey], [tag, Dexie.maxKey])
		.reverse()
		.limit(most)
		.toArray();
}

/** Sales whose money is here though nothing was sold. */
export const MONEY_IS_HERE: ReadonlySet<TillSaleState> = new Set(['refused', 'dead-letter']);

/**
 * Whether the money of a sale may leave the drawer, or go into another sale. Not while the backend may still
 * say that it had the sale, before its entry was damaged here: then there is a token. Also within a transaction.
 */
export async function mayGoBack(store: AgentStore, sale: TillSaleRow): Promise<boolean> {
	if (!MONEY_IS_HERE.has(sale.state)) return false;
	if (sale.promise === 'reserve') return true;
	const progress = await store.progress.get({ id: sale.id });
	return !progress || !isOwed(progress);
}

/** Those whose money is to be given back, the latest first. */
export function salesToRefund(store: AgentStore): Promise<TillSaleRow[]> {
	return store.transaction('r', store.sales, store.progress, async () => {
		const here = await store.sales
			.where('state')
			.anyOf(...MONEY_IS_HERE)
			.toArray();
		const may = await Promise.all(here.map((sale) => mayGoBack(store, sale)));
		return here.filter((_, at) => may[at]).sort((one, other) => other.atMs - one.atMs);
	});
}

/** Those whose token came after the customer had left with a provisional receipt, the longest waiting first. */
export function salesToHandOver(store: AgentStore, most: number): Promise<TillSaleRow[]> {
	return store.sales.orderBy('handOverMs').limit(most).toArray();
}

/** Meters that an operator sold to from here, the latest first. */
export function latestCustomers(
	store: AgentStore,
	operatorId: string,
	most: number,
): Promise<CustomerHereRow[]> {
	return store.customers
		.where('[operatorId+lastSoldMs]')
		.between([operatorId, Dexie.minKey], [operatorId, Dexie.maxKey])
		.reverse()
		.limit(most)
		.toArray();
}
