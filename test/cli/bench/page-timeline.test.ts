import { describe, expect, it } from 'vitest';
import { speedIndex } from '../../../src/cli/bench/page-speed-index.ts';
import { measuresOf, type Timeline } from '../../../src/cli/bench/page-timeline.ts';

const PAINTED: Timeline = { firstPaintMs: 100, largestPaintsMs: [100], tasks: [], shifts: [] };

describe('what a page is judged by', () => {
	it('takes the last of the largest paints, and is nothing without one', () => {
		expect(measuresOf({ ...PAINTED, largestPaintsMs: [100, 350] })).toMatchObject({
			...{ fcp: 100, lcp: 350, tbt: 0, cls: 0 },
		});
		expect(() => measuresOf({ ...PAINTED, largestPaintsMs: [] })).toThrow('painted');
	});

	it('counts what is beyond 50 ms of every task after the first paint', () => {
		const tasks = [
			{ atMs: 0, tookMs: 90 },
			// Running at the first paint: 30 ms of it are before.
			{ atMs: 70, tookMs: 100 },
			{ atMs: 300, tookMs: 180 },
			{ atMs: 60, tookMs: 60 },
		];
		expect(measuresOf({ ...PAINTED, tasks }).tbt).toBe(20 + 130);
	});

	it('takes the worst window of what moved: a second of rest or five seconds end one', () => {
		const shifts = [
			{ atMs: 0, score: 0.02 },
			{ atMs: 900, score: 0.03 },
			{ atMs: 2_000, score: 0.04 },
		];
		expect(measuresOf({ ...PAINTED, shifts }).cls).toBeCloseTo(0.05);
		const long = Array.from({ length: 8 }, (_, at) => ({ atMs: at * 900, score: 0.01 }));
		expect(measuresOf({ ...PAINTED, shifts: long }).cls).toBeCloseTo(0.06);
	});
});

describe('the speed index', () => {
	/** So many pixels of one red. */
	const pixels = (count: number) => [count, ...Array.from({ length: 767 }, () => 0)];

	it('is the moment of the picture that comes at once', () => {
		const shots = [
			{ atMs: 0, colours: pixels(0) },
			{ atMs: 800, colours: pixels(10) },
			{ atMs: 900, colours: pixels(10) },
		];
		expect(speedIndex(shots)).toBe(800);
	});

	it('is the earlier, the more of the picture is there early', () => {
		const shots = [
			{ atMs: 200, colours: pixels(6) },
			{ atMs: 1_200, colours: pixels(10) },
		];
		expect(speedIndex(shots)).toBeCloseTo(200 + 0.4 * 1_000);
	});

	it('is nothing where nothing was ever shown', () => {
		expect(speedIndex([])).toBe(0);
		expect(speedIndex([{ atMs: 500, colours: pixels(0) }])).toBe(0);
	});
});
