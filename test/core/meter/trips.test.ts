import { describe, expect, it } from 'vitest';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { loadPhases } from '#lib/core/meter/hands.ts';
import { relayOf } from '#lib/core/meter/supply.ts';
import { advance, advanceTo, powerUp, type VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import { MADE_MS, MADE_TID, managementToken, meterOnBench } from './bench-meter.ts';

const S = 1000;
const POWER_LIMIT = 0;
const UNBALANCE_LIMIT = 6;

function limited(meter: VirtualMeter, subclass: number, limitW: number): VirtualMeter {
	const { meter: after, outcome } = enterToken(
		meter,
		managementToken(subclass, limitW, MADE_TID + 1 + subclass),
		MADE_MS,
	);
	expect(outcome.result).toBe('Accept');
	return after;
}

const relayAt = (meter: VirtualMeter, afterMs: number) =>
	relayOf(advanceTo(meter, MADE_MS + afterMs).supply);

describe('a load above the power limit', () => {
	const meter = limited(meterOnBench({ creditWh: 100_000 }), POWER_LIMIT, 2000);
	const over = advance(meter, { loadW: 2001, instantMs: MADE_MS });

	it('opens the relay, which closes again once the load is less', () => {
		expect(relayAt(over, 0)).toBe('open-overload');
		const less = advance(over, { loadW: 2000, instantMs: MADE_MS + 10 * S });
		expect(relayAt(less, 30 * S - 1)).toBe('open-overload');
		expect(relayAt(less, 30 * S)).toBe('closed');
		expect(advanceTo(less, MADE_MS + 30 * S).supply.trips.count).toBe(0);
	});

	it('that stays is tried four times after a short pause, then after a long one', () => {
		const opened = advanceTo(over, MADE_MS + 3600 * S).events.flatMap(({ kind, atMs }) =>
			kind === 'relay-opened' ? [(atMs - MADE_MS) / S] : [],
		);
		expect(opened.slice(0, 8)).toEqual([0, 30, 60, 90, 120, 1920, 1950, 1980]);
	});

	it('delivers nothing while it is tried', () => {
		expect(advanceTo(over, MADE_MS + 3600 * S).supply).toMatchObject({
			totalWh: 0,
			creditWh: 100_000,
		});
	});

	it('is forgotten when the mains go', () => {
		const back = powerUp(advanceTo(over, MADE_MS + 100 * S), MADE_MS + 101 * S);
		expect(back.supply.trips.count).toBe(1);
		expect(relayOf(back.supply)).toBe('open-overload');
	});
});

describe('phases that differ too much', () => {
	const three = meterOnBench({ preset: 'three-phase', creditWh: 100_000 });
	const meter = limited(three, UNBALANCE_LIMIT, 1500);

	it('open the relay for a reason of their own', () => {
		expect(relayOf(loadPhases(meter, [2000, 600, 500], MADE_MS).supply)).toBe('closed');
		const over = loadPhases(meter, [2001, 600, 500], MADE_MS);
		expect(relayOf(over.supply)).toBe('open-unbalance');
		expect(over.events.at(-1)).toMatchObject({ kind: 'relay-opened', reason: 'open-unbalance' });
		const mended = loadPhases(over, [900, 900, 900], MADE_MS + S);
		expect(relayAt(mended, 30 * S)).toBe('closed');
	});

	it('come second to the power limit', () => {
		const both = limited(meter, POWER_LIMIT, 2500);
		expect(relayOf(loadPhases(both, [2600, 0, 0], MADE_MS).supply)).toBe('open-overload');
	});

	it('are no matter on a single phase', () => {
		const single = limited(meterOnBench({ creditWh: 1000 }), UNBALANCE_LIMIT, 1);
		expect(relayOf(advance(single, { loadW: 5000, instantMs: MADE_MS }).supply)).toBe('closed');
	});
});

describe('loads on three phases', () => {
	const three = meterOnBench({ preset: 'three-phase', creditWh: 100_000 });

	it('are spread evenly, or set one by one', () => {
		const even = advance(three, { loadW: 1000, instantMs: MADE_MS });
		expect(even.supply).toMatchObject({ loadW: 334, otherLoadsW: [333, 333] });
		const each = loadPhases(three, [10, 20, 30], MADE_MS);
		expect(advanceTo(each, MADE_MS + 3600 * S).supply.totalWh).toBe(60);
	});

	it.each([[[1, 2]], [[1, 2, 3, 4]], [[1, 2, -1]], [[1, 2, 100_001]], [[1, 2, 0.5]]])(
		'%j are refused',
		(loadsW) => {
			expect(() => loadPhases(three, loadsW, MADE_MS)).toThrow(RangeError);
		},
	);

	it('may be three times what one phase carries', () => {
		expect(advance(three, { loadW: 300_000, instantMs: MADE_MS }).supply.loadW).toBe(100_000);
		expect(() => advance(three, { loadW: 300_001, instantMs: MADE_MS })).toThrow(RangeError);
	});
});
