import { describe, expect, it } from 'vitest';
import {
	advanceCosemMeter,
	createCosemMeter,
	withGateway,
} from '#lib/core/meter/cosem/cosem-meter.ts';
import { USUAL_GATEWAY } from '#lib/core/meter/cosem/gateway.ts';
import { advance, powerUp } from '#lib/core/meter/virtual-meter.ts';
import { MADE_MS, meterOnBench } from '../bench-meter.ts';

const HOUR_MS = 3_600_000;

const loaded = createCosemMeter(
	advance(meterOnBench({ creditWh: 90_000 }), { loadW: 1000, instantMs: MADE_MS }),
	MADE_MS,
);

describe('the load profile', () => {
	it('has no rows for the time without mains, in which nothing is counted', () => {
		const hour = advanceCosemMeter(loaded, MADE_MS + HOUR_MS);
		const back = { ...hour, meter: powerUp(hour.meter, MADE_MS + 11 * HOUR_MS) };
		const later = advanceCosemMeter(back, MADE_MS + 12 * HOUR_MS);
		expect(later.meter.supply.totalWh).toBe(2000);
		expect(later.loadProfile.rows.map(({ clockMs }) => (clockMs - MADE_MS) / HOUR_MS)).toEqual([
			0.25, 0.5, 0.75, 1, 11.25, 11.5, 11.75, 12,
		]);
		expect(later.loadProfile.rows.map(({ totalWh }) => totalWh)).toEqual([
			250, 500, 750, 1000, 1250, 1500, 1750, 2000,
		]);
	});
});

describe('another gateway', () => {
	it('is what the meter has from then on', () => {
		const settings = { ...USUAL_GATEWAY, returnsStatus: false };
		expect(withGateway(loaded, settings, MADE_MS)).toEqual({
			...loaded,
			gateway: { settings, pending: null },
		});
	});
});
