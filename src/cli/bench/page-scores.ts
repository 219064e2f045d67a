/**
 * Lighthouse's arithmetic: a measure becomes a score on a log-normal curve, scores become one by weights. Curves and
 * weights are those of its version 10 and later for a phone, "Lighthouse performance scoring",
 * developer.chrome.com/docs/lighthouse/performance/performance-scoring.
 */

/** What a visit's speed is judged by; all but `cls` in milliseconds. */
export const MEASURES = ['fcp', 'si', 'lcp', 'tbt', 'cls'] as const;
export type Measure = (typeof MEASURES)[number];
export type Measures = Readonly<Record<Measure, number>>;

export interface Curve {
	/** Scores 0.5. */
	readonly median: number;
	/** Scores 0.9. */
	readonly p10: number;
}

const CURVES: Readonly<Record<Measure, Curve & { readonly weight: number }>> = {
	fcp: { median: 3_000, p10: 1_800, weight: 10 },
	si: { median: 5_800, p10: 3_387, weight: 10 },
	lcp: { median: 4_000, p10: 2_500, weight: 25 },
	tbt: { median: 600, p10: 200, weight: 30 },
	cls: { median: 0.25, p10: 0.1, weight: 25 },
};

/** Where the complement of the error function is a fifth: so far from the median lies the tenth part. */
const A_FIFTH = 0.9061938024368232;

/** From 1 at nothing through 0.9 and 0.5 towards 0, in whole hundredths, which are never rounded up. */
export function scoreOn({ median, p10 }: Curve, value: number): number {
	if (value <= 0) return 1;
	const apart = (Math.log(value / median) * A_FIFTH) / Math.log(median / p10);
	const share = (1 - erf(apart)) / 2;
	// The two points that the curve is laid through are met whatever the arithmetic lost.
	const met = value <= p10 ? Math.max(0.9, share) : value <= median ? Math.max(0.5, share) : share;
	// What is nearly whole is let be whole.
	const eased = met > 0.9 ? met + 0.05 * (met - 0.9) : met;
	return Math.floor(eased * 100) / 100;
}

/** Abramowitz and Stegun, 7.1.26: right to 1.5e-7. */
function erf(x: number): number {
	const t = 1 / (1 + 0.3275911 * Math.abs(x));
	const series =
		t *
		(0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
	return Math.sign(x) * (1 - series * Math.exp(-x * x));
}

/** From 0 to 100. */
export function performanceScore(measures: Measures): number {
	return weigh(
		MEASURES.map((name) => ({
			weight: CURVES[name].weight,
			score: scoreOn(CURVES[name], measures[name]),
		})),
	);
}

/** A part of a score, from 0 to 1. */
export interface Weighed {
	readonly weight: number;
	readonly score: number;
}

/** From 0 to 100, whole. @throws {RangeError} when nothing has a weight */
export function weigh(parts: readonly Weighed[]): number {
	const whole = parts.reduce((sum, { weight }) => sum + weight, 0);
	if (whole <= 0) throw new RangeError('nothing to be weighed');
	const reached = parts.reduce((sum, { weight, score }) => sum + weight * score, 0);
	return Math.round((reached / whole) * 100);
}
