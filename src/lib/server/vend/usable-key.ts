/** Whether a vending key may make a token now, and which TID it would carry: pure. */
import { decideTid, isBaseDate, minutesSince } from '#lib/core/sts/tid.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { SupplyGroupKeyRow } from '../database/schema.ts';
import { isRefusal, type Refusal } from '../refusal.ts';

/**
 * The key, when tokens may be made under it. Order: `vending-key-unknown`, `vending-key-not-active`,
 * `vending-key-issue-ended`, then those of its TID (`nextTid`).
 */
export function decideKeyUse(
	key: SupplyGroupKeyRow | undefined,
	nowMs: number,
): SupplyGroupKeyRow | Refusal {
	if (key === undefined) return { refusal: 'vending-key-unknown' };
	if (nowMs < key.active_from_ms) return { refusal: 'vending-key-not-active' };
	if (key.issue_until_ms !== null && nowMs >= key.issue_until_ms)
		return { refusal: 'vending-key-issue-ended' };
	const tid = nextTid(key, {}, nowMs);
	return isRefusal(tid) ? tid : key;
}

/** What a new TID must be above. */
export interface TidsGiven {
	/** The last one given to this meter under this base date, whatever key it was under. */
	readonly lastTid?: number | undefined;
	/** After a restore: no TID of this instant's minute or below. */
	readonly floorMs?: number | undefined;
}

const TID_REFUSALS = {
	'before-base-date': 'vending-key-unknown',
	'era-over': 'tid-exhausted',
	'key-expired': 'vending-key-expired',
} as const satisfies Record<string, RefusalCode>;

/** The TID that a token made now would carry. */
export function nextTid(
	key: Pick<SupplyGroupKeyRow, 'base_year' | 'ken'>,
	{ lastTid = -1, floorMs }: TidsGiven,
	nowMs: number,
): { tid: number } | Refusal {
	const baseDate = key.base_year;
	if (!isBaseDate(baseDate)) return { refusal: 'vending-key-unknown' };
	const floor = floorMs === undefined ? -1 : minutesSince(baseDate, floorMs);
	const above = Math.max(lastTid, floor, -1);
	const decided = decideTid({ instantMs: nowMs, baseDate, ken: key.ken, lastTid: above });
	return 'refusal' in decided ? { refusal: TID_REFUSALS[decided.refusal] } : decided;
}
