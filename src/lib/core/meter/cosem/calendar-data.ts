/** An activity calendar as the attributes of its object (IEC 62056-6-2, class 20), and back. */
import {
	array,
	asciiText,
	longUnsigned,
	octetString,
	structure,
	unsigned,
} from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import {
	decodeDateTime,
	decodeTime,
	encodeDateTime,
	encodeTime,
	UNSPECIFIED,
	UNSPECIFIED_DEVIATION,
	UNSPECIFIED_YEAR,
} from '#lib/core/dlms/axdr/date-time.ts';
import { obis, obisOf } from '#lib/core/dlms/cosem/obis.ts';
import {
	type Calendar,
	CALENDAR_LIMITS,
	type DayProfile,
	isName,
	RATES,
	type RateSwitch,
	type Season,
	type Week,
} from '../tariff/calendar.ts';
import { nameData, textData } from './cosem-values.ts';

/** The scripts that switch rates: number n makes rate n count. */
export const TARIFF_SCRIPT = '0.0.10.0.100';

/** A season begins each year at the beginning of a day. */
const startData = ({ month, day }: Season): Data =>
	octetString(
		encodeDateTime({
			...{ year: UNSPECIFIED_YEAR, month, day, weekday: UNSPECIFIED },
			...{ hour: 0, minute: 0, second: 0, hundredths: 0 },
			...{ deviation: UNSPECIFIED_DEVIATION, status: 0 },
		}),
	);

export const seasonsData = ({ seasons }: Calendar): Data =>
	array(
		...seasons.map((season) =>
			structure(textData(season.name), startData(season), textData(season.week)),
		),
	);

export const weeksData = ({ weeks }: Calendar): Data =>
	array(...weeks.map(({ name, days }) => structure(textData(name), ...days.map(unsigned))));

const switchData = ({ minute, rate }: RateSwitch): Data =>
	structure(
		octetString(
			encodeTime({ hour: Math.floor(minute / 60), minute: minute % 60, second: 0, hundredths: 0 }),
		),
		nameData(TARIFF_SCRIPT),
		longUnsigned(rate),
	);

export const daysData = ({ days }: Calendar): Data =>
	array(
		...days.map(({ id, switches }) => structure(unsigned(id), array(...switches.map(switchData)))),
	);

const elementsOf = (data: Data | undefined): readonly Data[] =>
	data?.type === 'array' || data?.type === 'structure' ? data.value : [];

const octetsOf = (data: Data | undefined, length: number): Uint8Array | undefined =>
	data?.type === 'octet-string' && data.value.length === length ? data.value : undefined;

/** A name of a calendar; undefined for what is none. */
export function nameOf(data: Data | undefined): string | undefined {
	const text = data?.type === 'octet-string' ? asciiText(data.value) : '';
	return isName(text) ? text : undefined;
}

/** All of them understood, and no more than `most`; undefined otherwise. */
function each<Value>(
	data: Data,
	most: number,
	understand: (element: Data) => Value | undefined,
): readonly Value[] | undefined {
	if (data.type !== 'array' || data.value.length > most) return undefined;
	const values = data.value.map(understand);
	return values.every((value) => value !== undefined) ? values : undefined;
}

function seasonOf(data: Data): Season | undefined {
	const [nameElement, startElement, weekElement] = elementsOf(data);
	const [name, week] = [nameOf(nameElement), nameOf(weekElement)];
	const start = octetsOf(startElement, 12);
	if (!name || !week || !start) return undefined;
	const { month, day } = decodeDateTime(start);
	return month >= 1 && month <= 12 && day >= 1 && day <= 31
		? { name, month, day, week }
		: undefined;
}

/** Seasons as a client writes them; undefined for what is none. */
export const seasonsOf = (data: Data): readonly Season[] | undefined =>
	each(data, CALENDAR_LIMITS.seasons, seasonOf);

function weekOf(data: Data): Week | undefined {
	const [nameElement, ...dayElements] = elementsOf(data);
	const name = nameOf(nameElement);
	const days = dayElements.flatMap((day) => (day.type === 'unsigned' ? [day.value] : []));
	return name && dayElements.length === 7 && days.length === 7 ? { name, days } : undefined;
}

/** Weeks as a client writes them; undefined for what is none. */
export const weeksOf = (data: Data): readonly Week[] | undefined =>
	each(data, CALENDAR_LIMITS.weeks, weekOf);

function switchOf(data: Data): RateSwitch | undefined {
	const [startElement, scriptElement, selector] = elementsOf(data);
	const start = octetsOf(startElement, 4);
	const script = octetsOf(scriptElement, 6);
	if (!start || !script || obisOf(script) !== obis(TARIFF_SCRIPT)) return undefined;
	const { hour, minute } = decodeTime(start);
	const rate = selector?.type === 'long-unsigned' ? selector.value : 0;
	return hour < 24 && minute < 60 && rate >= 1 && rate <= RATES
		? { minute: hour * 60 + minute, rate }
		: undefined;
}

function dayOf(data: Data): DayProfile | undefined {
	const [id, switchElements] = elementsOf(data);
	const switches = switchElements && each(switchElements, CALENDAR_LIMITS.switches, switchOf);
	return id?.type === 'unsigned' && switches ? { id: id.value, switches } : undefined;
}

/** Day profiles as a client writes them; undefined for what is none. */
export const daysOf = (data: Data): readonly DayProfile[] | undefined =>
	each(data, CALENDAR_LIMITS.days, dayOf);
