/** Time passes for a meter in any steps: it is the same meter at the end, and everything is noted when it was. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { disturbVoltage, invokeEmergency, loadPhases } from '#lib/core/meter/hands.ts';
import { parseVirtualMeter } from '#lib/core/meter/meter-json.ts';
import { PRESET_NAMES, presetOf } from '#lib/core/meter/presets.ts';
import {
	advanceCosemMeter,
	changeMeter,
	createCosemMeter,
} from '#lib/core/meter/cosem/cosem-meter.ts';
import { advance, advanceTo, tamper, type VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import { MADE_MS, MADE_TID, managementToken, meterOnBench } from './bench-meter.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A meter to which all that time can bring will happen. */
const busyMeter = fc
	.record({
		preset: fc.constantFrom(...PRESET_NAMES),
		creditWh: fc.integer({ min: 0, max: 60_000 }),
		emergencyWh: fc.integer({ min: 0, max: 9000 }),
		amountWh: fc.integer({ min: 1, max: 4000 }),
		loadsW: fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 3, maxLength: 3 }),
		limitW: fc.integer({ min: 1, max: 6000 }),
		unbalanceW: fc.integer({ min: 1, max: 3000 }),
		limits: fc.constantFrom('none', 'power', 'unbalance'),
		invokes: fc.boolean(),
		reverses: fc.boolean(),
		dipMs: fc.integer({ min: 1, max: DAY_MS }),
	})
	.map((made) => {
		const { preset, creditWh, emergencyWh, amountWh } = made;
		let meter = meterOnBench({
			...{ preset, creditWh, emergencyWh },
			debt: { rule: { kind: 'per-day', amountWh }, owedWh: 20_000 },
		});
		if (made.invokes) meter = invokeEmergency(meter, MADE_MS).meter;
		meter = loadPhases(meter, made.loadsW.slice(0, presetOf(preset).phases), MADE_MS);
		if (made.limits !== 'none') {
			const [subclass, value] = made.limits === 'power' ? [0, made.limitW] : [6, made.unbalanceW];
			const token = managementToken(subclass as number, value as number, MADE_TID + 1);
			meter = enterToken(meter, token, MADE_MS).meter;
		}
		if (made.reverses) meter = tamper(meter, MADE_MS, 'reversed-current');
		return disturbVoltage(meter, { phase: 1, kind: 'sag', forMs: made.dipMs }, MADE_MS);
	});

const steps = fc.array(
	fc.oneof(
		fc.integer({ min: 0, max: 2 * MINUTE_MS }),
		fc.integer({ min: 0, max: 3 * HOUR_MS }),
		fc.integer({ min: 0, max: 2 * DAY_MS }),
	),
	{ minLength: 1, maxLength: 25 },
);

describe('time in any steps', () => {
	it('makes the same meter', () => {
		fc.assert(
			fc.property(busyMeter, steps, (start, durationsMs) => {
				let stepwise: VirtualMeter = start;
				let atMs = MADE_MS;
				for (const durationMs of durationsMs) {
					atMs += durationMs;
					stepwise = advanceTo(stepwise, atMs);
				}
				expect(stepwise).toEqual(advanceTo(start, atMs));
				expect(parseVirtualMeter(JSON.parse(JSON.stringify(stepwise)))).toEqual({
					meter: stepwise,
				});
			}),
			{ numRuns: 200 },
		);
	});

	it('makes the same DLMS side', () => {
		fc.assert(
			fc.property(busyMeter, steps, (start, durationsMs) => {
				const begun = createCosemMeter(start, MADE_MS);
				let stepwise = begun;
				let atMs = MADE_MS;
				for (const durationMs of durationsMs) {
					atMs += durationMs;
					stepwise = advanceCosemMeter(stepwise, atMs);
				}
				expect(stepwise).toEqual(advanceCosemMeter(begun, atMs));
			}),
			{ numRuns: 60 },
		);
	});

	it('never makes or loses energy', () => {
		fc.assert(
			fc.property(busyMeter, fc.integer({ min: 0, max: 20 * DAY_MS }), (start, durationMs) => {
				const { supply, charge, tariff } = advanceTo(start, MADE_MS + durationMs);
				const { creditWh, totalWh, prepaid, emergency } = supply;
				const lentWh = emergency?.usedWh ?? 0;
				if (prepaid)
					expect(creditWh + totalWh + (charge?.paidWh ?? 0)).toBe(start.supply.creditWh + lentWh);
				else expect(creditWh).toBe(0);
				if (tariff) expect(tariff.registersWh.reduce((sum, wh) => sum + wh, 0)).toBe(totalWh);
			}),
			{ numRuns: 200 },
		);
	});

	it('is quick, even for a month on the edge of a limit', () => {
		const limited = enterToken(
			meterOnBench({ preset: 'three-phase-tou', creditWh: 9_000_000 }),
			managementToken(0, 1000, MADE_TID + 1),
			MADE_MS,
		).meter;
		const loaded = advance(limited, { loadW: 3000, instantMs: MADE_MS });
		const later = advanceTo(loaded, MADE_MS + 31 * DAY_MS);
		expect(later.supply.totalWh).toBe(0);
		expect(later.events.filter(({ kind }) => kind === 'relay-opened').length).toBeGreaterThan(40);
	});
});

describe('what happens on the way', () => {
	const kindsAt = (meter: VirtualMeter) =>
		meter.events.slice(1).map((event) => [event.kind, event.atMs - MADE_MS]);

	it('is noted when it happens: credit low, credit out', () => {
		const loaded = advance(meterOnBench({ creditWh: 11_000 }), {
			loadW: 1000,
			instantMs: MADE_MS,
		});
		// 10,000 Wh is not low yet; the first watt-hour below is.
		const lowMs = 1001 * 3600;
		const outMs = 11 * HOUR_MS;
		const looked = advanceTo(loaded, MADE_MS + 30 * DAY_MS);
		expect(kindsAt(looked)).toEqual([
			['credit-low', lowMs],
			['relay-opened', outMs],
		]);
		expect(looked.events.at(-1)).toMatchObject({ reason: 'open-no-credit' });
		expect(advanceTo(loaded, MADE_MS + outMs - 1).supply.creditWh).toBe(1);
		expect(advanceTo(loaded, MADE_MS + outMs).supply.creditWh).toBe(0);
	});

	it('is noted when it happens: a load that does not divide the hour', () => {
		const loaded = advance(meterOnBench({ creditWh: 1 }), { loadW: 7, instantMs: MADE_MS });
		const looked = advanceTo(loaded, MADE_MS + DAY_MS);
		expect(looked.events.at(-1)).toMatchObject({
			kind: 'relay-opened',
			atMs: MADE_MS + Math.ceil(HOUR_MS / 7),
		});
		expect(looked.supply).toMatchObject({ totalWh: 1, fractionWms: 0 });
	});

	it('is noted when it happens, whatever a DLMS client has set the clock to', () => {
		const begun = createCosemMeter(meterOnBench({ creditWh: 2000 }), MADE_MS);
		const loaded = changeMeter(begun, MADE_MS, (meter, instantMs) =>
			advance(meter, { loadW: 1000, instantMs }),
		);
		const looked = advanceCosemMeter(loaded, MADE_MS + DAY_MS);
		expect(looked.meter.events.at(-1)).toMatchObject({ atMs: MADE_MS + 2 * HOUR_MS });
	});

	it('goes on after a clock that was set back', () => {
		const loaded = advance(meterOnBench({ creditWh: 5000 }), { loadW: 1000, instantMs: MADE_MS });
		const hour = advanceTo(loaded, MADE_MS + HOUR_MS);
		const back = advanceTo(hour, MADE_MS);
		expect(back.supply.creditWh).toBe(4000);
		expect(advanceTo(back, MADE_MS + HOUR_MS).supply.creditWh).toBe(3000);
	});
});
