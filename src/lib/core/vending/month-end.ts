/** The end of a calendar month: when an inclining tariff is about to begin again. */
import { dayAfter, type CivilDate } from '#lib/core/units/instant.ts';

/** Earlier in a month nobody waits, or knows what the month will still need. */
const DAYS_BEFORE_FIRST = 7;

/** The first of the month after a date. */
export const firstOfNext = ({ year, month }: CivilDate): CivilDate =>
	month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 };

/** 1 on the last day of a month. */
export const daysToFirst = (date: CivilDate): number =>
	dayAfter(firstOfNext(date), -1).day - date.day + 1;

/** Whether it is worth a thought whether to buy before the first or after. */
export const isMonthEnding = (date: CivilDate): boolean => daysToFirst(date) <= DAYS_BEFORE_FIRST;
