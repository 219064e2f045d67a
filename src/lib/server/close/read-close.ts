/** Closes as they were written. */
import type { CloseList, CloseQuery, CloseReport } from '#lib/core/sync/wire-office.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import type { Database, Write } from '../database/open.ts';
import type { DailyCloseRow } from '../database/schema.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { reportOf } from './stored-closes.ts';

const PAGE = 50;

/** Refusal: `not-found`. */
export async function readClose(
	{ database }: Backend,
	caller: Caller,
	date: string,
): Promise<CloseReport | Refusal> {
	const row = await findClose(database, caller, date);
	return isRefusal(row) ? row : reportOf(row);
}

export async function findClose(
	database: Database | Write,
	{ utilityId }: Caller,
	date: string,
): Promise<DailyCloseRow | Refusal> {
	const row = await database
		.selectFrom('daily_close')
		.selectAll()
		.where('utility_id', '=', utilityId)
		.where('date', '=', date)
		.executeTakeFirst();
	return row ?? { refusal: 'not-found' };
}

/** A page of days, the latest first. */
export async function listCloses(
	{ database }: Backend,
	{ utilityId }: Caller,
	{ before = '9999-12-31' }: CloseQuery,
): Promise<CloseList> {
	const rows = await database
		.selectFrom('daily_close')
		.selectAll()
		.where('utility_id', '=', utilityId)
		.where('date', '<', before)
		.orderBy('date', 'desc')
		.limit(PAGE + 1)
		.execute();
	const closes = rows.slice(0, PAGE).map((row) => {
		const { clean, differences } = reportOf(row);
		const count = differences.reduce((sum, each) => sum + each.count, 0);
		return { date: row.date, closedAtMs: row.closed_at_ms, clean, differences: count };
	});
	return { closes, next: rows.length > PAGE ? (closes.at(-1)?.date ?? null) : null };
}
