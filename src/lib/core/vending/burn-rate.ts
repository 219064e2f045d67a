/**
 * How fast a meter's credit goes, as an estimate from what this device knows. Two readings of the meter say it
 * best; without them, people are taken to buy when little is left, so that what was bought before the last
 * purchase was used until then. Pure; whole Wh a day.
 *
 * Always: too little to go by has a name and is no figure; what cannot be (more credit than was bought here)
 * is left out, because somebody else bought; a long pause ends what is looked at, for the same reason.
 */
import {
	boughtBetween,
	DAY_MS,
	purchasesOf,
	readingsOf,
	type UseEvent,
	type UseFacts,
} from './use-facts.ts';

/** Older facts say little of today. */
const LOOK_BACK_MS = 120 * DAY_MS;
/** Whoever bought nothing for so long bought somewhere else. */
const PAUSE_MS = 60 * DAY_MS;
const SHORTEST_BETWEEN_PURCHASES_MS = 7 * DAY_MS;
const SHORTEST_BETWEEN_READINGS_MS = 2 * DAY_MS;
/** Facts of the backend's clock may be a little ahead of a device that never heard it. */
const CLOCKS_APART_MS = DAY_MS;

/**
 * Why there is no figure, in order of precedence. `clock-behind`: purchases lie in this device's future;
 * `bought-once`: one purchase says nothing of time; `too-short`: less than a week; `no-use`: nothing was used.
 */
export type NoRate = 'clock-behind' | 'nothing-known' | 'bought-once' | 'too-short' | 'no-use';

export interface BurnRate {
	/** 1 or more. */
	readonly whPerDay: number;
	/** What it was made of. */
	readonly basis: 'readings' | 'purchases';
	/** How long was looked at. */
	readonly spanMs: number;
}

/** @param nowMs by the backend's clock as last heard, as everything in the facts */
export function decideBurnRate(
	facts: UseFacts,
	nowMs: number,
): BurnRate | { readonly missing: NoRate } {
	if (isClockBehind(facts, nowMs)) return { missing: 'clock-behind' };
	const recent = since(facts, nowMs - LOOK_BACK_MS);
	const byReadings = usedBetweenReadings(recent);
	if (byReadings.spanMs >= SHORTEST_BETWEEN_READINGS_MS) return rateOf(byReadings, 'readings');
	const purchases = withoutPauses(purchasesOf(recent));
	if (purchases.length === 0) return { missing: 'nothing-known' };
	if (purchases.length === 1) return { missing: 'bought-once' };
	const byPurchases = usedBetweenPurchases(purchases);
	if (byPurchases.spanMs < SHORTEST_BETWEEN_PURCHASES_MS) return { missing: 'too-short' };
	return rateOf(byPurchases, 'purchases');
}

/** What was bought lies in the future: nothing can be reckoned by such a clock. */
export function isClockBehind({ bought }: UseFacts, nowMs: number): boolean {
	return bought.some(({ atMs }) => atMs > nowMs + CLOCKS_APART_MS);
}

interface Used {
	readonly wh: number;
	readonly spanMs: number;
}

function usedBetweenReadings(facts: UseFacts): Used {
	const readings = readingsOf(facts);
	let wh = 0;
	let spanMs = 0;
	for (const [at, to] of readings.entries()) {
		const from = readings[at - 1];
		if (from === undefined) continue;
		const used = from.creditWh + boughtBetween(facts, from.atMs, to.atMs) - to.creditWh;
		// More than was bought here: somebody else bought, so nothing is known of this time.
		if (used < 0) continue;
		wh += used;
		spanMs += to.atMs - from.atMs;
	}
	return { wh, spanMs };
}

/** @param purchases two or more */
function usedBetweenPurchases(purchases: readonly UseEvent[]): Used {
	const [first, last] = [purchases[0], purchases.at(-1)];
	const wh = purchases.slice(0, -1).reduce((sum, one) => sum + one.wh, 0);
	return { wh, spanMs: (last?.atMs ?? 0) - (first?.atMs ?? 0) };
}

/** What came after the last long pause. */
export function withoutPauses(purchases: readonly UseEvent[]): UseEvent[] {
	const begins = purchases.findLastIndex(
		({ atMs }, at) => atMs - (purchases[at - 1]?.atMs ?? Number.NEGATIVE_INFINITY) > PAUSE_MS,
	);
	return purchases.slice(Math.max(0, begins));
}

function since({ bought, readings }: UseFacts, fromMs: number): UseFacts {
	return {
		bought: bought.filter(({ atMs }) => atMs >= fromMs),
		readings: readings.filter(({ atMs }) => atMs >= fromMs),
	};
}

function rateOf({ wh, spanMs }: Used, basis: BurnRate['basis']): BurnRate | { missing: NoRate } {
	const whPerDay = Number((BigInt(wh) * BigInt(DAY_MS)) / BigInt(spanMs));
	return whPerDay < 1 ? { missing: 'no-use' } : { whPerDay, basis, spanMs };
}
