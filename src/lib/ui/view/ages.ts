/** How long ago something was, in words of the language: `2 minutes ago`, `yesterday`. */

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
