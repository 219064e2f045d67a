import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import {
	dateTimeOf,
	decodeDate,
	decodeDateTime,
	decodeTime,
	encodeDate,
	encodeDateTime,
	encodeTime,
	instantOf,
} from '#lib/core/dlms/axdr/date-time.ts';
import { expectSturdy } from '../every-way.ts';

describe('COSEM date and time', () => {
	it('counts the deviation from local time towards UTC', () => {
		// 2020-01-06 00:03 at UTC+1 carries a deviation of −60 (FFC4).
		const dateTime = decodeDateTime(parseHex('07e40106ff00030000ffc400'));
		expect(dateTime.deviation).toBe(-60);
		expect(instantOf(dateTime)).toBe(Date.UTC(2020, 0, 5, 23, 3));
		expect(instantOf({ ...dateTime, deviation: -32768 }, -120)).toBe(Date.UTC(2020, 0, 5, 22, 3));
	});

	it.each(['07e40106ff00030000ffc400', 'fffffffefdffffffff8000ff', '07ea0b150600231e00000000'])(
		'%s comes back octet for octet',
		(hex) => {
			expect(formatHex(encodeDateTime(decodeDateTime(parseHex(hex))))).toBe(hex);
			expectSturdy(decodeDateTime, parseHex(hex));
		},
	);

	it('has no instant where a field it needs is not specified', () => {
		expect(instantOf(decodeDateTime(parseHex('ffff0106ff00030000ffc400')))).toBeUndefined();
		expect(instantOf(decodeDateTime(parseHex('07e4fe06ff00030000ffc400')))).toBeUndefined();
		expect(instantOf(decodeDateTime(parseHex('07e40106ffff030000ffc400')))).toBeUndefined();
		expect(instantOf(decodeDateTime(parseHex('07e40106ff0003ffffffc400')))).toBeDefined();
	});

	it('shows an instant as a clock of that deviation would', () => {
		const instant = Date.UTC(2026, 10, 21, 22, 30, 15, 230);
		const shown = dateTimeOf(instant, -120, 0x80);
		expect([shown.day, shown.weekday, shown.hour, shown.hundredths]).toEqual([22, 7, 0, 23]);
		expect(instantOf(shown)).toBe(instant);
		expect(() => dateTimeOf(Number.NaN)).toThrow(RangeError);
	});

	it('reads date and time alone', () => {
		expect(formatHex(encodeDate(decodeDate(parseHex('07e80b15ff'))))).toBe('07e80b15ff');
		expect(formatHex(encodeTime(decodeTime(parseHex('081e0f17'))))).toBe('081e0f17');
		expectSturdy(decodeDate, parseHex('07e80b15ff'));
		expectSturdy(decodeTime, parseHex('081e0f17'));
	});
});
