/**
 * The token identifier: whole minutes since the vending key's base date, 24 bits (IEC 62055-41 6.3.5,
 * sts.md §6). It is a time, not a counter; a meter takes each only once, so for one meter and base date
 * they must rise strictly. The minute 00:01 of each day is kept for special tokens.
 */
import { MINUTE_MS } from '../units/instant.ts';

/** Where the TID of a vending key starts to count: 1 January, 00:00, of the year. */
export type BaseDate = 1993 | 2014 | 2035;

/** The instant at which each base date's minute 0 begins, in UTC. */
export const BASE_DATE_MS: Readonly<Record<BaseDate, number>> = {
	1993: Date.UTC(1993, 0, 1),
	2014: Date.UTC(2014, 0, 1),
	2035: Date.UTC(2035, 0, 1),
};

/** The last TID of a base date's era, 31.9 years after it. */
export const MAX_TID = 0xff_ffff;

/** The key expiry number of a key that never expires within its era. */
export const KEN_NEVER = 255;

const MINUTES_A_DAY = 1440;
const RESERVED_MINUTE = 1;

/** Whether a number is one of the three base dates. */
export function isBaseDate(year: number): year is BaseDate {
	return year === 1993 || year === 2014 || year === 2035;
}

/** Whether a TID is a day's minute 00:01, which ordinary tokens pass over (sts.md §6.4). */
export function isReservedTid(tid: number): boolean {
	return tid % MINUTES_A_DAY === RESERVED_MINUTE;
}

/** Whether a key with this expiry number may not carry this TID (sts.md §6.9). */
export function isTidExpired(tid: number, ken: number): boolean {
	return tid >>> 16 > ken;
}

/** The instant, in UTC, at which a TID's minute begins. */
export function instantOfTid(tid: number, baseDate: BaseDate): number {
	return BASE_DATE_MS[baseDate] + tid * MINUTE_MS;
}

/** The last whole minute in which a key with this expiry number may still issue (sts.md §6.9). */
export function lastInstantOfKen(ken: number, baseDate: BaseDate): number {
	return instantOfTid((ken + 1) * 65_536 - 1, baseDate);
}

/** Whole minutes from the base date to an instant: negative before it, and beyond 24 bits after its era. */
export function minutesSince(baseDate: BaseDate, instantMs: number): number {
	return Math.floor((instantMs - BASE_DATE_MS[baseDate]) / MINUTE_MS);
}

/** What decides the TID of the next token. */
export interface TidWish {
	readonly instantMs: number;
	readonly baseDate: BaseDate;
	/** Key expiry number of the vending key, 0 … 255. */
	readonly ken: number;
	/** The last TID given to this meter under this base date, if there was one. */
	readonly lastTid?: number | undefined;
	/** Minutes that the key's TID clock is ahead of UTC: 0 unless the operator's keys still run on local time. */
	readonly clockAheadMinutes?: number | undefined;
}

/** Why no TID can be given, in order of precedence. */
export type TidRefusal = 'before-base-date' | 'era-over' | 'key-expired';

/** A TID, or why there is none. */
export type TidDecision = { readonly tid: number } | { readonly refusal: TidRefusal };

/**
 * The next TID: the present minute, or the one after the last TID when that is not yet past; never a
 * reserved minute. It does not wrap at the end of the era (sts.md §6.7).
 */
export function decideTid(wish: TidWish): TidDecision {
	const clockMs = wish.instantMs + (wish.clockAheadMinutes ?? 0) * MINUTE_MS;
	const natural = minutesSince(wish.baseDate, clockMs);
	if (natural < 0) return { refusal: 'before-base-date' };
	let tid = Math.max(natural, (wish.lastTid ?? -1) + 1);
	if (isReservedTid(tid)) tid += 1;
	if (tid > MAX_TID) return { refusal: 'era-over' };
	return isTidExpired(tid, wish.ken) ? { refusal: 'key-expired' } : { tid };
}
