import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	decideTid,
	instantOfTid,
	isReservedTid,
	KEN_NEVER,
	lastInstantOfKen,
	MAX_TID,
	type BaseDate,
} from '#lib/core/sts/tid.ts';

const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00Z`);
const decide = (time: string, baseDate: BaseDate, more: object = {}) =>
	decideTid({ instantMs: at(time), baseDate, ken: KEN_NEVER, ...more });

describe('a token identifier', () => {
	it('is the whole minutes since the base date, seconds dropped', () => {
		expect(decide('1996-03-25 13:55', 1993)).toEqual({ tid: 1_698_595 });
		expect(decide('2020-01-01 08:00', 1993)).toEqual({ tid: 14_200_320 });
		expect(decide('2020-01-01 08:00', 2014)).toEqual({ tid: 3_155_520 });
		expect(
			decideTid({ instantMs: at('2020-01-01 08:00') + 59_999, baseDate: 2014, ken: 255 }),
		).toEqual({
			tid: 3_155_520,
		});
	});

	it('passes over the reserved minute 00:01', () => {
		expect(decide('2004-03-29 00:01', 1993)).toEqual({ tid: 5_911_202 });
		expect(isReservedTid(5_911_201)).toBe(true);
		expect(decide('2004-03-29 00:00', 1993, { lastTid: 5_911_200 })).toEqual({ tid: 5_911_202 });
	});

	it('rises by one when the minute is already taken', () => {
		const first = { tid: 5_911_203 };
		expect(decide('2004-03-29 00:03', 1993)).toEqual(first);
		expect(decide('2004-03-29 00:03', 1993, { lastTid: first.tid })).toEqual({
			tid: first.tid + 1,
		});
		expect(decide('2004-03-29 00:03', 1993, { lastTid: first.tid + 1 })).toEqual({
			tid: first.tid + 2,
		});
	});

	it.each<[BaseDate, string, string]>([
		[1993, '2024-11-24 20:15', '2024-11-24 20:16'],
		[2014, '2045-11-24 20:15', '2045-11-24 20:16'],
		[2035, '2066-11-24 20:15', '2066-11-24 20:16'],
	])('of base date %i ends and does not wrap', (baseDate, last, after) => {
		expect(decide(last, baseDate)).toEqual({ tid: MAX_TID });
		expect(instantOfTid(MAX_TID, baseDate)).toBe(at(last));
		expect(decide(after, baseDate)).toEqual({ refusal: 'era-over' });
		expect(decide(last, baseDate, { lastTid: MAX_TID })).toEqual({ refusal: 'era-over' });
	});

	it('is refused before the base date', () => {
		expect(decide('2013-12-31 23:59', 2014)).toEqual({ refusal: 'before-base-date' });
		expect(decide('2014-01-01 00:00', 2014)).toEqual({ tid: 0 });
	});

	it('is refused once the key has expired, to the minute', () => {
		expect(lastInstantOfKen(85, 2014)).toBe(at('2024-09-18 22:55'));
		expect(lastInstantOfKen(170, 2014)).toBe(at('2035-04-23 09:35'));
		expect(lastInstantOfKen(170, 1993)).toBe(at('2014-04-23 09:35'));
		expect(decide('2024-09-18 22:55', 2014, { ken: 85 })).toHaveProperty('tid');
		expect(decide('2024-09-18 22:56', 2014, { ken: 85 })).toEqual({ refusal: 'key-expired' });
	});

	it('follows a key whose clock runs on local time', () => {
		expect(decide('2020-01-01 06:00', 2014, { clockAheadMinutes: 120 })).toEqual({
			tid: 3_155_520,
		});
	});

	it('rises strictly and is never reserved, whatever the clock does', () => {
		const clock = fc.integer({ min: at('2014-01-01 00:00'), max: at('2045-01-01 00:00') });
		fc.assert(
			fc.property(fc.array(clock, { minLength: 2, maxLength: 50 }), (instants) => {
				let lastTid: number | undefined;
				for (const instantMs of instants) {
					const decision = decideTid({ instantMs, baseDate: 2014, ken: KEN_NEVER, lastTid });
					if (!('tid' in decision)) throw new Error(decision.refusal);
					expect(decision.tid).toBeGreaterThan(lastTid ?? -1);
					expect(isReservedTid(decision.tid)).toBe(false);
					lastTid = decision.tid;
				}
			}),
			{ seed: 2 },
		);
	});
});
