import { describe, expect, it } from 'vitest';
import { closeByHand, openByHand, invokeEmergency } from '#lib/core/meter/hands.ts';
import { PLANT_NAMES } from '#lib/core/meter/plants.ts';
import { PRESET_NAMES } from '#lib/core/meter/presets.ts';
import { disconnectRemotely } from '#lib/core/meter/remote-control.ts';
import { LOGS } from '#lib/core/meter/meter-events.ts';
import { tamper } from '#lib/core/meter/virtual-meter.ts';
import { LINE_FAULT_NAMES } from '#lib/link/line-faults.ts';
import { lineFaultWords, words } from '#lib/ui/virtual-meter/bench-words.ts';
import { emergencyView } from '#lib/ui/virtual-meter/emergency.ts';
import { faultsOf, LINE_GROUPS } from '#lib/ui/virtual-meter/line-groups.ts';
import { logLines } from '#lib/ui/virtual-meter/log-lines.ts';
import { makeOf, MODES, PHASES, presetNameOf, RATES } from '#lib/ui/virtual-meter/make.ts';
import { relayButton, withButtonMode } from '#lib/ui/virtual-meter/relay-button.ts';
import { MADE_MS, meterOnBench } from '../../core/meter/bench-meter.ts';

const NOW = MADE_MS + 60_000;
const NO_BREAK = '\u00a0';

describe('a make', () => {
	it('is one of eight, each by its three choices', () => {
		const made = PHASES.flatMap((phases) =>
			MODES.flatMap((mode) => RATES.map((rates) => presetNameOf({ phases, mode, rates }))),
		);
		expect(made.sort()).toEqual([...PRESET_NAMES].sort());
		for (const name of PRESET_NAMES) expect(presetNameOf(makeOf(name))).toBe(name);
	});
});

describe('the relay’s button', () => {
	it('does nothing as tokens need it, and works where it was let', () => {
		const made = meterOnBench({ creditWh: 5000 });
		expect(relayButton(made)).toEqual({
			relay: 'closed',
			mayOpen: false,
			mayClose: false,
			mode: 'remote',
		});
		const allowed = withButtonMode(made, NOW, 'hand');
		expect(relayButton(allowed)).toMatchObject({ mayOpen: true, mode: 'hand' });
		const opened = openByHand(allowed, NOW).meter;
		expect(relayButton(opened)).toEqual({
			relay: 'open-ready',
			mayOpen: false,
			mayClose: true,
			mode: 'hand',
		});
		expect(relayButton(closeByHand(opened, NOW).meter).relay).toBe('closed');
		expect(relayButton(withButtonMode(opened, NOW, 'remote')).relay).toBe('closed');
	});

	it('does not close what the office or a tamper opened, whichever mode is chosen', () => {
		const off = disconnectRemotely(meterOnBench({ creditWh: 5000 }), NOW).meter;
		expect(relayButton(withButtonMode(off, NOW, 'remote')).relay).toBe('open-remote');
		expect(relayButton(withButtonMode(off, NOW, 'hand'))).toMatchObject({
			mayOpen: false,
			mayClose: false,
		});
		const touched = tamper(withButtonMode(meterOnBench({ creditWh: 5000 }), NOW, 'hand'), NOW);
		expect(relayButton(touched)).toMatchObject({ relay: 'open-tamper', mayClose: false });
	});

	it('names no mode that a technician set', () => {
		const made = meterOnBench();
		const set = { ...made, supply: { ...made.supply, controlMode: 3 } };
		expect(relayButton(set).mode).toBeNull();
	});
});

describe('emergency credit', () => {
	it('is to be had when the credit is gone, then in use', () => {
		expect(emergencyView(meterOnBench())).toEqual({ kind: 'none' });
		expect(emergencyView(meterOnBench({ creditWh: 1, emergencyWh: 2000 }))).toEqual({
			kind: 'none',
		});
		const empty = meterOnBench({ emergencyWh: 2000 });
		expect(emergencyView(empty)).toEqual({ kind: 'to-be-had', energyWh: 2000 });
		const { meter } = invokeEmergency(empty, NOW);
		expect(emergencyView(meter)).toEqual({ kind: 'in-use', energyWh: 2000 });
	});
});

describe('a log', () => {
	it('has its own events only, the newest first, with what belongs to them', () => {
		const { events } = tamper(meterOnBench({ creditWh: 5000 }), NOW, 'magnetic-field');
		expect(logLines(events, 'fraud')).toEqual([
			{ title: 'Tamper noticed', detail: 'magnet', atMs: NOW },
		]);
		expect(logLines(events, 'disconnector')[0]?.detail).toBe(words.hands.reasons['open-tamper']);
		expect(logLines(events, 'standard').map(({ title }) => title)).toEqual(['Left the factory']);
		expect(logLines(events, 'power-quality')).toEqual([]);
	});

	it('tells rate, phase and debt', () => {
		const lines = logLines(
			[
				{ kind: 'rate-switched', atMs: 1, rate: 3 },
				{ kind: 'voltage-sag', atMs: 2, phase: 2 },
				{ kind: 'charge-collected', atMs: 3, collectedWh: 400, remainingWh: 2600 },
			],
			'standard',
		);
		expect(lines).toEqual([{ title: 'Rate switched', detail: 'rate 3', atMs: 1 }]);
		const sag = logLines([{ kind: 'voltage-sag', atMs: 2, phase: 2 }], 'power-quality');
		expect(sag[0]?.detail).toBe('L2');
		const debt = {
			kind: 'charge-collected',
			atMs: 3,
			collectedWh: 400,
			remainingWh: 2600,
		} as const;
		const [line] = logLines([debt], 'payment');
		expect(line?.detail.replaceAll(NO_BREAK, ' ')).toBe('0.4 kWh, 2.6 kWh left');
	});
});

describe('the test bench', () => {
	it('has words for every fault, each its own', () => {
		const titles = PLANT_NAMES.map((name) => words.bench.plants[name].title);
		expect(new Set(titles).size).toBe(PLANT_NAMES.length);
		const lines = LINE_FAULT_NAMES.map((name) => lineFaultWords[name]);
		expect(new Set(lines).size).toBe(LINE_FAULT_NAMES.length);
		expect(Object.keys(lineFaultWords).sort()).toEqual([...LINE_FAULT_NAMES].sort());
		expect(Object.keys(words.logs.kinds).sort()).toEqual([...LOGS].sort());
	});

	it('has every fault of the line in one group', () => {
		const grouped = LINE_GROUPS.flatMap((group) => faultsOf(group));
		expect(grouped.sort()).toEqual([...LINE_FAULT_NAMES].sort());
		expect(faultsOf('direct')).toHaveLength(10);
		expect(faultsOf('probe')).toContain('echo');
		expect(faultsOf('meter')).toContain('asleep');
	});
});
