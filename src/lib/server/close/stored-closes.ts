/** Closes that were made: what a later one goes on from. */
import type { CloseReport } from '#lib/core/sync/wire-office.ts';
import type { Database } from '../database/open.ts';
import type { DailyCloseRow } from '../database/schema.ts';
import type { Known, KnownCount } from './module-requests.ts';

export interface ClosesBefore {
	/** Of the last day before this one that was closed. */
	readonly report: CloseReport | undefined;
	readonly known: Known;
}

export async function closesBefore(
	database: Database,
	utilityId: string,
	date: string,
	dayStartMs: number,
): Promise<ClosesBefore> {
	const closes = database
		.selectFrom('daily_close')
		.selectAll()
		.where('utility_id', '=', utilityId)
		.limit(1);
	const earlier = await closes.where('date', '<', date).orderBy('date', 'desc').executeTakeFirst();
	const beforeDay = await closes
		.where('closed_at_ms', '<=', dayStartMs)
		.orderBy('closed_at_ms', 'desc')
		.executeTakeFirst();
	const latest = await closes.orderBy('closed_at_ms', 'desc').executeTakeFirst();
	return {
		report: earlier && reportOf(earlier),
		known: { beforeDay: countOf(beforeDay), latest: countOf(latest) },
	};
}

export function reportOf(row: Pick<DailyCloseRow, 'report'>): CloseReport {
	return JSON.parse(row.report) as CloseReport;
}

function countOf(row: DailyCloseRow | undefined): KnownCount | undefined {
	if (row === undefined) return undefined;
	const { requests } = row;
	if (requests === null) return undefined;
	return { requests, unfinished: row.unfinished, closedAtMs: row.closed_at_ms };
}
