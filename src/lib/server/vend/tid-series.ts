/**
 * The TIDs of a meter, one series per base date, rising strictly whatever key they are under. Read and
 * written with the meter locked (`lockMeter`).
 */
import type { CompiledQuery } from 'kysely';
import { insertion } from '../database/insertion.ts';
import type { Write } from '../database/open.ts';
import { prepared } from '../database/prepared.ts';
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
	const given = await tidsGiven.first(write, { drn, baseYear });
	const lastTid = given?.lastTid ?? undefined;
	const next = nextTid(key, { lastTid, floorMs: given?.floorMs ?? undefined }, nowMs);
	return isRefusal(next) ? next : { baseYear, tid: next.tid, lastTid };
}

const tidsGiven = prepared<{ drn: string; baseYear: number }>()((db, given) =>
	db.selectNoFrom((build) => [
		build
			.selectFrom('tid_high_water')
			.select('last_tid')
			.where('drn', '=', given('drn'))
			.where('base_year', '=', given('baseYear'))
			.as('lastTid'),
		build
			.selectFrom('tid_floor')
			.select(({ fn }) => fn.max('not_before_ms').as('floorMs'))
			.as('floorMs'),
	]),
);

/** Takes it: it is never given again, whatever becomes of its vend. */
export function takingTid(
	write: Write,
	drn: string,
	{ baseYear, tid, lastTid }: FreeTid,
): CompiledQuery {
	return lastTid === undefined
		? insertion(write, 'tid_high_water', [{ drn, base_year: baseYear, last_tid: tid }])
		: raiseTid.with(write, { drn, baseYear, tid });
}

const raiseTid = prepared<{ drn: string; baseYear: number; tid: number }>()((db, given) =>
	db
		.updateTable('tid_high_water')
		.set({ last_tid: given('tid') })
		.where('drn', '=', given('drn'))
		.where('base_year', '=', given('baseYear')),
);
