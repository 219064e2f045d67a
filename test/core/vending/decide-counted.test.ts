/** What of all that waits stands in the caps of a sale that the backend has just priced. */
import { describe, expect, it } from 'vitest';
import { decideCounted, type UnsyncedSale } from '#lib/core/vending/offline-terms.ts';

const waits = (amountMinor: number, waitsForFloat: boolean): UnsyncedSale => ({
	...{ amountMinor, atMs: 0, waitsForFloat },
});
const LARGE = waits(5_000, true);
const OWED = waits(1_000, false);
const counted = (waiting: UnsyncedSale[], amountMinor: number, availableMinor = 4_000) =>
	decideCounted(waiting, { amountMinor, availableMinor });

describe('a sale that the float covers', () => {
	it('is held to what has not arrived, and not to what waits for the float', () => {
		expect(counted([LARGE, OWED], 100)).toEqual([OWED]);
		expect(counted([LARGE], 4_000)).toEqual([]);
	});
});

describe('a sale that the float does not cover', () => {
	it.each([
		['is larger', [LARGE], 4_001, 4_000],
		['is larger than what is left beside what has not arrived', [LARGE, OWED], 3_001, 4_000],
		['finds nothing', [LARGE], 1, 0],
		['is as large as what waits for the float, whatever was last heard', [LARGE], 5_000, 9_000],
		['is as large as the smallest that waits for it', [LARGE, waits(200, true)], 200, 4_000],
	])('is held to all that waits: it %s', (_, waiting, amountMinor, availableMinor) => {
		expect(counted(waiting, amountMinor, availableMinor)).toEqual(waiting);
	});
});
