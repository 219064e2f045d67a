import { describe, expect, it } from 'vitest';
import { createCosemMeter, setClock } from '#lib/core/meter/cosem/cosem-meter.ts';
import { relayOf } from '#lib/core/meter/supply.ts';
import { advance, advanceTo } from '#lib/core/meter/virtual-meter.ts';
import { MADE_MS, meterOnBench } from '../bench-meter.ts';

const HOUR_MS = 3_600_000;

/** Made at noon of a Monday in the cold season, 1 kW. */
const loaded = advance(meterOnBench({ preset: 'single-phase-tou', creditWh: 1_000_000 }), {
	loadW: 1000,
	instantMs: MADE_MS,
});

describe('a meter of eight rates', () => {
	it('counts each watt-hour at the rate of its time, and all of them in one register', () => {
		const { tariff, supply } = advanceTo(loaded, MADE_MS + 12 * HOUR_MS);
		// 12–17 day, 17–21 peak, 21–24 night.
		expect(tariff?.registersWh).toEqual([0, 0, 0, 3000, 5000, 4000, 0, 0]);
		expect(supply.totalWh).toBe(12_000);
		expect(relayOf(supply)).toBe('closed');
	});

	it('notes each switch when the clock has it', () => {
		const { events } = advanceTo(loaded, MADE_MS + 12 * HOUR_MS);
		expect(events.slice(1)).toEqual([
			{ kind: 'rate-switched', atMs: MADE_MS + 5 * HOUR_MS, rate: 6 },
			{ kind: 'rate-switched', atMs: MADE_MS + 9 * HOUR_MS, rate: 4 },
		]);
	});

	it('goes by its own clock once that is set', () => {
		const value = createCosemMeter(loaded, MADE_MS);
		const set = setClock(value, MADE_MS + 6 * HOUR_MS, MADE_MS);
		expect(set.meter.tariff?.rate).toBe(6);
		expect(set.meter.events.slice(1).map(({ kind }) => kind)).toEqual([
			'clock-set',
			'rate-switched',
		]);
		const later = advanceTo(set.meter, MADE_MS + 4 * HOUR_MS);
		// Eighteen to twenty-one o'clock peak, then night.
		expect(later.tariff?.registersWh).toEqual([0, 0, 0, 1000, 0, 3000, 0, 0]);
	});

	it('counts a watt-hour that began at one rate where it ends', () => {
		const small = advance(loaded, { loadW: 1, instantMs: MADE_MS });
		const edge = MADE_MS + 5 * HOUR_MS;
		const before = advanceTo(small, edge - 1).tariff?.registersWh;
		const after = advanceTo(small, edge + HOUR_MS).tariff?.registersWh;
		expect(before).toEqual([0, 0, 0, 0, 4, 0, 0, 0]);
		expect(after).toEqual([0, 0, 0, 0, 5, 1, 0, 0]);
	});
});
