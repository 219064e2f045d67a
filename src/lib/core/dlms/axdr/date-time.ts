/**
 * COSEM date, time and date-time (IEC 62056-6-2, 4.1.6.1): 5, 4 and 12 octets in which every field may
 * say "not specified". In attributes they mostly travel as octet-string.
 *
 * Always holds: parsing then formatting gives the same octets.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { Writer } from '#lib/core/bytes/writer.ts';

const CLAUSE = 'IEC 62056-6-2, 4.1.6.1';

/** "Not specified" in every one-octet field. */
export const UNSPECIFIED = 0xff;
/** "Not specified" as a year. */
export const UNSPECIFIED_YEAR = 0xffff;
/** "Not specified" as a deviation: 8000 as a signed number. */
export const UNSPECIFIED_DEVIATION = -0x8000;

/** Months FD and FE stand for the end and the begin of daylight saving. */
export const MONTH_DST_END = 0xfd;
export const MONTH_DST_BEGIN = 0xfe;
/** Days FD and FE count from the end of the month. */
export const DAY_SECOND_LAST = 0xfd;
export const DAY_LAST = 0xfe;

export interface CosemDate {
	/** 1 … FFFE, FFFF not specified. */
	readonly year: number;
	/** 1 … 12, FD, FE, FF. */
	readonly month: number;
	/** 1 … 31, FD, FE, FF. */
	readonly day: number;
	/** 1 Monday … 7 Sunday, FF. */
	readonly weekday: number;
}

export interface CosemTime {
	/** 0 … 23, FF. */
	readonly hour: number;
	/** 0 … 59, FF. */
	readonly minute: number;
	/** 0 … 59, FF. */
	readonly second: number;
	/** 0 … 99, FF. */
	readonly hundredths: number;
}

/** Bits of the clock status octet; FF means that none of them is specified. */
export const CLOCK_STATUS = {
	invalid: 0x01,
	doubtful: 0x02,
	differentBase: 0x04,
	invalidStatus: 0x08,
	daylightSaving: 0x80,
} as const;

export interface CosemDateTime extends CosemDate, CosemTime {
	/** Minutes to add to local time to get UTC, −720 … 840, or −32768 for not specified. */
	readonly deviation: number;
	/** Bits of `CLOCK_STATUS`, or FF. */
	readonly status: number;
}

function expectLength(octets: Uint8Array, count: number): void {
	if (octets.length !== count)
		throw new Breach('bad-date-length', 0, CLAUSE, `${octets.length} octets instead of ${count}`);
}

const at = (octets: Uint8Array, index: number): number => octets[index] as number;

/** @throws {Breach} `bad-date-length` unless there are 5 octets */
export function decodeDate(octets: Uint8Array): CosemDate {
	expectLength(octets, 5);
	return dateAt(octets);
}

/** @throws {Breach} `bad-date-length` unless there are 4 octets */
export function decodeTime(octets: Uint8Array): CosemTime {
	expectLength(octets, 4);
	return timeAt(octets, 0);
}

/** @throws {Breach} `bad-date-length` unless there are 12 octets */
export function decodeDateTime(octets: Uint8Array): CosemDateTime {
	expectLength(octets, 12);
	return {
		...dateAt(octets),
		...timeAt(octets, 5),
		deviation: (((at(octets, 9) << 8) | at(octets, 10)) << 16) >> 16,
		status: at(octets, 11),
	};
}

function dateAt(octets: Uint8Array): CosemDate {
	return {
		year: (at(octets, 0) << 8) | at(octets, 1),
		month: at(octets, 2),
		day: at(octets, 3),
		weekday: at(octets, 4),
	};
}

function timeAt(octets: Uint8Array, from: number): CosemTime {
	return {
		hour: at(octets, from),
		minute: at(octets, from + 1),
		second: at(octets, from + 2),
		hundredths: at(octets, from + 3),
	};
}

export function encodeDate(date: CosemDate): Uint8Array {
	return Uint8Array.of(date.year >>> 8, date.year, date.month, date.day, date.weekday);
}

export function encodeTime(time: CosemTime): Uint8Array {
	return Uint8Array.of(time.hour, time.minute, time.second, time.hundredths);
}

export function encodeDateTime(dateTime: CosemDateTime): Uint8Array {
	return new Writer(12)
		.bytes(encodeDate(dateTime))
		.bytes(encodeTime(dateTime))
		.u16(dateTime.deviation & 0xffff)
		.u8(dateTime.status)
		.finish();
}

const MINUTE_MS = 60_000;

/**
 * The instant in epoch milliseconds, or undefined where a field it needs is not specified. A deviation
 * that is not specified counts as `assumedDeviation` minutes (0: the meter keeps UTC).
 */
export function instantOf(dateTime: CosemDateTime, assumedDeviation = 0): number | undefined {
	const { year, month, day, hour, minute } = dateTime;
	if (year === UNSPECIFIED_YEAR || month > 12 || day > 31 || hour > 23 || minute > 59)
		return undefined;
	const second = dateTime.second > 59 ? 0 : dateTime.second;
	const hundredths = dateTime.hundredths > 99 ? 0 : dateTime.hundredths;
	const deviation =
		dateTime.deviation === UNSPECIFIED_DEVIATION ? assumedDeviation : dateTime.deviation;
	return (
		Date.UTC(year, month - 1, day, hour, minute, second, hundredths * 10) + deviation * MINUTE_MS
	);
}

/**
 * The date-time of an instant as a clock shows it whose local time is UTC minus `deviation` minutes.
 * @throws {RangeError} slip: an instant that no calendar holds
 */
export function dateTimeOf(epochMs: number, deviation = 0, status = 0): CosemDateTime {
	const local = new Date(epochMs - deviation * MINUTE_MS);
	if (Number.isNaN(local.getTime())) throw new RangeError('not an instant');
	return {
		year: local.getUTCFullYear(),
		month: local.getUTCMonth() + 1,
		day: local.getUTCDate(),
		weekday: local.getUTCDay() || 7,
		hour: local.getUTCHours(),
		minute: local.getUTCMinutes(),
		second: local.getUTCSeconds(),
		hundredths: Math.floor(local.getUTCMilliseconds() / 10),
		deviation,
		status,
	};
}
