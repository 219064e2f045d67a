import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relayOf } from '#lib/core/meter/supply.ts';
import { advance, isCreditLow, powerUp } from '#lib/core/meter/virtual-meter.ts';
import { MADE_MS, meterOnBench } from './bench-meter.ts';

const HOUR_MS = 3_600_000;

describe('the supply', () => {
	it('uses the credit at the load that stood', () => {
		let meter = advance(meterOnBench({ creditWh: 5000 }), { loadW: 2000, instantMs: MADE_MS });
		meter = advance(meter, { loadW: 100, instantMs: MADE_MS + HOUR_MS });
		expect(meter.supply).toMatchObject({ creditWh: 3000, totalWh: 2000 });
		meter = advance(meter, { loadW: 0, instantMs: MADE_MS + 2 * HOUR_MS });
		expect(meter.supply).toMatchObject({ creditWh: 2900, totalWh: 2100 });
	});

	it('delivers exactly the credit, then opens', () => {
		let meter = advance(meterOnBench({ creditWh: 1000 }), { loadW: 3333, instantMs: MADE_MS });
		meter = advance(meter, { loadW: 3333, instantMs: MADE_MS + HOUR_MS });
		expect(meter.supply).toMatchObject({ creditWh: 0, totalWh: 1000, fractionWms: 0 });
		expect(relayOf(meter.supply)).toBe('open-no-credit');
		expect(meter.events.map(({ kind }) => kind)).toEqual(['manufactured', 'relay-opened']);
	});

	it('warns once when the credit gets low', () => {
		let meter = advance(meterOnBench({ creditWh: 11_000 }), { loadW: 1000, instantMs: MADE_MS });
		expect(isCreditLow(meter)).toBe(false);
		for (let hour = 1; hour <= 3; hour += 1)
			meter = advance(meter, { loadW: 1000, instantMs: MADE_MS + hour * HOUR_MS });
		expect(isCreditLow(meter)).toBe(true);
		expect(meter.events.filter(({ kind }) => kind === 'credit-low')).toHaveLength(1);
	});

	it('counts nothing when the clock goes back, or while the mains are out', () => {
		const loaded = advance(meterOnBench({ creditWh: 5000 }), { loadW: 1000, instantMs: MADE_MS });
		expect(advance(loaded, { loadW: 1000, instantMs: MADE_MS - HOUR_MS }).supply.creditWh).toBe(
			5000,
		);
		const back = powerUp(loaded, MADE_MS + 10 * HOUR_MS);
		expect(advance(back, { loadW: 0, instantMs: MADE_MS + 11 * HOUR_MS }).supply.creditWh).toBe(
			4000,
		);
	});

	it('is exact however often it is counted', () => {
		const steps = fc.array(fc.integer({ min: 1, max: 10_000_000 }), {
			minLength: 1,
			maxLength: 60,
		});
		fc.assert(
			fc.property(steps, fc.integer({ min: 0, max: 100_000 }), (durationsMs, loadW) => {
				const start = advance(meterOnBench({ creditWh: 1_000_000_000 }), {
					loadW,
					instantMs: MADE_MS,
				});
				let stepwise = start;
				let atMs = MADE_MS;
				for (const durationMs of durationsMs) {
					atMs += durationMs;
					stepwise = advance(stepwise, { loadW, instantMs: atMs });
				}
				const atOnce = advance(start, { loadW, instantMs: atMs });
				expect(stepwise.supply).toEqual(atOnce.supply);
				const exactWms = BigInt(loadW) * BigInt(atMs - MADE_MS);
				expect(atOnce.supply.totalWh).toBe(Number(exactWms / 3_600_000n));
				expect(atOnce.supply.fractionWms).toBe(Number(exactWms % 3_600_000n));
				expect(atOnce.supply.creditWh + atOnce.supply.totalWh).toBe(1_000_000_000);
			}),
			{ seed: 5 },
		);
	});

	it('takes whole watts within reason only', () => {
		for (const loadW of [-1, 1.5, 100_001, Number.NaN])
			expect(() => advance(meterOnBench(), { loadW, instantMs: MADE_MS })).toThrow(RangeError);
	});
});
