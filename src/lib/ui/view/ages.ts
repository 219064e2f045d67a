/** How long ago something was, in words of the language: `2 minutes ago`, `yesterday`. */
import { isLikely, type ServiceTime } from '#lib/core/units/service-time.ts';

const STEPS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, lengthMs: number])[] = [
	['day', 86_400_000],
	['hour', 3_600_000],
	['minute', 60_000],
];

/** @param nowMs now, by the same clock as `thenMs`; a `thenMs` after it counts as now */
export function formatAge(thenMs: number, nowMs: number, language: string): string {
	const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
	const ageMs = Math.max(0, nowMs - thenMs);
	for (const [unit, lengthMs] of STEPS)
		if (ageMs >= lengthMs) return format.format(-Math.floor(ageMs / lengthMs), unit);
	return format.format(0, 'second');
}

/** Beyond this an age says less than its date, and a clock that is years ahead would make one of decades. */
const LONGEST_AGE_MS = 60 * 86_400_000;

/**
 * When something was, as it may honestly be said: its age by a clock that can be believed, else its date; and
 * that it is not known where a wrong clock wrote it down.
 * @param unknown in the place of a date that cannot be
 */
export function sayWhen(
	thenMs: number,
	now: ServiceTime,
	language: string,
	unknown: string,
): string {
	if (!isLikely(thenMs, now)) return unknown;
	return now.isSure && now.ms - thenMs <= LONGEST_AGE_MS
		? formatAge(thenMs, now.ms, language)
		: new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(thenMs);
}

/** A date with its time, in a zone; in the device's own without one. */
export function formatMoment(instantMs: number, language: string, timeZone?: string): string {
	return new Intl.DateTimeFormat(language, {
		dateStyle: 'medium',
		timeStyle: 'short',
		...(timeZone === undefined ? {} : { timeZone }),
	}).format(instantMs);
}

/** A time of day, in the device's own zone. */
export function formatTime(instantMs: number, language: string): string {
	return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(instantMs);
}
