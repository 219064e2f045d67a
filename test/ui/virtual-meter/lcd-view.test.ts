import { describe, expect, it } from 'vitest';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { invokeEmergency, loadPhases } from '#lib/core/meter/hands.ts';
import { disconnectRemotely } from '#lib/core/meter/remote-control.ts';
import { advanceTo, tamper, type VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import { EMPTY_ENTRY, offerToken, pressEntryKey } from '#lib/ui/virtual-meter/entry.ts';
import {
	ITEM_MS,
	lcdSpoken,
	lcdTwin,
	lcdView,
	VERDICT_MS,
	type LcdFacts,
} from '#lib/ui/virtual-meter/lcd-view.ts';
import { tokenVerdict } from '#lib/ui/virtual-meter/verdict.ts';
import { creditToken, MADE_MS, MADE_TID, meterOnBench } from '../../core/meter/bench-meter.ts';

const NOW = MADE_MS + 3_600_000;

function facts(meter: VirtualMeter, more: Partial<LcdFacts> = {}): LcdFacts {
	return { meter, clockMs: NOW, entry: EMPTY_ENTRY, given: null, nowMs: NOW, ...more };
}

/** The view after one token, as the page makes it. */
function afterToken(meter: VirtualMeter, digits: string, sinceMs = 0) {
	const { meter: after, outcome } = enterToken(meter, digits, NOW);
	const given = { verdict: tokenVerdict(outcome, after), atMs: NOW };
	return { after, view: lcdView(facts(after, { given, nowMs: NOW + sinceMs })) };
}

describe('the display', () => {
	it('of a meter without credit says so and why nothing flows', () => {
		const view = lcdView(facts(meterOnBench()));
		expect(view.main).toEqual({ kind: 'figure', of: 'credit', figure: '0.00', unit: 'kWh' });
		expect(view.message).toBe('NO CREDIT');
		expect(view.annunciators.supplyOff).toBe(true);
		expect(lcdTwin(view)).toBe('Credit 0.00 kWh. Supply off.');
	});

	it('warns of little credit, and of tampering', () => {
		const view = lcdView(facts(tamper(meterOnBench({ creditWh: 9_999 }), NOW)));
		expect(view.annunciators).toEqual({
			supplyOff: true,
			lowCredit: true,
			tamper: true,
			locked: false,
			emergency: false,
			remoteOff: false,
		});
		expect(lcdTwin(view)).toBe('Credit 9.99 kWh. Supply off. Low credit. Tamper alarm.');
	});

	it('of a three-phase postpaid meter of eight rates shows what was used, where power flows, the rate', () => {
		const made = meterOnBench({ preset: 'three-phase-postpaid-tou' });
		const loaded = loadPhases(made, [1000, 0, 500], MADE_MS);
		const meter = advanceTo(loaded, NOW);
		const view = lcdView(facts(meter));
		expect(view).toMatchObject({
			phases: [true, false, true],
			rate: 5,
			main: { of: 'used', figure: '1.50' },
			message: 'TOTAL USED',
		});
		expect(lcdTwin(view)).toBe('Used 1.50 kWh. Power flows on L1, L3. Rate 5.');
	});

	it('of a single-phase meter has one phase and no rate', () => {
		expect(lcdView(facts(meterOnBench()))).toMatchObject({ phases: [false], rate: null });
	});

	it('tells emergency credit and that the office switched it off', () => {
		const lent = invokeEmergency(meterOnBench({ emergencyWh: 2000 }), NOW).meter;
		const view = lcdView(facts(disconnectRemotely(lent, NOW).meter));
		expect(view.annunciators).toMatchObject({ emergency: true, remoteOff: true, supplyOff: true });
		expect(view.main).toMatchObject({ of: 'emergency', figure: '2.00' });
		expect(view.message).toBe('EMERGENCY CREDIT');
		expect(lcdTwin(view)).toMatch(/^Emergency credit 2.00 kWh./);
		expect(lcdTwin(view)).toContain('Emergency credit is in use. Switched off from afar.');
	});

	it('shows what is keyed in before anything else, and reads it aloud group by group', () => {
		let entry = EMPTY_ENTRY;
		for (const key of ['1', '2', '3', '4', '5'] as const)
			entry = pressEntryKey(entry, key, NOW).entry;
		const view = lcdView(facts(meterOnBench(), { entry, nowMs: NOW + 5000 }));
		expect(view.main).toEqual({ kind: 'entry', digits: '12345', secondsLeft: 15 });
		expect(view.message).toBe('5 OF 20');
		expect(lcdTwin(view)).toContain('Entered: 1234 5');
		expect(lcdSpoken(view)).toBe('Entered: 1234');
	});

	it('asks for Enter when twenty digits are in', () => {
		const view = lcdView(facts(meterOnBench(), { entry: offerToken('12345678901234567890') }));
		expect(view.message).toBe('PRESS ENTER');
		expect(lcdSpoken(view)).toBe('Twenty digits are in. Press Enter.');
	});

	it('shows a verdict for a while, with the new credit, then the credit alone', () => {
		const digits = creditToken(578, MADE_TID + 10);
		const { view, after } = afterToken(meterOnBench(), digits);
		expect(view.main).toEqual({ kind: 'figure', of: 'credit', figure: '57.80', unit: 'kWh' });
		expect(view.message).toBe('ACCEPTED');
		expect(afterToken(meterOnBench(), digits, VERDICT_MS).view.message).toBe('CREDIT');
		expect(afterToken(after, digits).view.message).toBe('USED');
	});

	it('counts a lock-out down once the verdict has been shown', () => {
		let meter = meterOnBench();
		for (let slip = 0; slip < 3; slip += 1) meter = afterToken(meter, '1'.repeat(20)).after;
		const view = lcdView(facts(meter, { clockMs: NOW + 1500 }));
		expect(view.annunciators.locked).toBe(true);
		expect(view.message).toBe('LOCKED 0:09');
		const over = lcdView(facts(meter, { clockMs: NOW + 10_000 }));
		expect(over.annunciators.locked).toBe(false);
		expect(over.message).toBe('NO CREDIT');
	});

	it('shows the items of a test one after another', () => {
		// Class 1, subclass 0, all tests: the same twenty digits for every meter.
		const { view } = afterToken(meterOnBench(), '56493153725450313471');
		expect(view.main).toEqual({ kind: 'label', label: 'DISPLAY TEST' });
		expect(lcdSpoken(view)).toBe('DISPLAY TEST 88888888');
		const second = afterToken(meterOnBench(), '56493153725450313471', ITEM_MS).view;
		expect(second.main).toEqual({ kind: 'label', label: 'TOTAL USED' });
		expect(second.message).toBe('0.00 kWh');
		expect(afterToken(meterOnBench(), '56493153725450313471', 60_000).view.message).toBe(
			'NO CREDIT',
		);
	});
});
