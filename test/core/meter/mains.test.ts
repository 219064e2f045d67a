import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reactivePowerVar } from '#lib/core/meter/energy.ts';
import { disturbVoltage, loadPhases, setPowerFactor } from '#lib/core/meter/hands.ts';
import { currentsCa, frequencyChz, neutralCa, voltageDv } from '#lib/core/meter/mains.ts';
import { advance, advanceTo, powerUp } from '#lib/core/meter/virtual-meter.ts';
import { MADE_MS, meterOnBench } from './bench-meter.ts';

const HOUR_MS = 3_600_000;
const three = meterOnBench({ preset: 'three-phase', creditWh: 100_000 });

describe('the mains', () => {
	it('swing a little, phase by phase, and tell the same at the same instant', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 2 ** 43 }), (instantMs) => {
				for (const phase of [1, 2, 3]) {
					const voltage = voltageDv(three.mains, phase, instantMs);
					expect(Math.abs(voltage - 2300)).toBeLessThanOrEqual(30);
					expect(voltageDv(three.mains, phase, instantMs)).toBe(voltage);
				}
				expect(Math.abs(frequencyChz(instantMs) - 5000)).toBeLessThanOrEqual(4);
			}),
		);
		const voltages = [1, 2, 3].map((phase) => voltageDv(three.mains, phase, MADE_MS));
		expect(new Set(voltages).size).toBeGreaterThan(1);
		expect(voltageDv(three.mains, 1, MADE_MS + HOUR_MS / 4)).toBe(2330);
		expect(voltageDv(three.mains, 1, MADE_MS + (HOUR_MS * 3) / 4)).toBe(2270);
	});

	it('sag and swell by hand, for so long', () => {
		const sagging = disturbVoltage(three, { phase: 2, kind: 'sag', forMs: 5000 }, MADE_MS);
		expect(voltageDv(sagging.mains, 2, MADE_MS + 4999)).toBe(1840);
		expect(voltageDv(sagging.mains, 1, MADE_MS)).toBe(2300);
		const swelling = disturbVoltage(sagging, { phase: 2, kind: 'swell', forMs: 100 }, MADE_MS);
		expect(swelling.mains.disturbances).toHaveLength(1);
		const over = advanceTo(swelling, MADE_MS + HOUR_MS);
		expect(over.mains).toMatchObject({ disturbances: [], sags: [0, 1, 0], swells: [0, 1, 0] });
		expect(over.events.slice(1)).toEqual([
			{ kind: 'voltage-sag', atMs: MADE_MS, phase: 2 },
			{ kind: 'voltage-swell', atMs: MADE_MS, phase: 2 },
			{ kind: 'voltage-normal', atMs: MADE_MS + 100, phase: 2 },
		]);
	});

	it.each([
		{ phase: 4, kind: 'sag', forMs: 1 },
		{ phase: 0, kind: 'sag', forMs: 1 },
		{ phase: 1, kind: 'swell', forMs: 0 },
		{ phase: 1, kind: 'swell', forMs: 0.5 },
	] as const)('know nothing of %j', (wrong) => {
		expect(() => disturbVoltage(three, wrong, MADE_MS)).toThrow(RangeError);
	});

	it('count each time they were out, and when', () => {
		const back = powerUp(powerUp(three, MADE_MS + 5000), MADE_MS + 9000);
		expect(back.mains.failures).toBe(2);
		expect(back.events.slice(1)).toEqual([
			{ kind: 'power-down', atMs: MADE_MS },
			{ kind: 'power-up', atMs: MADE_MS + 5000 },
			{ kind: 'power-down', atMs: MADE_MS + 5000 },
			{ kind: 'power-up', atMs: MADE_MS + 9000 },
		]);
	});
});

describe('currents', () => {
	it('follow from power, voltage and power factor', () => {
		const loaded = loadPhases(three, [2300, 1150, 0], MADE_MS);
		const [a, b, c] = currentsCa(loaded.supply, loaded.mains, MADE_MS);
		expect(a).toBe(Math.round((2300 / 230 / 0.95) * 100));
		expect(b).toBeGreaterThan(0);
		expect(c).toBe(0);
	});

	it('of equal phases leave the neutral without any', () => {
		expect(neutralCa([500, 500, 500])).toBe(0);
		expect(neutralCa([500, 0, 0])).toBe(500);
		expect(neutralCa([300, 300, 0])).toBe(300);
	});
});

describe('reactive energy', () => {
	it('follows from the power factor', () => {
		expect(reactivePowerVar(1000, 1000)).toBe(0);
		expect(reactivePowerVar(800, 800)).toBe(600);
		const loaded = setPowerFactor(
			advance(three, { loadW: 3000, instantMs: MADE_MS }),
			600,
			MADE_MS,
		);
		expect(advanceTo(loaded, MADE_MS + HOUR_MS).supply.reactive).toEqual({ units: 4000, rest: 0 });
	});

	it.each([0, 1001, 0.5, Number.NaN])('refuses the power factor %d', (powerFactor) => {
		expect(() => setPowerFactor(three, powerFactor, MADE_MS)).toThrow(RangeError);
	});
});
