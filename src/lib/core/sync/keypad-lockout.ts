/**
 * What this device was told of a meter's refusals, and until when most meters take no token then. Meters
 * differ, and a meter counts what nobody told us: an estimate, to be said as one.
 */
import { countReject, type Lockout, UNLOCKED, USUAL_LOCKOUT } from '../sts/decoder/lockout.ts';
import { SAYINGS, type Saying } from '../vending/reject-doctor/sayings.ts';

/** The refusals in a row of one meter. */
export interface KeypadLockout extends Lockout {
	readonly drn: string;
}

export const unlocked = (drn: string): KeypadLockout => ({ drn, ...UNLOCKED });

const LONGEST_MS = USUAL_LOCKOUT.longestS * 1000;

/** After what the display said. The meter's own word that it is locked counts for more than our sum. */
export function hearSaying(lockout: KeypadLockout, saying: Saying, nowMs: number): KeypadLockout {
	const { drn } = lockout;
	if (saying === 'accepted') return unlocked(drn);
	if (saying === 'locked') {
		if (lockWaitMs(lockout, nowMs) > 0) return lockout;
		// It was refused more often than we heard: one refusal more, and at least as many as lock.
		const heard = Math.max(lockout.rejects, USUAL_LOCKOUT.rejects - 1);
		return { drn, ...countReject({ ...lockout, rejects: heard }, nowMs, USUAL_LOCKOUT) };
	}
	return SAYINGS[saying].counts ? { drn, ...countReject(lockout, nowMs, USUAL_LOCKOUT) } : lockout;
}

/** How long most meters still take nothing; 0: they do. A clock that was set far back ends the wait. */
export function lockWaitMs({ untilMs }: Pick<Lockout, 'untilMs'>, nowMs: number): number {
	const waitMs = untilMs - nowMs;
	return waitMs <= 0 || waitMs > 2 * LONGEST_MS ? 0 : Math.min(waitMs, LONGEST_MS);
}
