/**
 * The supply side of a meter as a value: credit, registers, loads, limits and relay. Energy is whole
 * watt-hours with the rest carried in watt-milliseconds (`counted.ts`). The relay follows from the rest:
 * it is closed when nothing speaks against it.
 */
import { controlMode, USUAL_CONTROL_MODE } from './control-modes.ts';
import { type Counted, NOTHING_COUNTED } from './counted.ts';
import { type EmergencyCredit, emergencyLeftWh } from './emergency-credit.ts';
import type { Preset } from './presets.ts';
import { NO_TRIPS, type Trips } from './trips.ts';

/** The largest load that can be connected to one phase, in watts. */
export const MAX_LOAD_W = 100_000;

/** Why the relay is open, in order of precedence. */
export const OPEN_REASONS = [
	/** A tamper was noted that this make opens for. */
	'open-tamper',
	/** Disconnected by a command. */
	'open-remote',
	/** Neither credit nor emergency credit. */
	'open-no-credit',
	/** Above the power limit; closes again by itself. */
	'open-overload',
	/** The phases differ by more than the limit; closes again by itself. */
	'open-unbalance',
	/** Nothing speaks against closing but that a hand must do it. */
	'open-ready',
] as const;
export type OpenReason = (typeof OPEN_REASONS)[number];

/** Why the relay is open, or that it is closed. */
export type RelayState = OpenReason | 'closed';

/** What commands and hands have done to the relay (class 70): `ready` waits for a hand. */
export const CONTROLS = ['connected', 'ready', 'disconnected'] as const;
export type Control = (typeof CONTROLS)[number];

/** The supply of one meter. All energies are whole and not negative. */
export interface Supply {
	/** Energy still paid for; 0 on a meter in credit mode. */
	readonly creditWh: number;
	/** Energy already used of the next watt-hour: 0 … 3,599,999 W·ms. */
	readonly fractionWms: number;
	/** Energy delivered since manufacture, whichever way the current ran. */
	readonly totalWh: number;
	/** Energy on all credit tokens since manufacture, before debts. */
	readonly totalCreditedWh: number;
	/** Reactive energy, var-hours. */
	readonly reactive: Counted;
	/** Energy that was delivered while the current was reversed. */
	readonly reversedEnergy: Counted;
	/** Load on L1, which is all of it on a single phase; whether or not the relay lets it through. */
	readonly loadW: number;
	/** Loads on L2 and L3; none on a single phase. */
	readonly otherLoadsW: readonly number[];
	/** Power factor of every load, in thousandths, 1 … 1000. */
	readonly powerFactor: number;
	/** Load above which the relay opens; null: no limit. */
	readonly powerLimitW: number | null;
	/** What the phases may differ by; null: no limit. Of no effect on a single phase. */
	readonly phaseUnbalanceLimitW: number | null;
	readonly trips: Trips;
	/** False: credit mode, in which energy flows without credit. */
	readonly prepaid: boolean;
	readonly emergency: EmergencyCredit | null;
	readonly control: Control;
	/** 0 … 7, a row of `control-modes.ts`. */
	readonly controlMode: number;
	/** A tamper holds the relay open. */
	readonly tampered: boolean;
	/** The current runs the wrong way round. */
	readonly reversed: boolean;
	/** Until when the energy has been counted. */
	readonly countedMs: number;
}

/** The supply of a new meter: nothing used, nothing connected. */
export function createSupply(
	{ phases, mode, powerFactor }: Preset,
	made: { readonly creditWh: number; readonly emergency: EmergencyCredit | null },
	instantMs: number,
): Supply {
	const prepaid = mode === 'prepayment';
	return {
		creditWh: prepaid ? made.creditWh : 0,
		fractionWms: 0,
		totalWh: 0,
		totalCreditedWh: 0,
		reactive: NOTHING_COUNTED,
		reversedEnergy: NOTHING_COUNTED,
		loadW: 0,
		otherLoadsW: Array.from({ length: phases - 1 }, () => 0),
		powerFactor,
		powerLimitW: null,
		phaseUnbalanceLimitW: null,
		trips: NO_TRIPS,
		prepaid,
		emergency: prepaid ? made.emergency : null,
		control: 'connected',
		controlMode: USUAL_CONTROL_MODE,
		tampered: false,
		reversed: false,
		countedMs: instantMs,
	};
}

/** The loads connected, phase by phase. */
export function loadsOf({ loadW, otherLoadsW }: Supply): readonly number[] {
	return [loadW, ...otherLoadsW];
}

/** All loads connected together. */
export function totalLoadW(supply: Supply): number {
	return loadsOf(supply).reduce((sum, loadW) => sum + loadW, 0);
}

const hasCredit = ({ prepaid, creditWh, emergency }: Supply): boolean =>
	!prepaid || creditWh > 0 || emergencyLeftWh(emergency) > 0;

const STANDS: Readonly<Record<OpenReason, (supply: Supply) => boolean>> = {
	'open-tamper': ({ tampered }) => tampered,
	'open-remote': ({ control }) => control === 'disconnected',
	'open-no-credit': (supply) => !hasCredit(supply),
	'open-overload': ({ trips }) => trips.open?.cause === 'open-overload',
	'open-unbalance': ({ trips }) => trips.open?.cause === 'open-unbalance',
	'open-ready': ({ control }) => control === 'ready',
};

/** Everything that keeps the relay open, in order of precedence; nothing where it is closed. */
export function standingReasons(supply: Supply): readonly OpenReason[] {
	if (!controlMode(supply.controlMode).opens) return [];
	return OPEN_REASONS.filter((reason) => STANDS[reason](supply));
}

/** Where the relay stands. */
export function relayOf(supply: Supply): RelayState {
	return standingReasons(supply)[0] ?? 'closed';
}

/** Whether the meter itself keeps the relay open, whatever it was commanded. */
export function opensByItself(supply: Supply): boolean {
	return standingReasons(supply).some((reason) => !COMMANDED.includes(reason));
}

/** Reasons that are of a command or a hand. */
const COMMANDED: readonly OpenReason[] = ['open-remote', 'open-ready'];

/** The power that flows now on each phase, in watts. */
export function phasePowersW(supply: Supply): readonly number[] {
	const loadsW = loadsOf(supply);
	return relayOf(supply) === 'closed' ? loadsW : loadsW.map(() => 0);
}

/** The power that flows now, in watts. */
export function activePowerW(supply: Supply): number {
	return relayOf(supply) === 'closed' ? totalLoadW(supply) : 0;
}

function expectLoad(loadW: number, mostW: number): void {
	if (!Number.isInteger(loadW) || loadW < 0 || loadW > mostW)
		throw new RangeError(`a load is whole watts from 0 to ${mostW}`);
}

/**
 * Connects another load, spread evenly over the phases.
 * @throws {RangeError} slip: not whole watts from 0 to 100,000 a phase
 */
export function connectLoad(supply: Supply, totalW: number): Supply {
	const others = supply.otherLoadsW.length;
	expectLoad(totalW, MAX_LOAD_W * (others + 1));
	const shareW = Math.floor(totalW / (others + 1));
	return {
		...supply,
		loadW: totalW - shareW * others,
		otherLoadsW: supply.otherLoadsW.map(() => shareW),
	};
}

/**
 * Connects a load to each phase.
 * @throws {RangeError} slip: not one for each phase, or not whole watts from 0 to 100,000
 */
export function connectLoads(supply: Supply, loadsW: readonly number[]): Supply {
	if (loadsW.length !== supply.otherLoadsW.length + 1)
		throw new RangeError('a load for each phase');
	for (const loadW of loadsW) expectLoad(loadW, MAX_LOAD_W);
	const [loadW = 0, ...otherLoadsW] = loadsW;
	return { ...supply, loadW, otherLoadsW };
}

/** Whether credit is left but less than the warning. */
export function isLow(creditWh: number, lowCreditWh: number): boolean {
	return creditWh > 0 && creditWh < lowCreditWh;
}
