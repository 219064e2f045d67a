/** When somebody is told of free electricity: months and their ends, zones, wrong clocks, what was asked for. */
import { describe, expect, it } from 'vitest';
import {
	decideFbeReminder,
	decideFbeStanding,
	presentMs,
	type FbeAsked,
	type FbeHeard,
} from '#lib/core/vending/fbe-reminder.ts';

const ZONE = 'Africa/Nairobi';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 10 November 2026, noon in Nairobi. */
const HEARD_MS = Date.UTC(2026, 10, 10, 9);

const heard = (change: Partial<FbeHeard> = {}): FbeHeard => ({
	...{ entitledDeciKwh: 500, given: false, timeZone: ZONE },
	...{ asOfMs: HEARD_MS, heardAtMs: HEARD_MS },
	...change,
});
const asked = (outcome: FbeAsked['outcome'], atMs: number): FbeAsked => ({
	...{ id: `${outcome} ${atMs}`, outcome, atMs },
	energyDeciKwh: outcome === 'given' ? 500 : 0,
});
const standing = (nowMs: number, word: FbeHeard = heard(), own: readonly FbeAsked[] = []) =>
	decideFbeStanding(word, own, nowMs);
const reminder = (nowMs: number, wavedOff: string | null = null, word = heard()) =>
	decideFbeReminder(standing(nowMs, word), wavedOff);

describe('the month', () => {
	it('is told of from its first minute in the utility’s zone to its last', () => {
		// 30 November, 23:59 in Nairobi, and a minute later
		const last = Date.UTC(2026, 10, 30, 20, 59);
		expect(reminder(last)).toMatchObject({
			...{ kind: 'expiring', month: '2026-11', daysLeft: 0, heardThisMonth: true },
			lastDay: { year: 2026, month: 11, day: 30 },
		});
		expect(reminder(last + 60_000)).toMatchObject({
			...{ kind: 'free', month: '2026-12', daysLeft: 30, heardThisMonth: false },
			lastDay: { year: 2026, month: 12, day: 31 },
		});
	});

	it.each([
		['November', Date.UTC(2026, 10, 25, 9), Date.UTC(2026, 10, 26, 9), 30],
		['December', Date.UTC(2026, 11, 26, 9), Date.UTC(2026, 11, 27, 9), 31],
		['a February', Date.UTC(2027, 1, 23, 9), Date.UTC(2027, 1, 24, 9), 28],
		['a February with a 29th', Date.UTC(2028, 1, 24, 9), Date.UTC(2028, 1, 25, 9), 29],
	])('says its end on the last five days of %s', (_, before, then, day) => {
		const said = (ms: number) => reminder(ms, null, heard({ asOfMs: ms, heardAtMs: ms }));
		expect(said(before)).toMatchObject({ kind: 'free', daysLeft: 5 });
		expect(said(then)).toMatchObject({ kind: 'expiring', daysLeft: 4, lastDay: { day } });
	});

	it('is another one at the same moment in another zone', () => {
		const atMs = Date.UTC(2026, 11, 31, 23, 30);
		const months = ['America/New_York', 'UTC', 'Africa/Nairobi', 'Pacific/Kiritimati'].map(
			(timeZone) => reminder(atMs, null, heard({ asOfMs: atMs, heardAtMs: atMs, timeZone }))?.month,
		);
		expect(months).toEqual(['2026-12', '2026-12', '2027-01', '2027-01']);
	});
});

describe('who is told', () => {
	const later = HEARD_MS + DAY_MS;

	it('is nobody whose meter has none, or of whom nothing is known', () => {
		expect(standing(later, heard({ entitledDeciKwh: 0 }))).toEqual({ kind: 'not-entitled' });
		expect(standing(later, heard({ entitledDeciKwh: null }))).toEqual({ kind: 'unknown' });
		expect(reminder(later, null, heard({ entitledDeciKwh: null }))).toBeNull();
	});

	it('is nobody who has it, until the next month', () => {
		const word = heard({ given: true });
		expect(standing(later, word)).toEqual({ kind: 'given', month: '2026-11', id: null });
		expect(reminder(later, null, word)).toBeNull();
		expect(reminder(Date.UTC(2026, 11, 1, 9), null, word)).toMatchObject({ month: '2026-12' });
	});

	it('is nobody who has waved it off, until the next month', () => {
		expect(reminder(later, '2026-11')).toBeNull();
		expect(reminder(later, '2026-10')).not.toBeNull();
		// Waved off by a clock that ran ahead.
		expect(reminder(later, '2027-01')).toBeNull();
		expect(reminder(Date.UTC(2026, 11, 1, 9), '2026-11')).toMatchObject({ month: '2026-12' });
	});

	it('is nobody who has asked: what comes of it is on its own page', () => {
		const own = [asked('under-way', later), asked('given', HEARD_MS - 40 * DAY_MS)];
		expect(standing(later, heard(), own)).toEqual({ kind: 'under-way', id: own[0]?.id });
	});
});

describe('what this device has asked for', () => {
	const later = HEARD_MS + DAY_MS;

	it('is its token, in the month of the token', () => {
		const own = [asked('given', later)];
		expect(standing(later, heard(), own)).toMatchObject({ kind: 'given', id: own[0]?.id });
		expect(standing(Date.UTC(2026, 11, 2), heard(), own)).toMatchObject({ kind: 'free' });
	});

	it('is the backend’s word where it was refused after the look-up, and not where before', () => {
		const [before, after] = [HEARD_MS - 1, HEARD_MS + 1];
		expect(standing(later, heard(), [asked('given-before', after)])).toEqual({
			...{ kind: 'given', month: '2026-11', id: null },
		});
		expect(standing(later, heard(), [asked('given-before', before)]).kind).toBe('free');
		expect(standing(later, heard(), [asked('not-entitled', after)]).kind).toBe('not-entitled');
		expect(standing(later, heard(), [asked('not-entitled', before)]).kind).toBe('free');
		const next = Date.UTC(2026, 11, 3);
		expect(standing(next, heard(), [asked('given-before', after)]).kind).toBe('free');
	});

	it('says that a meter is entitled where only its owner hears it', () => {
		const word = heard({ entitledDeciKwh: null });
		const own = [asked('given', HEARD_MS)];
		expect(standing(later, word, own)).toMatchObject({ kind: 'given' });
		expect(standing(Date.UTC(2026, 11, 3), word, own)).toMatchObject({
			...{ kind: 'free', energyDeciKwh: 500, heardThisMonth: false },
		});
	});
});

describe('a clock that is wrong', () => {
	it('is right by what the backend said, however far off it is', () => {
		const in1970 = heard({ heardAtMs: 5 * HOUR_MS });
		expect(presentMs(in1970, 5 * HOUR_MS + 21 * DAY_MS)).toBe(HEARD_MS + 21 * DAY_MS);
		expect(reminder(5 * HOUR_MS + 21 * DAY_MS, null, in1970)).toMatchObject({ month: '2026-12' });
	});

	it('that was set back stands still, and makes no month gone by', () => {
		for (const nowMs of [0, HEARD_MS - 40 * DAY_MS]) {
			expect(presentMs(heard(), nowMs)).toBe(HEARD_MS);
			expect(reminder(nowMs)).toMatchObject({ month: '2026-11', daysLeft: 20 });
		}
	});

	it('that was put right since is taken at its word', () => {
		const in1970 = heard({ heardAtMs: 5 * HOUR_MS });
		const nowMs = Date.UTC(2026, 11, 2, 9);
		expect(presentMs(in1970, nowMs)).toBe(nowMs);
		expect(reminder(nowMs, null, in1970)).toMatchObject({ month: '2026-12' });
	});

	it('does not offer again what this device has the token of', () => {
		// The token came in December; the clock was set back to November.
		const own = [asked('given', Date.UTC(2026, 11, 2))];
		expect(standing(HEARD_MS, heard(), own)).toMatchObject({ kind: 'given', month: '2026-12' });
	});
});
