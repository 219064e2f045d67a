/** Rows of sales and customers as screens list them: plain reads, so that each can be a live query. */
import Dexie from 'dexie';
import type { CustomerHereRow, TillSaleRow } from './agent-rows.ts';
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

/** Those whose money is still here though nothing was sold, the latest first. */
export async function salesToRefund(store: AgentStore): Promise<TillSaleRow[]> {
	const rows = await store.sales.where('state').anyOf('refused', 'dead-letter').toArray();
	return rows.sort((one, other) => other.atMs - one.atMs);
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
