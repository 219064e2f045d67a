/** What the coach shows now: the first of these that holds. */
import {
	digitWaitMs,
	keySetWaitMs,
	TOKEN_GROUPS,
	type KeypadEntry,
} from '#lib/core/sync/keypad-entry.ts';
import { lockWaitMs, type KeypadLockout } from '#lib/core/sync/keypad-lockout.ts';
import type { Token } from '#lib/core/sync/wire.ts';

export type CoachStep =
	/** Every token is in. */
	| 'done'
	/** A token that was bought before is not said to be in. */
	| 'older'
	/** The rest of a key-change set comes too late. */
	| 'key-set-late'
	/** After refusals most meters take nothing now. */
	| 'locked'
	/** The meter's wait for the next digit is over. */
	| 'forgotten'
	| 'typing'
	/** All digits are in: what does the display say? */
	| 'enter';

export interface CoachFacts {
	readonly tokens: readonly Pick<Token, 'kind'>[];
	readonly entry: KeypadEntry;
	readonly lockout: KeypadLockout;
	/** Purchases made before that are not said to be in. */
	readonly olderOpen: readonly string[];
	/** The person says that the meter takes digits, whatever was counted until then. */
	readonly passedLockMs: number;
	readonly nowMs: number;
}

const isUntouched = ({ takenMs, group, refusals }: KeypadEntry): boolean =>
	takenMs.length === 0 && group === 0 && refusals === 0;

export function decideCoachStep(facts: CoachFacts): CoachStep {
	const { tokens, entry, lockout, olderOpen, passedLockMs, nowMs } = facts;
	if (entry.takenMs.length >= tokens.length) return 'done';
	if (olderOpen.length > 0 && isUntouched(entry)) return 'older';
	if (keySetWaitMs(tokens, entry, nowMs) === 0) return 'key-set-late';
	if (entry.group === TOKEN_GROUPS) return 'enter';
	if (lockout.untilMs > passedLockMs && lockWaitMs(lockout, nowMs) > 0) return 'locked';
	return digitWaitMs(entry, nowMs) === 0 ? 'forgotten' : 'typing';
}

/** A wait as `0:09` or `21:20`, rounded up: it is over when it says 0:00. */
export function waitClock(waitMs: number): string {
	const seconds = Math.ceil(waitMs / 1000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
