/**
 * The mains as a meter sees them. Voltage and frequency swing a little with the hour, always the same at
 * the same instant, so that two readings agree; sags and swells are made by hand.
 */
import { phasePowersW, type Supply } from './supply.ts';

export type DisturbanceKind = 'sag' | 'swell';

/** A voltage that is wrong on one phase (1 … 3) until an instant. */
export interface Disturbance {
	readonly phase: number;
	readonly kind: DisturbanceKind;
	readonly untilMs: number;
}

export interface Mains {
	/** At most one a phase. */
	readonly disturbances: readonly Disturbance[];
	/** Sags by phase since manufacture; one entry a phase. */
	readonly sags: readonly number[];
	readonly swells: readonly number[];
	/** Times the mains were out. */
	readonly failures: number;
}

/** Mains that have never faltered. */
export function createMains(phases: number): Mains {
	const none = Array.from({ length: phases }, () => 0);
	return { disturbances: [], sags: none, swells: none, failures: 0 };
}

const NOMINAL_DV = 2300;
const VOLTAGE_OF: Readonly<Record<DisturbanceKind, number>> = { sag: 1840, swell: 2600 };
const SWING_DV = 30;
const NOMINAL_CHZ = 5000;
const SWING_CHZ = 4;
const SWING_PERIOD_MS = 3_600_000;

/** A triangle between −most and most: 0 at the full period, rising. */
function swing(instantMs: number, most: number): number {
	const quarter = SWING_PERIOD_MS / 4;
	const at = ((instantMs % SWING_PERIOD_MS) + SWING_PERIOD_MS) % SWING_PERIOD_MS;
	const height = at < quarter ? at : at < 3 * quarter ? 2 * quarter - at : at - 4 * quarter;
	return Math.round((height * most) / quarter);
}

/** The voltage of a phase (1 … 3) in tenths of a volt. */
export function voltageDv({ disturbances }: Mains, phase: number, instantMs: number): number {
	const wrong = disturbances.find((each) => each.phase === phase && each.untilMs > instantMs);
	if (wrong) return VOLTAGE_OF[wrong.kind];
	return NOMINAL_DV + swing(instantMs + (phase - 1) * (SWING_PERIOD_MS / 3), SWING_DV);
}

/** The frequency in hundredths of a hertz. */
export function frequencyChz(instantMs: number): number {
	return NOMINAL_CHZ + swing(instantMs * 3, SWING_CHZ);
}

/** The current of each phase in hundredths of an ampere. */
export function currentsCa(supply: Supply, mains: Mains, instantMs: number): readonly number[] {
	return phasePowersW(supply).map((powerW, at) => {
		const voltage = voltageDv(mains, at + 1, instantMs);
		return Math.round((powerW * 1_000_000) / (voltage * supply.powerFactor));
	});
}

/** The current of the neutral in hundredths of an ampere: what three phases do not carry for each other. */
export function neutralCa([a = 0, b = 0, c = 0]: readonly number[]): number {
	return Math.round(Math.sqrt(a * a + b * b + c * c - a * b - b * c - c * a));
}

/** Mains on which a phase sags or swells until an instant; it is counted. */
export function disturb(mains: Mains, disturbance: Disturbance): Mains {
	const { phase, kind } = disturbance;
	const counter = kind === 'sag' ? 'sags' : 'swells';
	const counted = mains[counter].with(phase - 1, (mains[counter][phase - 1] as number) + 1);
	const others = mains.disturbances.filter((each) => each.phase !== phase);
	return { ...mains, disturbances: [...others, disturbance], [counter]: counted };
}

/** Mains without the disturbances that are over, and those phases. */
export function endDisturbances(
	mains: Mains,
	instantMs: number,
): { readonly mains: Mains; readonly phases: readonly number[] } {
	const over = mains.disturbances.filter(({ untilMs }) => untilMs <= instantMs);
	if (over.length === 0) return { mains, phases: [] };
	const disturbances = mains.disturbances.filter(({ untilMs }) => untilMs > instantMs);
	return { mains: { ...mains, disturbances }, phases: over.map(({ phase }) => phase) };
}

/** When the next disturbance ends; never where there is none. */
export function nextDisturbanceEndMs({ disturbances }: Mains): number {
	return Math.min(...disturbances.map(({ untilMs }) => untilMs));
}
