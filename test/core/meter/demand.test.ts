import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	countDemand,
	createDemand,
	type Demand,
	restartDemand,
	runningAverageW,
} from '#lib/core/meter/demand.ts';

const PERIOD_MS = 900_000;
const START_MS = 1000 * PERIOD_MS;

/** Power and duration, one after the other. */
const stretches = fc.array(
	fc.tuple(fc.integer({ min: 0, max: 300_000 }), fc.integer({ min: 0, max: 3 * PERIOD_MS })),
	{ minLength: 1, maxLength: 20 },
);

const countAll = (demand: Demand, all: readonly (readonly [number, number])[], fromMs: number) =>
	all.reduce(
		({ counted, atMs }, [powerW, durationMs]) => ({
			counted: countDemand(counted, powerW, atMs, atMs + durationMs),
			atMs: atMs + durationMs,
		}),
		{ counted: demand, atMs: fromMs },
	);

/** Every period by itself, millisecond for millisecond, as slowly as it can be done. */
function slowAverages(all: readonly (readonly [number, number])[], fromMs: number) {
	const wms = new Map<number, bigint>();
	let atMs = fromMs;
	for (const [powerW, durationMs] of all) {
		const toMs = atMs + durationMs;
		while (atMs < toMs) {
			const period = Math.floor(atMs / PERIOD_MS);
			const endMs = Math.min(toMs, (period + 1) * PERIOD_MS);
			wms.set(period, (wms.get(period) ?? 0n) + BigInt(powerW) * BigInt(endMs - atMs));
			atMs = endMs;
		}
	}
	return [...wms.entries()]
		.filter(([period]) => (period + 1) * PERIOD_MS <= atMs)
		.map(([period, sum]) => ({
			powerW: Number(sum / BigInt(PERIOD_MS)),
			atMs: (period + 1) * PERIOD_MS,
		}));
}

describe('demand', () => {
	it('is what a slow count finds', () => {
		const begin = fc.integer({ min: START_MS, max: START_MS + PERIOD_MS });
		fc.assert(
			fc.property(stretches, begin, (all, fromMs) => {
				const { counted } = countAll(createDemand(fromMs), all, fromMs);
				const averages = slowAverages(all, fromMs);
				const whole = averages.filter(({ atMs }) => atMs - PERIOD_MS >= fromMs);
				const highest = Math.max(...averages.map(({ powerW }) => powerW));
				const lowest = Math.min(...whole.map(({ powerW }) => powerW));
				expect(counted.last).toEqual(averages.at(-1) ?? null);
				expect(counted.highest).toEqual(averages.find(({ powerW }) => powerW === highest) ?? null);
				expect(counted.lowest).toEqual(whole.find(({ powerW }) => powerW === lowest) ?? null);
			}),
			{ numRuns: 300 },
		);
	});

	it('of the running period grows towards its average', () => {
		const half = countDemand(createDemand(START_MS), 1000, START_MS, START_MS + PERIOD_MS / 2);
		expect(runningAverageW(half)).toBe(500);
		expect(half.last).toBeNull();
	});

	it('gives a period up in which the mains were out', () => {
		const before = countDemand(createDemand(START_MS), 1000, START_MS, START_MS + 1000);
		const back = restartDemand(before, START_MS + PERIOD_MS / 2);
		const after = countDemand(back, 10, START_MS + PERIOD_MS / 2, START_MS + PERIOD_MS);
		expect(after).toMatchObject({ last: { powerW: 5 }, lowest: null });
	});
});
