import { describe, expect, it } from 'vitest';
import { BASE_DATE_MS, MAX_TID } from '#lib/core/sts/tid.ts';
import { decideKeyUse, nextTid } from '#lib/server/vend/usable-key.ts';

const KEY = {
	...{ sgc: '400171', krn: 2, utility_id: 'lakeside', base_year: 2014, ken: 255, dkga: 4, kt: 2 },
	...{ slot: 'town', public_test: 0, active_from_ms: Date.UTC(2024, 0, 1), issue_until_ms: null },
	unit_limit_deci_kwh: null,
};
const NOW = Date.UTC(2026, 10, 20, 6, 30);
const minute = (instantMs: number) => Math.floor((instantMs - BASE_DATE_MS[2014]) / 60_000);

describe('a vending key', () => {
	it.each([
		['unknown', undefined, 'vending-key-unknown'],
		['of no base date', { ...KEY, base_year: 2000 }, 'vending-key-unknown'],
		['not active yet', { ...KEY, active_from_ms: NOW + 1 }, 'vending-key-not-active'],
		['past its issue-until', { ...KEY, issue_until_ms: NOW }, 'vending-key-issue-ended'],
		['expired', { ...KEY, ken: 3 }, 'vending-key-expired'],
		['before its base date', { ...KEY, base_year: 2035 }, 'vending-key-unknown'],
		['after its era', { ...KEY, base_year: 1993 }, 'tid-exhausted'],
	])('%s makes no token', (_, key, refusal) => {
		expect(decideKeyUse(key, NOW)).toEqual({ refusal });
	});

	it('makes one up to the last moment', () => {
		const limited = { ...KEY, active_from_ms: NOW, issue_until_ms: NOW + 1 };
		expect(decideKeyUse(limited, NOW)).toBe(limited);
	});
});

describe('the next TID', () => {
	const now = minute(NOW);
	it.each([
		['is the minute', {}, now],
		['follows the last one', { lastTid: now + 7 }, now + 8],
		['does not go back to an older last one', { lastTid: now - 7 }, now],
		['is above the floor of a restore', { floorMs: NOW + 5 * 60_000 }, now + 6],
		['is above a floor in its own minute', { floorMs: NOW }, now + 1],
		['is above both', { lastTid: now + 9, floorMs: NOW + 60_000 }, now + 10],
		['knows no floor before its base date', { floorMs: 0 }, now],
	])('%s', (_, given, tid) => {
		expect(nextTid(KEY, given, NOW)).toEqual({ tid });
	});

	it('is not given above the era', () => {
		expect(nextTid(KEY, { lastTid: MAX_TID }, NOW)).toEqual({ refusal: 'tid-exhausted' });
	});
});
