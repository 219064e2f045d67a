/**
 * The calendar that a meter of eight rates leaves the factory with: two seasons, and in each of them the
 * peak, the shoulder and the night of working days; the two ends of the week have a rate each.
 */
import type { Calendar, DayProfile, RateSwitch } from './calendar.ts';

const hour = (hours: number, rate: number): RateSwitch => ({ minute: hours * 60, rate });

/** Night, morning peak, day, evening peak, night. */
const workingDay = (id: number, night: number, day: number, peak: number): DayProfile => ({
	id,
	switches: [hour(0, night), hour(6, peak), hour(9, day), hour(17, peak), hour(21, night)],
});

const WARM_DAY = 1;
const COLD_DAY = 2;
const SATURDAY = 3;
const SUNDAY = 4;

const week = (name: string, workDay: number) => ({
	name,
	days: [workDay, workDay, workDay, workDay, workDay, SATURDAY, SUNDAY],
});

export const FACTORY_CALENDAR: Calendar = {
	name: 'EIGHT',
	seasons: [
		{ name: 'WARM', month: 4, day: 1, week: 'WARM' },
		{ name: 'COLD', month: 10, day: 1, week: 'COLD' },
	],
	weeks: [week('WARM', WARM_DAY), week('COLD', COLD_DAY)],
	days: [
		workingDay(WARM_DAY, 1, 2, 3),
		workingDay(COLD_DAY, 4, 5, 6),
		{ id: SATURDAY, switches: [hour(0, 7)] },
		{ id: SUNDAY, switches: [hour(0, 8)] },
	],
};
