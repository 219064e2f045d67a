/**
 * The limits of a supply and what a meter does when they are passed: it opens, waits, closes again and
 * looks, some times over; then it waits longer and begins anew.
 */

export type TripCause = 'open-overload' | 'open-unbalance';

/** How a meter recloses after a trip. Times in whole seconds, at least one. */
export interface TripRule {
	/** Trips after which the long pause comes. */
	readonly attempts: number;
	readonly pauseS: number;
	readonly longPauseS: number;
}

/** Half a minute, five times; then half an hour. */
export const USUAL_TRIP_RULE: TripRule = { attempts: 5, pauseS: 30, longPauseS: 1800 };

export interface Trips {
	/** Trips since the load was last within the limits, or since the last long pause. */
	readonly count: number;
	/** Open, and until when. */
	readonly open: { readonly cause: TripCause; readonly untilMs: number } | null;
}

export const NO_TRIPS: Trips = { count: 0, open: null };

/** The limits of a supply, whole watts; null where there is none. */
export interface Limits {
	readonly powerLimitW: number | null;
	readonly phaseUnbalanceLimitW: number | null;
}

/** The limit that loads on the phases pass; undefined where they pass none. */
export function passedLimit(
	{ powerLimitW, phaseUnbalanceLimitW }: Limits,
	loadsW: readonly number[],
): TripCause | undefined {
	const totalW = loadsW.reduce((sum, loadW) => sum + loadW, 0);
	if (powerLimitW !== null && totalW > powerLimitW) return 'open-overload';
	return phaseUnbalanceLimitW !== null && unbalanceW(loadsW) > phaseUnbalanceLimitW
		? 'open-unbalance'
		: undefined;
}

/** What the most loaded phase carries more than the least; nothing on a single phase. */
export function unbalanceW(loadsW: readonly number[]): number {
	return Math.max(...loadsW) - Math.min(...loadsW);
}

/** One more trip. */
export function trip(trips: Trips, cause: TripCause, rule: TripRule, atMs: number): Trips {
	const count = trips.count + 1;
	const isLast = count >= rule.attempts;
	const pauseS = isLast ? rule.longPauseS : rule.pauseS;
	return { count: isLast ? 0 : count, open: { cause, untilMs: atMs + pauseS * 1000 } };
}
