import { describe, expect, it } from 'vitest';
import { decodeDateTime, instantOf } from '#lib/core/dlms/axdr/date-time.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import {
	decideClock,
	judgeClock,
	shiftClockWish,
	USUAL_CLOCK,
	writeClockWish,
} from '#lib/core/field/engineering/set-clock.ts';
import type { ClockDrift } from '#lib/core/field/glance/clock.ts';
import type { MeterTime } from '#lib/core/field/meter-time.ts';
import { ASSUME_UTC } from '#lib/core/field/meter-time.ts';

const NAME = obis('0.0.1.0.0');
const NOW_MS = Date.UTC(2026, 6, 1, 12);
const TIME: MeterTime = {
	...{ atMs: NOW_MS, deviation: -180, daylightSaving: false },
	...{ doubtful: false, resolutionMs: 1000 },
};
const drift = (driftMs: number, uncertaintyMs = 1000): ClockDrift => ({
	...{ driftMs, uncertaintyMs, zone: 'told', looksLikeZone: false },
});

describe('how a clock is set', () => {
	it.each([
		[40_000, { way: 'shift', seconds: -40 }],
		[-900_400, { way: 'shift', seconds: 900 }],
		[900_600, { way: 'write', stepMs: -900_600 }],
		[-3_600_000, { way: 'write', stepMs: 3_600_000 }],
		[2000, { refusal: 'already-right' }],
		[-1500, { refusal: 'already-right' }],
		[3_600_001, { refusal: 'step-too-large' }],
		[2_300_000_000_000, { refusal: 'step-too-large' }],
	])('%i ms ahead', (driftMs, plan) => {
		expect(decideClock(TIME, drift(driftMs), 500)).toEqual(plan);
	});

	it('not by a time that is itself uncertain, and not unseen', () => {
		expect(decideClock(undefined, null, 500)).toEqual({ refusal: 'clock-not-readable' });
		expect(decideClock(TIME, drift(60_000), null)).toEqual({ refusal: 'own-time-uncertain' });
		expect(decideClock(TIME, drift(60_000), 5001)).toEqual({ refusal: 'own-time-uncertain' });
		expect(decideClock(TIME, drift(60_000), 5000)).toHaveProperty('way');
	});

	it('anew where it stands unset, and within other limits where they are set', () => {
		expect(decideClock({ ...TIME, atMs: null }, null, 500)).toEqual({ way: 'write', stepMs: null });
		const narrow = { ...USUAL_CLOCK, maxStepS: 30 };
		expect(decideClock(TIME, drift(40_000), 500, narrow)).toEqual({ refusal: 'step-too-large' });
	});

	it('by a shift of whole seconds within its range', () => {
		expect(shiftClockWish(NAME, -900)).toMatchObject({
			...{ kind: 'action', parameter: { type: 'long', value: -900 } },
		});
		for (const seconds of [901, -901, 0.5])
			expect(() => shiftClockWish(NAME, seconds)).toThrow(RangeError);
	});

	it('by the instant as the meter itself writes times', () => {
		const written = (time: Pick<MeterTime, 'deviation' | 'daylightSaving'>, form?: 'date-time') => {
			const wish = writeClockWish(
				NAME,
				NOW_MS,
				time,
				{ deviation: -60, daylightSavingMin: 60 },
				form,
			);
			if (wish.kind !== 'set' || !('value' in wish.data)) throw new Error('no write');
			return { type: wish.data.type, time: decodeDateTime(wish.data.value as Uint8Array) };
		};
		const told = written(TIME, 'date-time');
		expect([told.type, told.time.deviation, told.time.hour]).toEqual(['date-time', -180, 15]);
		expect(instantOf(told.time)).toBe(NOW_MS);
		const untold = written({ deviation: null, daylightSaving: true });
		expect([untold.type, untold.time.hour, untold.time.status]).toEqual(['octet-string', 14, 0x80]);
		expect(untold.time.deviation).toBe(-0x8000);
	});
});

describe('what a clock that is read again says', () => {
	it.each([
		[drift(60_000), drift(300), 'set'],
		[drift(60_000), drift(-2900), 'set'],
		[drift(60_000), drift(60_100), 'unchanged'],
		[drift(60_000), drift(20_000), 'still-off'],
		[null, drift(20_000), 'still-off'],
		[null, drift(0), 'set'],
		[drift(60_000), null, 'unknown'],
	])('%j → %j: %s', (before, after, verdict) => {
		expect(judgeClock(before, after)).toBe(verdict);
	});
});

it('the assumed zone is UTC until somebody says otherwise', () => {
	expect(ASSUME_UTC).toEqual({ deviation: 0, daylightSavingMin: 60 });
});
