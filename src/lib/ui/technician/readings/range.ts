/** How far back a profile is read. */
export const RANGES = ['day', 'week', 'month', 'all'] as const;
export type RangeName = (typeof RANGES)[number];

const DAY_MS = 86_400_000;
const DAYS: Record<Exclude<RangeName, 'all'>, number> = { day: 1, week: 7, month: 31 };

/** The first instant that is wanted; null: from the oldest. @param nowMs by the meter's clock */
export function fromOf(range: RangeName, nowMs: number): number | null {
	return range === 'all' ? null : Math.round(nowMs - DAYS[range] * DAY_MS);
}
