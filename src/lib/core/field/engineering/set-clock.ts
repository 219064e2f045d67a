/**
 * Setting a meter's clock (class 8): by a shift where the step is small, by its time where it is large or
 * the clock stands unset, and not at all by a time that is itself uncertain.
 */
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import { long } from '#lib/core/dlms/axdr/build.ts';
import {
	CLOCK_STATUS,
	dateTimeOf,
	encodeDateTime,
	UNSPECIFIED_DEVIATION,
} from '#lib/core/dlms/axdr/date-time.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import type { ClockDrift } from '../glance/clock.ts';
import { type AssumedZone, deviationOf, type MeterTime } from '../meter-time.ts';

export interface ClockSettings {
	/** A clock that is off by more is not touched. */
	readonly maxStepS: number;
	/** Our own time must be known to within this. */
	readonly maxUncertaintyMs: number;
	/** A clock that is off by less is right. */
	readonly toleranceMs: number;
}

/** An hour, which is what a forgotten daylight saving makes; five seconds; two. */
export const USUAL_CLOCK: ClockSettings = {
	maxStepS: 3600,
	maxUncertaintyMs: 5000,
	toleranceMs: 2000,
};

/** Why a clock is not set, in order of precedence. */
export const CLOCK_REFUSALS = [
	'clock-not-readable',
	'own-time-uncertain',
	'already-right',
	'step-too-large',
] as const;
export type ClockRefusal = (typeof CLOCK_REFUSALS)[number];

/** How a clock is set. */
export type ClockPlan =
	| { readonly way: 'shift'; readonly seconds: number }
	| { readonly way: 'write'; readonly stepMs: number | null };

/** shift_time takes so many seconds either way (class 8, method 6). */
export const MAX_SHIFT_S = 900;

/**
 * How a clock is to be set, or why not.
 * @param time what the meter shows; undefined where it was not to be read
 * @param drift null where the meter's time is not whole: it is then set anew
 * @param uncertaintyMs of our own time; null where nobody knows it
 */
export function decideClock(
	time: MeterTime | undefined,
	drift: ClockDrift | null,
	uncertaintyMs: number | null,
	{ maxStepS, maxUncertaintyMs, toleranceMs }: ClockSettings = USUAL_CLOCK,
): ClockPlan | { readonly refusal: ClockRefusal } {
	if (!time) return { refusal: 'clock-not-readable' };
	if (uncertaintyMs === null || uncertaintyMs > maxUncertaintyMs)
		return { refusal: 'own-time-uncertain' };
	if (!drift) return { way: 'write', stepMs: null };
	const stepMs = -drift.driftMs;
	if (Math.abs(stepMs) <= toleranceMs) return { refusal: 'already-right' };
	if (Math.abs(stepMs) > maxStepS * 1000) return { refusal: 'step-too-large' };
	const seconds = Math.round(stepMs / 1000);
	return Math.abs(seconds) <= MAX_SHIFT_S ? { way: 'shift', seconds } : { way: 'write', stepMs };
}

const CLOCK_CLASS = 8;
const TIME_ATTRIBUTE = 2;
const SHIFT_TIME = 6;

/** The reading of a clock. */
export const readClockWish = (logicalName: Obis): Wish => ({
	kind: 'get',
	target: { classId: CLOCK_CLASS, logicalName, attribute: TIME_ATTRIBUTE },
});

/** The shift of a clock. @throws {RangeError} slip: more than `MAX_SHIFT_S` */
export function shiftClockWish(logicalName: Obis, seconds: number): Wish {
	if (!Number.isInteger(seconds) || Math.abs(seconds) > MAX_SHIFT_S)
		throw new RangeError('a shift is −900 to 900 whole seconds');
	return {
		kind: 'action',
		target: { classId: CLOCK_CLASS, logicalName, method: SHIFT_TIME },
		parameter: long(seconds),
	};
}

/**
 * The writing of an instant into a clock, as the meter itself tells times: in its zone, with its deviation
 * where it has one, in the type it uses.
 * @param form of what the meter sends: its own type for date-times, or an octet-string
 */
export function writeClockWish(
	logicalName: Obis,
	atMs: number,
	time: Pick<MeterTime, 'deviation' | 'daylightSaving'>,
	zone: AssumedZone,
	form: 'octet-string' | 'date-time' = 'octet-string',
): Wish {
	const status = time.daylightSaving ? CLOCK_STATUS.daylightSaving : 0;
	const written = dateTimeOf(atMs, deviationOf(time, zone), status);
	const deviation = time.deviation ?? UNSPECIFIED_DEVIATION;
	return {
		kind: 'set',
		target: { classId: CLOCK_CLASS, logicalName, attribute: TIME_ATTRIBUTE },
		data: { type: form, value: encodeDateTime({ ...written, deviation }) },
	};
}

/** What became of setting a clock. */
export const CLOCK_VERDICTS = ['set', 'still-off', 'unchanged', 'refused', 'unknown'] as const;
export type ClockVerdict = (typeof CLOCK_VERDICTS)[number];

/**
 * What a clock that was read again says of its setting.
 * @param before null where it stood unset
 * @param after null where it was not to be read again, or stands unset still
 */
export function judgeClock(
	before: ClockDrift | null,
	after: ClockDrift | null,
	{ toleranceMs }: ClockSettings = USUAL_CLOCK,
): Exclude<ClockVerdict, 'refused'> {
	if (!after) return 'unknown';
	const slackMs = toleranceMs + (after.uncertaintyMs ?? 0);
	if (Math.abs(after.driftMs) <= slackMs) return 'set';
	if (before && Math.abs(after.driftMs - before.driftMs) <= slackMs) return 'unchanged';
	return 'still-off';
}
