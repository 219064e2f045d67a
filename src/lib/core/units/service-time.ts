/**
 * What time it is on a device whose clock may be wrong: a phone that woke up in 1970, or in 2099. The backend
 * says the time with every answer; between two answers the device's clock is followed, as far as it can be
 * believed. Pure.
 */

/** The backend's word on the time, as last heard. */
export interface HeardTime {
	/** Epoch milliseconds by the backend. */
	readonly serviceMs: number;
	/** By the device's clock, at the same moment. */
	readonly deviceMs: number;
}

/** What time it is. `isSure` false: the clock says what cannot be, and `ms` is the latest moment that surely was. */
export interface ServiceTime {
	readonly ms: number;
	readonly isSure: boolean;
}

/** A difference below this is a network's delay, or a minute that nobody minds. */
const TOLERANCE_MS = 60_000;

const DAY_MS = 86_400_000;
/** Before this there was no such app: 1 January 2024. */
const EARLIEST_MS = 1_704_067_200_000;

/**
 * A clock that is behind by less passes what it heard by going on: that nobody has set it is likelier, and it is
 * heard anew before long. One that is behind by more has been set.
 */
const LONGEST_LAG_MS = DAY_MS;

/** @param heard null: the backend was never heard on this device */
export function serviceTime(heard: HeardTime | null, deviceMs: number): ServiceTime {
	if (heard === null) return { ms: deviceMs, isSure: deviceMs >= EARLIEST_MS };
	const { serviceMs } = heard;
	const offsetMs = serviceMs - heard.deviceMs;
	// Somebody has set the clock since: forward over what it was behind, or back from what it was ahead.
	const isForward = offsetMs > LONGEST_LAG_MS && deviceMs >= serviceMs;
	const wasSet = offsetMs > 0 ? isForward : deviceMs < heard.deviceMs;
	const believed = Math.abs(offsetMs) <= TOLERANCE_MS || wasSet ? deviceMs : deviceMs + offsetMs;
	return believed + TOLERANCE_MS >= serviceMs
		? { ms: believed, isSure: true }
		: { ms: serviceMs, isSure: false };
}

/** Whether a moment that a device wrote down can have been, as far as is known now. */
export function isLikely(thenMs: number, now: ServiceTime): boolean {
	return thenMs >= EARLIEST_MS && (!now.isSure || thenMs <= now.ms + DAY_MS);
}
