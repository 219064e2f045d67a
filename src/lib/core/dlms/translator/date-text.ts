/** COSEM dates as a person writes them, with `--` for what is not specified. */
import {
	decodeDateTime,
	UNSPECIFIED,
	UNSPECIFIED_DEVIATION,
	UNSPECIFIED_YEAR,
} from '../axdr/date-time.ts';

const two = (value: number): string =>
	value === UNSPECIFIED ? '--' : String(value).padStart(2, '0');

/**
 * "2020-01-06 00:03:00 UTC+1:00"; undefined for octets that are not a plausible date-time, which any
 * twelve octets might be.
 */
export function dateTimeText(octets: Uint8Array): string | undefined {
	if (octets.length !== 12) return undefined;
	const { year, month, day, hour, minute, second, deviation } = decodeDateTime(octets);
	const inRange = (value: number, least: number, most: number): boolean =>
		value === UNSPECIFIED || (value >= least && value <= most);
	if (
		!(year === UNSPECIFIED_YEAR || (year >= 1990 && year <= 2200)) ||
		!inRange(month, 1, 12) ||
		!inRange(day, 1, 31) ||
		!inRange(hour, 0, 23) ||
		!inRange(minute, 0, 59) ||
		!inRange(second, 0, 59)
	)
		return undefined;
	const date = `${year === UNSPECIFIED_YEAR ? '----' : year}-${two(month)}-${two(day)}`;
	return `${date} ${two(hour)}:${two(minute)}:${two(second)}${zoneText(deviation)}`;
}

/** The deviation counts from local time to UTC, people write it the other way round. */
function zoneText(deviation: number): string {
	if (deviation === UNSPECIFIED_DEVIATION) return '';
	const minutes = Math.abs(deviation);
	const hours = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
	return ` UTC${deviation > 0 ? '-' : '+'}${hours}`;
}
