import { describe, expect, it } from 'vitest';
import {
	heading,
	lineOf,
	shortfalls,
	spreadOf,
	written,
} from '../../../src/cli/bench/page-report.ts';

const SEEN = {
	measures: { fcp: 1_000, si: 1_500, lcp: 2_000, tbt: 30, cls: 0.0312 },
	...{ performance: 96, access: 100, practices: 100, octets: 150_400, requests: 57 },
};

describe('many of the same', () => {
	it('have a middle, a least and a most', () => {
		expect(spreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 });
		expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, least: 1, most: 4 });
		expect(spreadOf([7])).toEqual({ median: 7, least: 7, most: 7 });
		expect(() => spreadOf([])).toThrow(RangeError);
	});

	it('are written once where they are alike', () => {
		expect(written({ median: 2, least: 1, most: 3 }, 1)).toBe('2.0 (1.0–3.0)');
		expect(written({ median: 2.01, least: 2, most: 2.02 }, 1)).toBe('2.0');
	});
});

describe('a line of the table', () => {
	it('has a cell under each head', () => {
		const cells = (line: string) =>
			line
				.slice(24)
				.trim()
				.split(/\s{2,}/);
		const line = lineOf('/', [SEEN]);
		expect(cells(line)).toEqual(
			...[['96', '100', '100', '1.00', '1.50', '2.00', '30', '0.031', '150', '57']],
		);
		expect(cells(heading())).toHaveLength(10);
		expect(line).toHaveLength(heading().length);
	});
});

describe('what falls short', () => {
	it('is told by the median, each of the three by its name', () => {
		expect(shortfalls('/', [SEEN, SEEN, { ...SEEN, performance: 10 }])).toEqual([]);
		expect(shortfalls('/', [{ ...SEEN, performance: 90, access: 94 }])).toEqual([
			'/: performance 90, under 95',
			'/: accessibility 94, under 95',
		]);
	});
});
