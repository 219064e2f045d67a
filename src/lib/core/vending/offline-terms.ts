/**
 * What a till may do while the backend is out of reach, and whether it may do the next thing: the office sets
 * the terms, the device keeps to them and the backend judges again by the same function. Pure. Money in minor
 * units, times in milliseconds.
 */

/** Where the caps of one way of selling stand. Zero of anything: not at all. */
export interface OfflineCaps {
	readonly perSaleMinor: number;
	/** Over all that is sold and nothing is made of yet. */
	readonly sumMinor: number;
	readonly count: number;
	/** How old the oldest of them may get before nothing more is sold. */
	readonly ageMs: number;
}

/** How sealed tokens are issued beforehand. The sums are over all that are out: sealed and not ended. */
export interface ReserveTerms {
	/** What they are made for, rising. */
	readonly denominationsMinor: readonly number[];
	readonly sumMinor: number;
	readonly count: number;
	/** How long one may be revealed after it was issued. */
	readonly lifeMs: number;
}

/** What the office lets a vendor's tills do. */
export interface OfflineTerms {
	/** Null: nothing is sold without the network. */
	readonly queued: OfflineCaps | null;
	/** In the place of `queued` where the browser may throw the rows away: not installed, or not persistent. */
	readonly unkept: OfflineCaps;
	/** Null: switched off, as it is unless the office switches it on. */
	readonly reserve: ReserveTerms | null;
}

/** Of a vendor of whom the office has said nothing. */
export const DEFAULT_OFFLINE_TERMS: OfflineTerms = {
	queued: null,
	unkept: { perSaleMinor: 0, sumMinor: 0, count: 0, ageMs: 0 },
	reserve: null,
};

/**
 * Sales whose customers have no token, and for which nothing is held: the backend has not taken them, or has and
 * waits, for the float, for a key.
 */
export interface Unsynced {
	readonly count: number;
	readonly sumMinor: number;
	/** When the oldest was sold; null: there is none. */
	readonly oldestAtMs: number | null;
}

/** One of them. */
export interface UnsyncedSale {
	readonly amountMinor: number;
	/** When it was sold. */
	readonly atMs: number;
	/** The backend has it, and the float does not cover it. */
	readonly waitsForFloat: boolean;
}

export const NOTHING_UNSYNCED: Unsynced = { count: 0, sumMinor: 0, oldestAtMs: null };

export const OFFLINE_REFUSALS = [
	/** The office has not switched it on. */
	'offline-not-allowed',
	'offline-sale-cap',
	'offline-age-cap',
	'offline-count-cap',
	'offline-sum-cap',
	/** The float, as it was last heard, does not cover what waits and this. */
	'offline-float',
] as const;
export type OfflineRefusal = (typeof OFFLINE_REFUSALS)[number];

/** The caps that hold on this device. @param isKept installed, and its storage persistent */
export function capsOf(terms: OfflineTerms, isKept: boolean): OfflineCaps | null {
	return terms.queued === null || isKept ? terms.queued : terms.unkept;
}

/**
 * Of what waits, what stands in the caps of a sale that the backend has just priced. Where the float covers it, not
 * what waits for the float: one large sale would close a kiosk for every small one. As much as waits for the float
 * is not covered, whatever was last heard of it: the backend has said no to that.
 * @param availableMinor what may be sold from the float, as last heard
 */
export function decideCounted<Sale extends UnsyncedSale>(
	waiting: readonly Sale[],
	{
		amountMinor,
		availableMinor,
	}: { readonly amountMinor: number; readonly availableMinor: number },
): readonly Sale[] {
	const forFloat = waiting.filter((sale) => sale.waitsForFloat);
	const others = waiting.filter((sale) => !sale.waitsForFloat);
	const leftMinor = others.reduce((left, sale) => left - sale.amountMinor, availableMinor);
	const isCovered =
		amountMinor <= leftMinor && forFloat.every((sale) => amountMinor < sale.amountMinor);
	return isCovered ? others : waiting;
}

/**
 * Whether one more sale may be queued. Order: that of `OFFLINE_REFUSALS`; undefined: it may.
 * @param availableMinor what may be sold from the float, as last heard
 */
export function decideQueued(
	caps: OfflineCaps | null,
	unsynced: Unsynced,
	sale: { readonly amountMinor: number; readonly atMs: number; readonly availableMinor: number },
): OfflineRefusal | undefined {
	if (caps === null) return 'offline-not-allowed';
	const { amountMinor, atMs, availableMinor } = sale;
	const sumMinor = unsynced.sumMinor + amountMinor;
	if (amountMinor > caps.perSaleMinor) return 'offline-sale-cap';
	if (unsynced.oldestAtMs !== null && atMs - unsynced.oldestAtMs > caps.ageMs)
		return 'offline-age-cap';
	if (unsynced.count + 1 > caps.count) return 'offline-count-cap';
	if (sumMinor > caps.sumMinor) return 'offline-sum-cap';
	return sumMinor > availableMinor ? 'offline-float' : undefined;
}
