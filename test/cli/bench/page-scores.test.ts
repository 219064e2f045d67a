import { describe, expect, it } from 'vitest';
import { accessScore } from '../../../src/cli/bench/page-access.ts';
import { performanceScore, scoreOn, weigh } from '../../../src/cli/bench/page-scores.ts';

const FCP = { median: 3_000, p10: 1_800 };
const LCP = { median: 4_000, p10: 2_500 };
const TBT = { median: 600, p10: 200 };
const CLS = { median: 0.25, p10: 0.1 };

describe('a score on a curve', () => {
	it('is a half at the median and nine tenths at the tenth part', () => {
		for (const curve of [FCP, LCP, TBT, CLS]) {
			expect(scoreOn(curve, curve.median)).toBe(0.5);
			expect(scoreOn(curve, curve.p10)).toBe(0.9);
		}
	});

	it('is whole where there is nothing to wait for, and none where nobody would wait', () => {
		expect(scoreOn(TBT, 0)).toBe(1);
		expect(scoreOn(FCP, 60_000)).toBe(0);
	});

	// Said by Lighthouse 13.5.0 itself for these values.
	it.each([
		[FCP, 500, 1],
		[FCP, 1_000, 1],
		[FCP, 2_090, 0.81],
		[FCP, 5_000, 0.1],
		[LCP, 3_429, 0.66],
		[TBT, 350, 0.73],
		[TBT, 1_500, 0.14],
		[CLS, 0.2, 0.62],
	])('is Lighthouse’s own: %o, %f → %f', (curve, value, score) => {
		expect(scoreOn(curve, value)).toBe(score);
	});
});

describe('the score of a visit', () => {
	it('is Lighthouse’s own, of a run of its version 13.5.0', () => {
		const measures = { fcp: 2_089.6, si: 2_089.6, lcp: 3_429.2, tbt: 251.6, cls: 0.034 };
		expect(performanceScore(measures)).toBe(85);
	});

	it('weighs its parts, and is not made of nothing', () => {
		const parts = [
			{ weight: 3, score: 1 },
			{ weight: 1, score: 0 },
		];
		expect(weigh(parts)).toBe(75);
		expect(() => weigh([])).toThrow(RangeError);
	});
});

describe('the score of accessibility', () => {
	it('loses the weight of a rule that failed anywhere, and counts no rule twice', () => {
		const passed = ['button-name', 'label', 'heading-order'];
		expect(accessScore({ passed, failed: [] })).toBe(100);
		const failed = [{ rule: 'label', where: '<input>' }];
		expect(accessScore({ passed, failed })).toBe(Math.round((13 / 20) * 100));
	});
});
