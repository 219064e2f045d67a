/** A tariff with its calendars as it is stored. */
import * as v from 'valibot';
import { CALENDAR_LIMITS, isName, isWhole, RATES } from '../tariff/calendar.ts';
import { counting, whole } from './atoms.ts';

const name = v.pipe(v.string(), v.check(isName));
const dayId = whole(255);

const season = v.strictObject({ name, month: counting(12), day: counting(31), week: name });
const week = v.strictObject({ name, days: v.pipe(v.array(dayId), v.length(7)) });
const dayProfile = v.strictObject({
	id: dayId,
	switches: v.pipe(
		v.array(v.strictObject({ minute: whole(1439), rate: counting(RATES) })),
		v.maxLength(CALENDAR_LIMITS.switches),
	),
});

const calendar = v.strictObject({
	name,
	seasons: v.pipe(v.array(season), v.maxLength(CALENDAR_LIMITS.seasons)),
	weeks: v.pipe(v.array(week), v.maxLength(CALENDAR_LIMITS.weeks)),
	days: v.pipe(v.array(dayProfile), v.maxLength(CALENDAR_LIMITS.days)),
});

export const storedTariff = v.strictObject({
	active: v.pipe(
		calendar,
		v.check((each) => isWhole(each)),
	),
	/** Being written it need not be whole. */
	passive: calendar,
	activateAtMs: v.nullable(v.pipe(v.number(), v.safeInteger())),
	rate: counting(RATES),
	registersWh: v.pipe(v.array(whole()), v.length(RATES)),
});
