/** Which profile is offered first, and how far back it is read. */
import type { LogKind } from '#lib/core/field/glance/logs.ts';

export const RANGES = ['day', 'week', 'month', 'all'] as const;
export type RangeName = (typeof RANGES)[number];

const DAY_MS = 86_400_000;
const DAYS: Record<Exclude<RangeName, 'all'>, number> = { day: 1, week: 7, month: 31 };

/** What is asked for first: of a load profile the last week, of a log all there is. */
export const usualRange = (kind: LogKind): RangeName =>
	kind === 'load-profile-1' || kind === 'load-profile-2' ? 'week' : 'all';

/** Load profiles first, then logs of events, then the rest; within each as the meter lists them. */
export function inReadingOrder<Log extends { readonly kind: LogKind }>(
	logs: readonly Log[],
): Log[] {
	const rank = ({ kind }: Log): number =>
		usualRange(kind) === 'week' ? 0 : kind === 'event-log' ? 1 : 2;
	return logs.toSorted((a, b) => rank(a) - rank(b));
}

/** The first instant that is wanted; null: from the oldest. @param nowMs by the meter's clock */
export function fromOf(range: RangeName, nowMs: number): number | null {
	return range === 'all' ? null : Math.round(nowMs - DAYS[range] * DAY_MS);
}
