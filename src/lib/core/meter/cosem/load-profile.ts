/**
 * The load profile as a value: one row at each full quarter of an hour on the meter's own clock, the
 * oldest giving way.
 */
import { WMS_PER_WH } from '../counted.ts';
import { activePowerW } from '../supply.ts';
import { advanceTo, type VirtualMeter } from '../virtual-meter.ts';

/** Milliseconds between two rows. */
export const CAPTURE_PERIOD_MS = 900_000;

/** Rows kept: thirty days. */
export const LOAD_PROFILE_CAPACITY = 2880;

/** One row. */
export interface LoadRow {
	/** The full quarter, on the meter's clock. */
	readonly clockMs: number;
	/** Energy delivered since manufacture. */
	readonly totalWh: number;
	/** Power at that moment. */
	readonly powerW: number;
	/** Credit left. */
	readonly creditWh: number;
}

/** Rows so far, and the quarter up to which they were captured. */
export interface LoadProfile {
	readonly rows: readonly LoadRow[];
	readonly capturedMs: number;
}

const quarterOf = (clockMs: number): number =>
	Math.floor(clockMs / CAPTURE_PERIOD_MS) * CAPTURE_PERIOD_MS;

/** A profile without rows that begins with the quarter after `clockMs`. */
export function createLoadProfile(clockMs: number): LoadProfile {
	return { rows: [], capturedMs: quarterOf(clockMs) };
}

/** After the clock was set: the rows stay, capturing goes on from the new time. */
export function setLoadProfileClock(profile: LoadProfile, clockMs: number): LoadProfile {
	return { ...profile, capturedMs: quarterOf(clockMs) };
}

/**
 * Brings the meter to an instant and captures every quarter on the way; of a pause longer than the
 * profile holds, only the last rows.
 */
export function captureUntil(
	meter: VirtualMeter,
	profile: LoadProfile,
	instantMs: number,
): { meter: VirtualMeter; profile: LoadProfile } {
	const { clockOffsetMs } = meter;
	const lastMs = quarterOf(instantMs + clockOffsetMs);
	if (lastMs <= profile.capturedMs) return { meter: advanceTo(meter, instantMs), profile };
	const oldestMs = lastMs - LOAD_PROFILE_CAPACITY * CAPTURE_PERIOD_MS;
	const captured: LoadRow[] = [];
	let counted = meter;
	// What the meter has not counted, because the mains were out, has no rows.
	const countedMs = quarterOf(meter.supply.countedMs + clockOffsetMs);
	let clockMs = Math.max(profile.capturedMs, oldestMs, countedMs);
	while (clockMs < lastMs) {
		clockMs += CAPTURE_PERIOD_MS;
		counted = advanceTo(counted, clockMs - clockOffsetMs);
		const { supply } = counted;
		captured.push({
			clockMs,
			totalWh: supply.totalWh,
			powerW: activePowerW(supply),
			creditWh: supply.creditWh,
		});
	}
	const rows = [...profile.rows, ...captured].slice(-LOAD_PROFILE_CAPACITY);
	return { meter: advanceTo(counted, instantMs), profile: { rows, capturedMs: lastMs } };
}

/** Rows of a profile that goes on and on. */
const PLANTED_ROWS = 1_000_000;
const PLANTED_POWER_W = 400;

/** A million rows up to the last full quarter, made as they are read: a planted fault. */
export function plantedLoadRows({ capturedMs }: LoadProfile): {
	readonly count: number;
	readonly row: (at: number) => LoadRow;
} {
	return {
		count: PLANTED_ROWS,
		row: (at) => ({
			clockMs: capturedMs - (PLANTED_ROWS - 1 - at) * CAPTURE_PERIOD_MS,
			totalWh: (at * PLANTED_POWER_W * CAPTURE_PERIOD_MS) / WMS_PER_WH,
			powerW: PLANTED_POWER_W,
			creditWh: 0,
		}),
	};
}
