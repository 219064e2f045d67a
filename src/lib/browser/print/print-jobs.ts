/** What was printed and what waits, for the screens. Reads tables only, so that it can be a live query. */
import type { PrintJobRow } from '#lib/browser/store/agent-rows.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';

type Jobs = Pick<AgentStore, 'prints'>;

/** The latest first. */
export function recentJobs({ prints }: Jobs, most: number): Promise<PrintJobRow[]> {
	return prints.orderBy('askedAtMs').reverse().limit(most).toArray();
}

/** The latest job of a sale; undefined: none, or it is forgotten. */
export function jobOfSale({ prints }: Jobs, saleId: string): Promise<PrintJobRow | undefined> {
	return prints
		.orderBy('askedAtMs')
		.reverse()
		.filter((job) => job.saleId === saleId)
		.first();
}

/** The latest test print. */
export function lastTest({ prints }: Jobs): Promise<PrintJobRow | undefined> {
	return prints
		.orderBy('askedAtMs')
		.reverse()
		.filter(({ paper }) => paper === 'test')
		.first();
}

/** Papers that did not come out, the latest first. */
export async function failedJobs({ prints }: Jobs): Promise<PrintJobRow[]> {
	const failed = await prints.where({ state: 'failed' }).sortBy('askedAtMs');
	return failed.reverse();
}
