/** How soon a vending key ends, and how loudly that is to be said: a key takes weeks to get. */

/** The last: no token is made under it any more. */
export const KEY_WARNINGS = [
	'within-90-days',
	'within-30-days',
	'within-7-days',
	'issue-ended',
] as const;
export type KeyWarning = (typeof KEY_WARNINGS)[number];

const DAY_MS = 86_400_000;

/** Whole days that are left, from 0, and the warning that goes with them. @param issueUntilMs null: no end */
export function keyEnd(
	issueUntilMs: number | null,
	nowMs: number,
): { readonly daysLeft: number | null; readonly warning: KeyWarning | null } {
	if (issueUntilMs === null) return { daysLeft: null, warning: null };
	const leftMs = issueUntilMs - nowMs;
	if (leftMs <= 0) return { daysLeft: 0, warning: 'issue-ended' };
	return { daysLeft: Math.floor(leftMs / DAY_MS), warning: warningAt(leftMs / DAY_MS) };
}

function warningAt(days: number): KeyWarning | null {
	if (days <= 7) return 'within-7-days';
	if (days <= 30) return 'within-30-days';
	return days <= 90 ? 'within-90-days' : null;
}
