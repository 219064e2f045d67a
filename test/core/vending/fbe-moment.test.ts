import { describe, expect, it } from 'vitest';
import { decideFbeMoment } from '#lib/core/vending/fbe-moment.ts';
import type { FbeStanding } from '#lib/core/vending/fbe-reminder.ts';

const ZONE = 'Africa/Nairobi';
/** Nairobi is three hours ahead of UTC the whole year. */
const at = (year: number, month: number, day: number, hour = 9): number =>
	Date.UTC(year, month - 1, day, hour - 3);
const NOV_30 = at(2026, 11, 30, 12);
const DEC_1 = at(2026, 12, 1);
const JAN_1 = at(2027, 1, 1);

const FREE = {
	...{ kind: 'free', energyDeciKwh: 200, month: '2026-11', daysLeft: 0 },
	...{ lastDay: { year: 2026, month: 11, day: 30 }, heardThisMonth: true },
} as const satisfies FbeStanding;
const GIVEN = { kind: 'given', month: '2026-12', id: null } as const satisfies FbeStanding;
const moment = (
	dueAtMs: number | null,
	nowMs: number,
	standing: FbeStanding = FREE,
	notifiedAtMs: number | null = null,
) => decideFbeMoment({ dueAtMs, notifiedAtMs }, standing, nowMs, ZONE);

describe('the reminder of free electricity', () => {
	it('is for the next morning of a 1st, over a year’s end too', () => {
		expect(moment(null, NOV_30)).toBe(DEC_1);
		expect(moment(null, at(2026, 12, 15))).toBe(JAN_1);
		expect(moment(null, at(2026, 12, 1, 8))).toBe(DEC_1);
		expect(moment(null, DEC_1)).toBe(JAN_1);
	});

	it('stands by its month until it was told, and goes to the next one then', () => {
		expect(moment(DEC_1, DEC_1)).toBe(DEC_1);
		expect(moment(DEC_1, at(2026, 12, 31, 23))).toBe(DEC_1);
		expect(moment(DEC_1, at(2026, 12, 2), FREE, DEC_1)).toBe(JAN_1);
	});

	it('of a month that is over is for the one after the present', () => {
		expect(moment(DEC_1, at(2027, 1, 2))).toBe(at(2027, 2, 1));
	});

	it('skips a month whose electricity was fetched, or is on its way', () => {
		expect(moment(DEC_1, at(2026, 12, 2), GIVEN)).toBe(JAN_1);
		expect(moment(DEC_1, at(2026, 12, 2), { kind: 'under-way', id: 'a' })).toBe(JAN_1);
		// Fetched in the night, before the morning came.
		expect(moment(DEC_1, at(2026, 12, 1, 7), GIVEN)).toBe(JAN_1);
	});

	it('does not stand where a wrong clock has put it', () => {
		expect(moment(at(2031, 5, 1), NOV_30)).toBe(DEC_1);
		expect(moment(at(1970, 2, 1), NOV_30)).toBe(DEC_1);
	});

	it('is none for a meter without', () => {
		expect(moment(DEC_1, NOV_30, { kind: 'not-entitled' })).toBeNull();
	});
});
