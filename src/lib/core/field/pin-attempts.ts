/**
 * How often somebody may try: pure. Every attempt is counted before it is looked at, so that pulling the plug
 * in between is an attempt as well; only the right PIN sets the count back.
 */

export interface Attempts {
	/** Attempts since the last right one. */
	readonly wrong: number;
	/** No attempt before this instant of seen time, epoch milliseconds. */
	readonly notBeforeMs: number;
}

/** What was agreed when the PIN was set. */
export interface AttemptPolicy {
	/** After so many wrong ones in a row what is sealed is destroyed: 5 … 20. */
	readonly destroyAfter: number;
}

export const MIN_DESTROY_AFTER = 5;
export const MAX_DESTROY_AFTER = 20;
export const DEFAULT_POLICY: AttemptPolicy = { destroyAfter: 10 };

export const NO_ATTEMPTS: Attempts = { wrong: 0, notBeforeMs: 0 };

/** Slips that cost nothing. */
const FREE = 3;
const FIRST_WAIT_MS = 30_000;
const LAST_WAIT_MS = 3_600_000;

/** How long after the n-th wrong attempt in a row the next one may come: 30 s, doubling to an hour. */
export function waitAfterMs(wrong: number): number {
	if (wrong < FREE) return 0;
	return Math.min(FIRST_WAIT_MS * 2 ** Math.min(wrong - FREE, 20), LAST_WAIT_MS);
}

/** What is to be done with an attempt that somebody wants to make. */
export type AttemptVerdict =
	| { readonly kind: 'try'; readonly counted: Attempts }
	| { readonly kind: 'wait'; readonly waitMs: number }
	/** The last one was wrong, or was broken off. */
	| { readonly kind: 'spent' };

/** @param nowMs seen time, epoch milliseconds */
export function decideAttempt(
	{ wrong, notBeforeMs }: Attempts,
	{ destroyAfter }: AttemptPolicy,
	nowMs: number,
): AttemptVerdict {
	if (wrong >= destroyAfter) return { kind: 'spent' };
	if (nowMs < notBeforeMs) return { kind: 'wait', waitMs: notBeforeMs - nowMs };
	const counted = wrong + 1;
	return {
		kind: 'try',
		counted: { wrong: counted, notBeforeMs: nowMs + waitAfterMs(counted) },
	};
}

/** How many more may be wrong before what is sealed is destroyed. */
export function attemptsLeft({ wrong }: Attempts, { destroyAfter }: AttemptPolicy): number {
	return Math.max(destroyAfter - wrong, 0);
}

/** A policy in its bounds. @throws {RangeError} slip */
export function checkPolicy(policy: AttemptPolicy): AttemptPolicy {
	const { destroyAfter } = policy;
	if (
		!Number.isInteger(destroyAfter) ||
		destroyAfter < MIN_DESTROY_AFTER ||
		destroyAfter > MAX_DESTROY_AFTER
	)
		throw new RangeError('what is sealed is destroyed after 5 to 20 wrong attempts');
	return policy;
}
