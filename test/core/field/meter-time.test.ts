import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateTimeOf, encodeDateTime } from '#lib/core/dlms/axdr/date-time.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import {
	ASSUME_UTC,
	deviationOf,
	isoText,
	meterTimeOf,
	timeIn,
} from '#lib/core/field/meter-time.ts';

const AT = Date.UTC(2026, 9, 25, 0, 30);

describe('a time of a meter', () => {
	it('is the same instant in any zone and in both types', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 4_000_000_000 }),
				fc.integer({ min: -840, max: 720 }),
				(seconds, deviation) => {
					const octets = encodeDateTime(dateTimeOf(seconds * 1000, deviation));
					expect(timeIn(build.octetString(octets))?.atMs).toBe(seconds * 1000);
					expect(timeIn({ type: 'date-time', value: octets })?.atMs).toBe(seconds * 1000);
				},
			),
		);
	});

	it('tells the repeated hour of autumn apart by its deviation, or by its status alone', () => {
		const zone = { deviation: -60, daylightSavingMin: 60 };
		const summer = { ...dateTimeOf(AT, -120, 0x80), hour: 2 };
		const winter = { ...dateTimeOf(AT + 3_600_000, -60), hour: 2 };
		expect(summer.hour).toBe(winter.hour);
		for (const unsaid of [false, true]) {
			const told = (each: typeof summer) => (unsaid ? { ...each, deviation: -0x8000 } : each);
			expect(meterTimeOf(told(summer), zone).atMs).toBe(AT);
			expect(meterTimeOf(told(winter), zone).atMs).toBe(AT + 3_600_000);
		}
	});

	it('is none where it is not of twelve octets', () => {
		expect(timeIn(undefined)).toBeUndefined();
		expect(timeIn(build.octetString(new Uint8Array(13)))).toBeUndefined();
		expect(timeIn(build.visibleString('2026-11-29 1'))).toBeUndefined();
	});

	it('is written with its offset', () => {
		expect(isoText(AT, -120)).toBe('2026-10-25T02:30:00+02:00');
		expect(isoText(AT, 210)).toBe('2026-10-24T21:00:00-03:30');
		expect(isoText(AT, 0)).toBe('2026-10-25T00:30:00Z');
		expect(deviationOf({ deviation: null, daylightSaving: true }, ASSUME_UTC)).toBe(-60);
		expect(deviationOf({ deviation: 30, daylightSaving: true }, ASSUME_UTC)).toBe(30);
	});
});
