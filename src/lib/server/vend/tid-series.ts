/**
 * The TIDs of a meter, one series per base date, rising strictly whatever key they are under. Read and
 * written with the meter locked (`lockMeter`).
 */
import type { Write } from '../database/open.ts';
import type { SupplyGroupKeyRow } from '../database/schema.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { nextTid } from './usable-key.ts';

/** A TID that is free, and the last one before it in its series. */
export interface FreeTid {
	readonly baseYear: number;
	readonly tid: number;
	readonly lastTid: number | undefined;
}

/** Finds the next one; nothing is written. Refusals: `nextTid`. */
export async function findTid(
	write: Write,
	drn: string,
	key: SupplyGroupKeyRow,
	nowMs: number,
): Promise<FreeTid | Refusal> {
	const baseYear = key.base_year;
	const last = await write
		.selectFrom('tid_high_water')
		.select('last_tid')
		.where('drn', '=', drn)
		.where('base_year', '=', baseYear)
		.executeTakeFirst();
	const floor = await write
		.selectFrom('tid_floor')
		.select(({ fn }) => fn.max('not_before_ms').as('floorMs'))
		.executeTakeFirst();
	const lastTid = last?.last_tid;
	const next = nextTid(key, { lastTid, floorMs: floor?.floorMs ?? undefined }, nowMs);
	return isRefusal(next) ? next : { baseYear, tid: next.tid, lastTid };
}

/** Takes it: it is never given again, whatever becomes of its vend. */
export async function takeTid(
	write: Write,
	drn: string,
	{ baseYear, tid, lastTid }: FreeTid,
): Promise<void> {
	if (lastTid === undefined)
		await write
			.insertInto('tid_high_water')
			.values({ drn, base_year: baseYear, last_tid: tid })
			.execute();
	else
		await write
			.updateTable('tid_high_water')
			.set({ last_tid: tid })
			.where('drn', '=', drn)
			.where('base_year', '=', baseYear)
			.execute();
}
