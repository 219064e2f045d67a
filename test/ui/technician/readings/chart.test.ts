import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	moved,
	showing,
	timeTicks,
	valueTicks,
	zoomed,
} from '#lib/ui/technician/readings/chart-scale.ts';
import { curvePath } from '#lib/ui/technician/readings/curve-path.ts';
import { extent, nearestIndex } from '#lib/ui/technician/readings/series.ts';

const HOUR_MS = 3_600_000;
const whole = { fromMs: 0, toMs: 1000 * HOUR_MS };

test('marks of values are round and cover what is shown', () => {
	expect(valueTicks(0, 7.3, 5)).toEqual([0, 2, 4, 6, 8]);
	expect(valueTicks(0, 0, 5).length).toBeGreaterThan(1);
	fc.assert(
		fc.property(
			fc.double({ min: -1e9, max: 1e9, noNaN: true }),
			fc.double({ min: 0, max: 1e9, noNaN: true }),
			(least, range) => {
				fc.pre(range === 0 || range > Math.max(1e-6, Math.abs(least) * 1e-6));
				const ticks = valueTicks(least, least + range, 5);
				const slack = Math.max(1e-9, Math.abs(least) * 1e-9);
				expect(ticks[0]).toBeLessThanOrEqual(least + slack);
				expect(ticks.at(-1)).toBeGreaterThanOrEqual(least + range - slack);
				expect(ticks.length).toBeLessThanOrEqual(8);
			},
		),
	);
});

test('marks of time stand on whole hours of the local day', () => {
	const ticks = timeTicks({ fromMs: HOUR_MS / 2, toMs: 12 * HOUR_MS }, 5, 30 * 60_000);
	expect(ticks.length).toBeLessThanOrEqual(6);
	for (const tick of ticks) expect((tick + 30 * 60_000) % (3 * HOUR_MS)).toBe(0);
});

test('however one zooms and moves, what is shown lies within the whole', () => {
	fc.assert(
		fc.property(
			fc.array(
				fc.tuple(
					fc.double({ min: 0.1, max: 10, noNaN: true }),
					fc.double({ min: -2, max: 2, noNaN: true }),
				),
				{ maxLength: 20 },
			),
			(acts) => {
				let span = whole;
				for (const [factor, share] of acts) {
					span = zoomed(span, whole, span.fromMs + (span.toMs - span.fromMs) / 3, factor);
					span = moved(span, whole, share);
					expect(span.fromMs).toBeGreaterThanOrEqual(whole.fromMs);
					expect(span.toMs).toBeLessThanOrEqual(whole.toMs + 1);
					expect(span.toMs - span.fromMs).toBeGreaterThan(0);
				}
			},
		),
	);
});

test('a cross that leaves what is shown takes it along', () => {
	const span = { fromMs: 10 * HOUR_MS, toMs: 20 * HOUR_MS };
	expect(showing(span, whole, 15 * HOUR_MS)).toBe(span);
	expect(showing(span, whole, 25 * HOUR_MS)).toEqual({ fromMs: 15 * HOUR_MS, toMs: 25 * HOUR_MS });
});

test('a gap breaks the curve, a pixel with a peak shows all of it', () => {
	const flat = { least: 1, greatest: 1, first: 1, last: 1 };
	const path = curvePath(
		[
			{ ...flat, pixel: 0, broken: true },
			{ pixel: 1, least: 0, greatest: 5, first: 1, last: 2, broken: false },
			{ ...flat, pixel: 9, broken: true },
		],
		(value) => 10 - value,
	);
	expect(path).toBe('M0 9.0h0.01L1 9.0V5.0V10.0V8.0M9 9.0h0.01');
});

test('the cross takes the nearest row', () => {
	const times = Float64Array.of(0, 10, 20);
	expect([-5, 4, 6, 15, 99].map((at) => nearestIndex(times, at))).toEqual([0, 0, 1, 1, 2]);
	expect(nearestIndex(new Float64Array(), 5)).toBe(-1);
});

test('the extent leaves gaps out', () => {
	const times = Float64Array.of(0, 10, 20, 30);
	const values = Float64Array.of(9, 3, NaN, 5);
	expect(extent(times, values, 5, 30)).toEqual([3, 5]);
	expect(extent(times, Float64Array.of(NaN, NaN, NaN, NaN), 0, 30)).toBeUndefined();
});
