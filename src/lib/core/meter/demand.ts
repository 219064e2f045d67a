/**
 * Average power over each full quarter of an hour of the true time (IEC 62056-6-2, class 5): the running
 * one, the last one, the highest and the lowest, each with its end. Watts are cut, not rounded.
 */

/** The averaging period. */
export const DEMAND_PERIOD_MS = 900_000;

/** An average and when its period ended. */
export interface Average {
	readonly powerW: number;
	readonly atMs: number;
}

export interface Demand {
	/** From when on the running period is counted. */
	readonly sinceMs: number;
	/** W·ms of the running period. */
	readonly wms: number;
	readonly last: Average | null;
	readonly highest: Average | null;
	readonly lowest: Average | null;
}

/** Nothing averaged yet. A period that begins late is not one of the lowest. */
export function createDemand(instantMs: number): Demand {
	return { sinceMs: instantMs, wms: 0, last: null, highest: null, lowest: null };
}

/** After the mains were out: the period that was running is given up. */
export function restartDemand(demand: Demand, instantMs: number): Demand {
	return { ...demand, sinceMs: instantMs, wms: 0 };
}

const periodOf = (instantMs: number): number => Math.floor(instantMs / DEMAND_PERIOD_MS);

/** The power of the running period up to now, over the whole period. */
export function runningAverageW({ wms }: Demand): number {
	return Math.floor(wms / DEMAND_PERIOD_MS);
}

/** The demand with one average more; a period that was not whole is no lowest. */
function note(demand: Demand, average: Average, whole: boolean): Demand {
	const { highest, lowest } = demand;
	return {
		...demand,
		last: average,
		highest: !highest || average.powerW > highest.powerW ? average : highest,
		lowest: whole && (!lowest || average.powerW < lowest.powerW) ? average : lowest,
	};
}

/** The demand after `powerW` has flowed from one instant to a later one, however many periods lie between. */
export function countDemand(demand: Demand, powerW: number, fromMs: number, toMs: number): Demand {
	const endMs = (periodOf(fromMs) + 1) * DEMAND_PERIOD_MS;
	if (toMs < endMs) return { ...demand, wms: demand.wms + powerW * Math.max(0, toMs - fromMs) };
	const wms = demand.wms + powerW * (endMs - fromMs);
	const average = { powerW: Math.floor(wms / DEMAND_PERIOD_MS), atMs: endMs };
	let counted = note(demand, average, demand.sinceMs <= endMs - DEMAND_PERIOD_MS);
	const periods = periodOf(toMs) - periodOf(endMs);
	if (periods > 0) {
		// All of them average the same: the first may be the highest or the lowest, the last is the last.
		counted = note(counted, { powerW, atMs: endMs + DEMAND_PERIOD_MS }, true);
		counted = { ...counted, last: { powerW, atMs: endMs + periods * DEMAND_PERIOD_MS } };
	}
	const beginMs = endMs + periods * DEMAND_PERIOD_MS;
	return { ...counted, sinceMs: beginMs, wms: powerW * (toMs - beginMs) };
}
