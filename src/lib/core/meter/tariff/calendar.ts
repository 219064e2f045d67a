/**
 * An activity calendar (IEC 62056-6-2, class 20) as a value: seasons choose a week, the week chooses a day,
 * the day says from when on which rate counts. All of it on the meter's clock, which keeps UTC.
 *
 * Always holds in a calendar that `isWhole` takes: there is a rate at every instant.
 */

/** Rates a meter has registers for. */
export const RATES = 8;

/** From `month` and `day` on, each year, a week by its name. */
export interface Season {
	readonly name: string;
	/** 1 … 12. */
	readonly month: number;
	/** 1 … 31. */
	readonly day: number;
	readonly week: string;
}

/** The day profile of each weekday, Monday first. */
export interface Week {
	readonly name: string;
	readonly days: readonly number[];
}

/** From a minute of the day on (0 … 1439), a rate (1 … 8). */
export interface RateSwitch {
	readonly minute: number;
	readonly rate: number;
}

/** A day by its number, 0 … 255; switches rise, and the first is at midnight. */
export interface DayProfile {
	readonly id: number;
	readonly switches: readonly RateSwitch[];
}

export interface Calendar {
	/** One to eight printable ASCII characters, as all names here. */
	readonly name: string;
	readonly seasons: readonly Season[];
	readonly weeks: readonly Week[];
	readonly days: readonly DayProfile[];
}

/** The most entries of a calendar's tables. */
export const CALENDAR_LIMITS = { seasons: 12, weeks: 12, days: 24, switches: 10 } as const;

/** Whether a text may be a name: one to eight printable ASCII characters. */
export function isName(text: string): boolean {
	return /^[ -~]{1,8}$/.test(text);
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const WEEKDAYS = 7;

const rises = (values: readonly number[]): boolean =>
	values.every((value, at) => at === 0 || value > (values[at - 1] as number));

const yearPlace = ({ month, day }: Pick<Season, 'month' | 'day'>): number => month * 32 + day;

/** Whether every season finds its week, every week its days, every day begins at midnight. */
export function isWhole({ seasons, weeks, days }: Calendar): boolean {
	return (
		seasons.length > 0 &&
		rises(seasons.map(yearPlace)) &&
		seasons.every(({ week }) => weeks.some(({ name }) => name === week)) &&
		weeks.every(
			(week) =>
				week.days.length === WEEKDAYS &&
				week.days.every((wanted) => days.some(({ id }) => id === wanted)),
		) &&
		days.every(
			({ switches }) => switches[0]?.minute === 0 && rises(switches.map(({ minute }) => minute)),
		)
	);
}

/** The day profile that holds when the clock shows `clockMs`; undefined in a calendar that is not whole. */
function dayAt({ seasons, weeks, days }: Calendar, clockMs: number): DayProfile | undefined {
	const date = new Date(clockMs);
	const place = yearPlace({ month: date.getUTCMonth() + 1, day: date.getUTCDate() });
	// Before the first season of a year the last one of the year before still holds.
	const season = seasons.findLast((each) => yearPlace(each) <= place) ?? seasons.at(-1);
	const week = weeks.find(({ name }) => name === season?.week);
	const wanted = week?.days[(date.getUTCDay() + WEEKDAYS - 1) % WEEKDAYS];
	return days.find(({ id }) => id === wanted);
}

const midnightOf = (clockMs: number): number => Math.floor(clockMs / DAY_MS) * DAY_MS;

/** The rate, 1 … 8, when the clock shows `clockMs`. */
export function rateAt(calendar: Calendar, clockMs: number): number {
	const minute = Math.floor((clockMs - midnightOf(clockMs)) / MINUTE_MS);
	const switches = dayAt(calendar, clockMs)?.switches ?? [];
	return switches.findLast((each) => each.minute <= minute)?.rate ?? 1;
}

/** When, on the clock, the next switch stands after `clockMs`: one of that day, or midnight. */
export function nextSwitchMs(calendar: Calendar, clockMs: number): number {
	const midnightMs = midnightOf(clockMs);
	const next = (dayAt(calendar, clockMs)?.switches ?? [])
		.map(({ minute }) => midnightMs + minute * MINUTE_MS)
		.find((atMs) => atMs > clockMs);
	return next ?? midnightMs + DAY_MS;
}
