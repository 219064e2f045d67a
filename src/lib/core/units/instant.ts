/**
 * Instants and civil dates. An instant is a whole number of milliseconds since 1970-01-01 UTC; a civil
 * date is a day in a place's calendar, found at the edge and handed to the core.
 */

/** Milliseconds in one minute: the resolution of an STS token identifier. */
export const MINUTE_MS = 60_000;

/** A day in a place's calendar. `month` 1–12, `day` 1–31. */
export interface CivilDate {
	readonly year: number;
	readonly month: number;
	readonly day: number;
}

/** The calendar month of a civil date, as `2026-11`. */
export function formatMonth(date: CivilDate): string {
	return `${String(date.year).padStart(4, '0')}-${String(date.month).padStart(2, '0')}`;
}

/** The civil date of an instant in an IANA time zone. @throws {RangeError} slip: unknown zone */
export function civilDateOf(instantMs: number, timeZone: string): CivilDate {
	const parts = new Intl.DateTimeFormat('en-CA', {
		timeZone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
	}).formatToParts(instantMs);
	const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
	return { year: read('year'), month: read('month'), day: read('day') };
}
