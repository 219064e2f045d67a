/** When a person is told that a month's free electricity can be fetched: in the morning of its 1st. Pure. */
import { civilDateOf, formatMonth, startOfDay } from '#lib/core/units/instant.ts';
import type { FbeStanding } from './fbe-reminder.ts';

/** Nine hours after the civil day began. */
const MORNING_MS = 9 * 60 * 60_000;

/** What a reminder of it has come to. */
export interface FbeReminded {
	readonly dueAtMs: number | null;
	/** It was told at that time; null: it was not. */
	readonly notifiedAtMs: number | null;
}

/**
 * The instant of the reminder as things stand: the one that has come, while it is to be told and this month's is
 * still to be fetched; else the next.
 * @param nowMs by the backend's clock as last heard (`presentMs`) @param timeZone IANA name: the utility's months
 * @returns null: the meter has none @throws {RangeError} slip: unknown zone
 */
export function decideFbeMoment(
	{ dueAtMs, notifiedAtMs }: FbeReminded,
	standing: FbeStanding,
	nowMs: number,
	timeZone: string,
): number | null {
	if (standing.kind === 'not-entitled') return null;
	const monthOf = (ms: number): string => formatMonth(civilDateOf(ms, timeZone));
	const isFetched = standing.kind === 'given' || standing.kind === 'under-way';
	const isOfThisMonth = dueAtMs !== null && monthOf(dueAtMs) === monthOf(nowMs);
	if (isOfThisMonth && dueAtMs <= nowMs && notifiedAtMs === null && !isFetched) return dueAtMs;
	const next = morningAfter(nowMs, timeZone);
	return isFetched && monthOf(next) === monthOf(nowMs) ? morningAfter(next, timeZone) : next;
}

/** The first morning of a month's 1st that is later. */
function morningAfter(afterMs: number, timeZone: string): number {
	const { year, month } = civilDateOf(afterMs, timeZone);
	const morning = (ofMonth: number): number => {
		const date = { year: year + Math.floor((ofMonth - 1) / 12), month: ((ofMonth - 1) % 12) + 1 };
		return startOfDay({ ...date, day: 1 }, timeZone) + MORNING_MS;
	};
	return morning(month) > afterMs ? morning(month) : morning(month + 1);
}
