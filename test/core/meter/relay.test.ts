/** The relay: who may open it, who may close it, and why it is open. */
import { describe, expect, it } from 'vitest';
import { CONTROL_MODES, controlMode } from '#lib/core/meter/control-modes.ts';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { closeByHand, openByHand } from '#lib/core/meter/hands.ts';
import { disconnectRemotely, reconnectRemotely } from '#lib/core/meter/remote-control.ts';
import { OPEN_REASONS, relayOf, standingReasons } from '#lib/core/meter/supply.ts';
import { advance, advanceTo, tamper, type VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import { withSupply } from '#lib/core/meter/with-supply.ts';
import { creditToken, MADE_MS, MADE_TID, meterOnBench } from './bench-meter.ts';

const HOUR_MS = 3_600_000;

const inMode = (mode: number, creditWh = 1000): VirtualMeter => {
	const meter = meterOnBench({ creditWh });
	return withSupply(meter, { ...meter.supply, controlMode: mode }, MADE_MS);
};

const relay = ({ supply }: VirtualMeter) => relayOf(supply);

describe.each(CONTROL_MODES)('control mode $mode', (row) => {
	const meter = inMode(row.mode);

	it('opens and closes by command as its row says', () => {
		const off = disconnectRemotely(meter, MADE_MS);
		expect(off.outcome).toBe(row.opens ? 'done' : 'not-in-this-mode');
		expect(relay(off.meter)).toBe(row.opens ? 'open-remote' : 'closed');
		const on = reconnectRemotely(off.meter, MADE_MS);
		const expected = { closes: 'closed', arms: 'open-ready', none: 'closed' } as const;
		expect(relay(on.meter)).toBe(expected[row.remoteReconnection]);
		expect(on.outcome).toBe(row.remoteReconnection === 'none' ? 'not-in-this-mode' : 'done');
		if (row.remoteReconnection !== 'arms') return;
		expect(on.meter.events.at(-1)?.kind).toBe('relay-armed');
		const closed = closeByHand(on.meter, MADE_MS);
		expect(closed.closed).toBe(true);
		expect(relay(closed.meter)).toBe('closed');
	});

	it('opens by hand as its row says', () => {
		const { meter: after, opened } = openByHand(meter, MADE_MS);
		expect(opened).toBe(row.opensByHand);
		expect(relay(after)).toBe(row.opensByHand ? 'open-ready' : 'closed');
		if (opened) expect(relay(closeByHand(after, MADE_MS).meter)).toBe('closed');
	});

	it('comes back after a token by itself, or waits for a hand', () => {
		const used = advance(meter, { loadW: 1000, instantMs: MADE_MS });
		const out = advanceTo(used, MADE_MS + 2 * HOUR_MS);
		expect(relay(out)).toBe(row.opens ? 'open-no-credit' : 'closed');
		expect(closeByHand(out, MADE_MS + 2 * HOUR_MS).closed).toBe(false);
		const token = creditToken(10, MADE_TID + 5);
		const paid = enterToken(out, token, MADE_MS + 2 * HOUR_MS).meter;
		expect(relay(paid)).toBe(row.closesByItself ? 'closed' : 'open-ready');
		if (!row.closesByItself)
			expect(relay(closeByHand(paid, MADE_MS + 2 * HOUR_MS).meter)).toBe('closed');
	});
});

describe('mode 0', () => {
	it('goes on without credit, and counts it', () => {
		const used = advance(inMode(0), { loadW: 1000, instantMs: MADE_MS });
		expect(advanceTo(used, MADE_MS + 5 * HOUR_MS).supply).toMatchObject({
			creditWh: 0,
			totalWh: 5000,
		});
	});

	it('is the lowest of eight', () => {
		expect(() => controlMode(8)).toThrow(RangeError);
	});
});

describe('why the relay is open', () => {
	it('is told in full, the first reason first', () => {
		const off = disconnectRemotely(tamper(meterOnBench(), MADE_MS), MADE_MS).meter;
		expect(standingReasons(off.supply)).toEqual(['open-tamper', 'open-remote', 'open-no-credit']);
		expect(relay(off)).toBe('open-tamper');
		expect(OPEN_REASONS.slice(0, 3)).toEqual(standingReasons(off.supply));
	});

	it('is noted with the opening', () => {
		const off = disconnectRemotely(meterOnBench({ creditWh: 1000 }), MADE_MS + 5).meter;
		expect(off.events.at(-1)).toEqual({
			kind: 'relay-opened',
			atMs: MADE_MS + 5,
			reason: 'open-remote',
		});
		const on = reconnectRemotely(off, MADE_MS + 6).meter;
		expect(on.events.at(-1)).toEqual({ kind: 'relay-closed', atMs: MADE_MS + 6 });
	});
});

describe('a command to reconnect', () => {
	it('closes for nobody what the meter keeps open by itself', () => {
		const off = disconnectRemotely(meterOnBench(), MADE_MS).meter;
		expect(reconnectRemotely(off, MADE_MS)).toEqual({ meter: off, outcome: 'not-now' });
	});

	it('twice is no more than once', () => {
		const meter = inMode(1);
		const off = disconnectRemotely(meter, MADE_MS).meter;
		const armed = reconnectRemotely(off, MADE_MS).meter;
		expect(reconnectRemotely(armed, MADE_MS).meter.events).toEqual(armed.events);
		const closed = closeByHand(armed, MADE_MS).meter;
		expect(reconnectRemotely(closed, MADE_MS).meter.events).toEqual(closed.events);
	});
});
