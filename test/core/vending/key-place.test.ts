/** Whether a token made for one key is still taken, by what was heard of its meter. */
import { describe, expect, it } from 'vitest';
import { isOvertaken, isSamePlace } from '#lib/core/vending/key-place.ts';

const PLACE = { sgc: '123456', krn: 1, ti: '01' };
const OTHERS = [
	{ ...PLACE, sgc: '123457' },
	{ ...PLACE, krn: 2 },
	{ ...PLACE, ti: '02' },
];
const made = { place: PLACE, atMs: 100 };

describe('a place in the key scheme', () => {
	it('is another one when group, revision or tariff index is', () => {
		expect(isSamePlace(PLACE, { ...PLACE })).toBe(true);
		for (const other of OTHERS) expect(isSamePlace(PLACE, other)).toBe(false);
	});
});

describe('a token', () => {
	it('is taken by a meter of which nothing else was heard', () => {
		expect(isOvertaken(made, [])).toBe(false);
		expect(isOvertaken(made, [{ place: PLACE, atMs: 200 }])).toBe(false);
	});

	it('is not taken once any part of the key was heard to be another', () => {
		for (const place of OTHERS) expect(isOvertaken(made, [{ place, atMs: 101 }])).toBe(true);
	});

	it('is judged by the newest word alone, and by none from before it was made', () => {
		const [other = PLACE] = OTHERS;
		const changed = { place: other, atMs: 200 };
		expect(isOvertaken(made, [{ place: other, atMs: 100 }])).toBe(false);
		expect(isOvertaken(made, [{ place: PLACE, atMs: 150 }, changed])).toBe(true);
		expect(isOvertaken(made, [changed, { place: PLACE, atMs: 300 }])).toBe(false);
	});
});
