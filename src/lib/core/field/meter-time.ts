/**
 * Times as meters tell them (IEC 62056-6-2, 4.1.6.1), as octet-string of 12 or as date-time, whole or with
 * fields left out, with the deviation from UTC or without.
 */
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import {
	CLOCK_STATUS,
	type CosemDateTime,
	decodeDateTime,
	instantOf,
	UNSPECIFIED,
	UNSPECIFIED_DEVIATION,
} from '#lib/core/dlms/axdr/date-time.ts';

export interface MeterTime {
	/** Epoch milliseconds; null where the meter leaves out what it takes, or no calendar has the day. */
	readonly atMs: number | null;
	/** Minutes to add to local time to get UTC; null where the meter does not say. */
	readonly deviation: number | null;
	readonly daylightSaving: boolean;
	/** The meter itself calls it invalid or doubtful. */
	readonly doubtful: boolean;
	/** How exact it is told: 10, 1000 or 60 000. */
	readonly resolutionMs: number;
}

/** What stands in for what a meter leaves out. */
export interface AssumedZone {
	/** Minutes to add to the meter's normal time to get UTC. */
	readonly deviation: number;
	/** Minutes by which daylight saving is ahead. */
	readonly daylightSavingMin: number;
}

/** The meter keeps UTC, as long as nobody says otherwise. */
export const ASSUME_UTC: AssumedZone = { deviation: 0, daylightSavingMin: 60 };

const MINUTE_MS = 60_000;

/** The octets of a date-time in either of its two forms. */
export function dateTimeOctets(data: Data | undefined): Uint8Array | undefined {
	if (data?.type !== 'octet-string' && data?.type !== 'date-time') return undefined;
	return data.value.length === 12 ? data.value : undefined;
}

/** The time in a Data; undefined where it is none. */
export function timeIn(
	data: Data | undefined,
	zone: AssumedZone = ASSUME_UTC,
): MeterTime | undefined {
	const octets = dateTimeOctets(data);
	return octets && meterTimeOf(decodeDateTime(octets), zone);
}

/** A COSEM date-time as an instant, with what the meter says beside it. */
export function meterTimeOf(dateTime: CosemDateTime, zone: AssumedZone = ASSUME_UTC): MeterTime {
	const told = dateTime.deviation !== UNSPECIFIED_DEVIATION;
	const status = dateTime.status === UNSPECIFIED ? 0 : dateTime.status;
	const daylightSaving = (status & CLOCK_STATUS.daylightSaving) !== 0;
	// A deviation that is told has daylight saving in it already.
	const assumed = zone.deviation - (daylightSaving ? zone.daylightSavingMin : 0);
	return {
		atMs: isDay(dateTime) ? (instantOf(dateTime, assumed) ?? null) : null,
		deviation: told ? dateTime.deviation : null,
		daylightSaving,
		doubtful: (status & (CLOCK_STATUS.invalid | CLOCK_STATUS.doubtful)) !== 0,
		resolutionMs: resolutionOf(dateTime),
	};
}

/** Years below are taken for others by `Date.UTC`, and no meter is as old. */
const EARLIEST_YEAR = 1900;
const SHORTEST_MONTH = 28;

/** Whether the calendar has the day; one that is not specified is none. */
function isDay({ year, month, day }: CosemDateTime): boolean {
	if (year < EARLIEST_YEAR || month < 1 || month > 12 || day < 1) return false;
	if (day <= SHORTEST_MONTH) return true;
	return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function resolutionOf({ second, hundredths }: CosemDateTime): number {
	if (second > 59) return MINUTE_MS;
	return hundredths > 99 || hundredths === 0 ? 1000 : 10;
}

/** The deviation by which a time is to be written: the one told, else the assumed one. */
export function deviationOf(
	{ deviation, daylightSaving }: Pick<MeterTime, 'deviation' | 'daylightSaving'>,
	zone: AssumedZone,
): number {
	return deviation ?? zone.deviation - (daylightSaving ? zone.daylightSavingMin : 0);
}

/** ISO 8601 with the offset from UTC: `2026-11-29T12:15:00+02:00`. Whole seconds. */
export function isoText(atMs: number, deviation: number): string {
	const local = new Date(atMs - deviation * MINUTE_MS).toISOString().replace(/\.\d+Z$/, '');
	if (deviation === 0) return `${local}Z`;
	const minutes = Math.abs(deviation);
	const two = (value: number) => String(value).padStart(2, '0');
	return `${local}${deviation > 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
