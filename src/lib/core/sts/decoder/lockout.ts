/**
 * The lock-out that makes guessing tokens slow (sts.md §13.11): after three wrong entries the meter
 * takes no token for ten seconds, after each further one for twice as long, up to 1280 s. Tokens of class
 * 1 are taken all the same. A good token for this meter, or a power cycle, ends it.
 */

/** How a meter locks. Times in whole seconds. */
export interface LockoutRule {
	/** Wrong entries before the first lock. */
	readonly rejects: number;
	readonly firstS: number;
	readonly longestS: number;
}

/** The rule of a widespread make. */
export const USUAL_LOCKOUT: LockoutRule = { rejects: 3, firstS: 10, longestS: 1280 };

/** Wrong entries so far, and until when the meter is locked. */
export interface Lockout {
	readonly rejects: number;
	/** Nothing is taken before this instant; 0 when the meter has not been locked. */
	readonly untilMs: number;
}

/** Not locked, nothing wrong so far. */
export const UNLOCKED: Lockout = { rejects: 0, untilMs: 0 };

/** Whether the meter is locked at an instant. */
export function isLocked(lockout: Lockout, instantMs: number): boolean {
	return instantMs < lockout.untilMs;
}

/** After one more wrong entry. @param rule none: the meter never locks */
export function countReject(
	lockout: Lockout,
	instantMs: number,
	rule: LockoutRule | null,
): Lockout {
	if (!rule) return UNLOCKED;
	const rejects = lockout.rejects + 1;
	const doublings = rejects - rule.rejects;
	if (doublings < 0) return { rejects, untilMs: lockout.untilMs };
	const lockS = Math.min(rule.firstS * 2 ** doublings, rule.longestS);
	return { rejects, untilMs: instantMs + lockS * 1000 };
}
