/**
 * The supply side of a prepayment meter as a value: credit, registers, limit and relay. Energy is whole
 * watt-hours with the rest carried in watt-milliseconds, so that nothing is lost or gained however often
 * or seldom it is counted. The relay follows from the rest: it is closed when nothing speaks against it.
 */

/** Watt-milliseconds in one watt-hour. */
export const WMS_PER_WH = 3_600_000;

/** The largest load that can be connected, in watts. */
export const MAX_LOAD_W = 100_000;

/** Why the relay is open, in order of precedence, or that it is closed. */
export type RelayState = 'open-tamper' | 'open-no-credit' | 'open-overload' | 'closed';

/** The supply of one meter. All energies are whole and not negative. */
export interface Supply {
	/** Energy still paid for. */
	readonly creditWh: number;
	/** Energy already used of the next watt-hour: 0 … 3,599,999 W·ms. */
	readonly fractionWms: number;
	/** Energy delivered since manufacture. */
	readonly totalWh: number;
	/** Energy credited by tokens since manufacture. */
	readonly totalCreditedWh: number;
	/** Load connected, whether or not the relay lets it through. */
	readonly loadW: number;
	/** Load above which the relay opens; null: no limit. */
	readonly powerLimitW: number | null;
	/** Kept for three-phase makes; this meter has one phase. */
	readonly phaseUnbalanceLimitW: number | null;
	readonly tampered: boolean;
	/** Until when the energy has been counted. */
	readonly countedMs: number;
}

/** The supply of a new meter: some credit for the installer, nothing used, nothing connected. */
export function createSupply(creditWh: number, instantMs: number): Supply {
	return {
		creditWh,
		fractionWms: 0,
		totalWh: 0,
		totalCreditedWh: 0,
		loadW: 0,
		powerLimitW: null,
		phaseUnbalanceLimitW: null,
		tampered: false,
		countedMs: instantMs,
	};
}

/** Where the relay stands. */
export function relayOf(supply: Supply): RelayState {
	if (supply.tampered) return 'open-tamper';
	if (supply.creditWh === 0) return 'open-no-credit';
	if (supply.powerLimitW !== null && supply.loadW > supply.powerLimitW) return 'open-overload';
	return 'closed';
}

/** The power that flows now, in watts. */
export function activePowerW(supply: Supply): number {
	return relayOf(supply) === 'closed' ? supply.loadW : 0;
}

/**
 * Counts the energy up to an instant, at the load that stood until then. When the credit runs out on the
 * way, exactly the credit is delivered. A clock set back counts nothing.
 */
export function countEnergy(supply: Supply, instantMs: number): Supply {
	const elapsedMs = Math.max(0, instantMs - supply.countedMs);
	const powerW = activePowerW(supply);
	// Whole hours apart, so that every product stays below 2⁵³.
	const hours = Math.floor(elapsedMs / WMS_PER_WH);
	const restWms = powerW * (elapsedMs - hours * WMS_PER_WH) + supply.fractionWms;
	const restWh = Math.floor(restWms / WMS_PER_WH);
	const usedWh = powerW * hours + restWh;
	const runsOut = powerW > 0 && usedWh >= supply.creditWh;
	const deliveredWh = runsOut ? supply.creditWh : usedWh;
	return {
		...supply,
		creditWh: supply.creditWh - deliveredWh,
		totalWh: supply.totalWh + deliveredWh,
		fractionWms: runsOut ? 0 : restWms - restWh * WMS_PER_WH,
		countedMs: instantMs,
	};
}

/** Connects another load. @throws {RangeError} slip: not whole watts from 0 to 100,000 */
export function connectLoad(supply: Supply, loadW: number): Supply {
	if (!Number.isInteger(loadW) || loadW < 0 || loadW > MAX_LOAD_W)
		throw new RangeError('a load is whole watts from 0 to 100,000');
	return { ...supply, loadW };
}
