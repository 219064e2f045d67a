/**
 * A register that counts what flows, in whole units with the rest of the next one: watt-hours and
 * watt-milliseconds, so that nothing is lost or gained however often or seldom it is counted.
 */

/** Watt-milliseconds in one watt-hour (and var-milliseconds in one var-hour). */
export const WMS_PER_WH = 3_600_000;

/** Whole units, and what has flowed of the next one: 0 … 3,599,999. */
export interface Counted {
	readonly units: number;
	readonly rest: number;
}

export const NOTHING_COUNTED: Counted = { units: 0, rest: 0 };

/** The register after `power` (whole watts) has flowed for `elapsedMs`. */
export function count({ units, rest }: Counted, power: number, elapsedMs: number): Counted {
	// Whole hours apart, so that every product stays below 2⁵³.
	const hours = Math.floor(elapsedMs / WMS_PER_WH);
	const restWms = power * (elapsedMs - hours * WMS_PER_WH) + rest;
	const more = Math.floor(restWms / WMS_PER_WH);
	return { units: units + power * hours + more, rest: restWms - more * WMS_PER_WH };
}

/** How long `power` takes to fill `units` more, from `rest` on; never where nothing flows. */
export function elapsedMsUntil(units: number, rest: number, power: number): number {
	if (power === 0) return Infinity;
	const wanted = BigInt(units) * BigInt(WMS_PER_WH) - BigInt(rest);
	return Number((wanted + BigInt(power) - 1n) / BigInt(power));
}
