/**
 * Instants and civil dates. An instant is a whole number of milliseconds since 1970-01-01 UTC; a civil
 * date is a day in a place's calendar, found at the edge and handed to the core.
 */

/** Milliseconds in one minute: the resolution of an STS token identifier. */
export const MINUTE_MS = 60_000;
const MINUTES_OF_A_DAY = 24 * 60;
const DAY_MS = MINUTES_OF_A_DAY * MINUTE_MS;

/** A day in a place's calendar. `month` 1–12, `day` 1–31. */
export interface CivilDate {
	readonly year: number;
	readonly month: number;
	readonly day: number;
}

/** A minute of a day in a place's calendar. */
export interface CivilMoment extends CivilDate {
	/** 1 Monday … 7 Sunday. */
	readonly weekday: number;
	/** 0 … 1439 since the wall clock's midnight. */
	readonly minuteOfDay: number;
}

/** The calendar month of a civil date, as `2026-11`. */
export function formatMonth(date: CivilDate): string {
	return `${String(date.year).padStart(4, '0')}-${String(date.month).padStart(2, '0')}`;
}

/** The civil date of an instant in an IANA time zone. @throws {RangeError} slip: unknown zone */
export function civilDateOf(instantMs: number, timeZone: string): CivilDate {
	const { year, month, day } = civilMomentOf(instantMs, timeZone);
	return { year, month, day };
}

/** The civil minute of an instant in an IANA time zone. @throws {RangeError} slip: unknown zone */
export function civilMomentOf(instantMs: number, timeZone: string): CivilMoment {
	const parts = momentFormat(timeZone).formatToParts(instantMs);
	const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
	const date = { year: read('year'), month: read('month'), day: read('day') };
	return {
		...date,
		weekday: weekdayOf(date),
		minuteOfDay: read('hour') * 60 + read('minute'),
	};
}

/**
 * A format takes a hundred times as long to make as to use, and there are few zones. What is kept here is
 * never seen: with it or without, every answer is the same.
 */
const momentFormats = new Map<string, Intl.DateTimeFormat>();

function momentFormat(timeZone: string): Intl.DateTimeFormat {
	const known = momentFormats.get(timeZone);
	if (known !== undefined) return known;
	const format = new Intl.DateTimeFormat('en-CA', {
		timeZone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
	});
	momentFormats.set(timeZone, format);
	return format;
}

/** Days since 1970-01-01 in the calendar, whatever the place. */
function dayNumberOf({ year, month, day }: CivilDate): number {
	return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** 1 Monday … 7 Sunday; 1970-01-01 was a Thursday. */
function weekdayOf(date: CivilDate): number {
	return ((((dayNumberOf(date) + 3) % 7) + 7) % 7) + 1;
}

/** `2026-11-20`. */
export function formatDate(date: CivilDate): string {
	return `${formatMonth(date)}-${String(date.day).padStart(2, '0')}`;
}

/** A date as `formatDate` writes it; undefined for one that no calendar has. */
export function parseDate(text: string): CivilDate | undefined {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
	if (match === null) return undefined;
	const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
	return formatDate(dayAfter(date, 0)) === text ? date : undefined;
}

/** The date so many days later. */
export function dayAfter(date: CivilDate, days = 1): CivilDate {
	const day = new Date((dayNumberOf(date) + days) * DAY_MS);
	return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
}

/**
 * The first instant of a civil day in an IANA time zone. A day whose midnight the clocks leap over begins
 * with the first minute that it has. @throws {RangeError} slip: unknown zone
 */
export function startOfDay(date: CivilDate, timeZone: string): number {
	const day = formatDate(date);
	const begun = (minute: number) => formatDate(civilDateOf(minute * MINUTE_MS, timeZone)) >= day;
	// No place is further than a day from UTC; between the two the day begins once.
	let before = (dayNumberOf(date) - 1) * MINUTES_OF_A_DAY;
	let after = (dayNumberOf(date) + 1) * MINUTES_OF_A_DAY;
	while (after - before > 1) {
		const middle = Math.floor((before + after) / 2);
		if (begun(middle)) after = middle;
		else before = middle;
	}
	return after * MINUTE_MS;
}
