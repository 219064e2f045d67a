/** What was printed and what waits, for the screens. Reads tables only, so that it can be a live query. */
import type { PrintJobRow } from '#lib/browser/store/agent-rows.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';

/** Papers that a customer takes away; the others are staff's. */
const CUSTOMERS: ReadonlySet<PrintJobRow['paper']> = new Set(['receipt', 'provisional', 'refund']);

export const isCustomers = (paper: PrintJobRow['paper']): boolean => CUSTOMERS.has(paper);

type Jobs = Pick<AgentStore, 'prints'>;

/** The latest first. */
export function recentJobs({ prints }: Jobs, most: number): Promise<PrintJobRow[]> {
	return prints.orderBy('askedAtMs').reverse().limit(most).toArray();
}

/** The papers of a sale that is looked at are among so many: a look does not read a week of printing. */
const LOOK_AT = 50;

/** The latest job of a sale; undefined: none, or it is long ago. */
export function jobOfSale({ prints }: Jobs, saleId: string): Promise<PrintJobRow | undefined> {
	const latest = prints.orderBy('askedAtMs').reverse().limit(LOOK_AT);
	return latest.filter((job) => job.saleId === saleId).first();
}

/** The latest job of a report of a shift or batch; undefined: none, or it is forgotten. */
export function jobOfReport(
	jobs: Jobs,
	batchId: string,
	paper: PrintJobRow['paper'],
): Promise<PrintJobRow | undefined> {
	return latestWhere(jobs, (job) => job.batchId === batchId && job.paper === paper);
}

/** The latest test print. */
export function lastTest(jobs: Jobs): Promise<PrintJobRow | undefined> {
	return latestWhere(jobs, ({ paper }) => paper === 'test');
}

function latestWhere(
	{ prints }: Jobs,
	is: (job: PrintJobRow) => boolean,
): Promise<PrintJobRow | undefined> {
	return prints.orderBy('askedAtMs').reverse().filter(is).first();
}

/** Papers that did not come out, the latest first. */
export async function failedJobs({ prints }: Jobs): Promise<PrintJobRow[]> {
	const failed = await prints.where({ state: 'failed' }).sortBy('askedAtMs');
	return failed.reverse();
}
