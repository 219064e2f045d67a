import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WaterfallLine } from '#lib/core/vending/waterfall.ts';
import { waterfallSteps } from '#lib/ui/view/waterfall-steps.ts';

const block = (amountMinor: number): WaterfallLine => ({
	kind: 'energy-block',
	amountMinor,
	block: 1,
	energyDeciKwh: 1,
	pricePerKwhE4: 1,
});

describe('the drawing of a waterfall', () => {
	it('takes deductions from the right-hand end and ends with what buys', () => {
		const steps = waterfallSteps({
			tenderedMinor: 1_000,
			lines: [{ kind: 'service-fee', amountMinor: 100 }, block(900)],
			energyDeciKwh: 1,
		});
		expect(steps.map(({ from, to, does }) => [from, to, does])).toEqual([
			[0.9, 1, 'takes'],
			[0, 0.9, 'buys'],
		]);
	});

	it('makes room for what is brought forward', () => {
		const steps = waterfallSteps({
			tenderedMinor: 900,
			lines: [{ kind: 'brought-forward', amountMinor: -100 }, block(1_000)],
			energyDeciKwh: 1,
		});
		expect(steps.map(({ from, to, does }) => [from, to, does])).toEqual([
			[0.9, 1, 'adds'],
			[0, 1, 'buys'],
		]);
	});

	it('stays within its width, each bar beginning where the last one ended, for lines that add up', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1 }), (parts) => {
				const tenderedMinor = parts.reduce((sum, part) => sum + part, 0);
				const steps = waterfallSteps({
					tenderedMinor,
					lines: parts.map(block),
					energyDeciKwh: 1,
				});
				expect(steps[0]?.to).toBe(1);
				expect(steps.at(-1)?.from).toBe(0);
				for (const [place, step] of steps.entries())
					expect(step.to).toBe(steps[place - 1]?.from ?? 1);
			}),
		);
	});
});
