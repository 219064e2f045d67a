import { describe, expect, it } from 'vitest';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { changeMeter, createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { OPEN_REASONS, type OpenReason } from '#lib/core/meter/supply.ts';
import { advance, tamper } from '#lib/core/meter/virtual-meter.ts';
import { loadPhases } from '#lib/core/meter/hands.ts';
import { MADE_MS, MADE_TID, managementToken, meterOnBench } from '../bench-meter.ts';
import { Asker, READING } from './asking.ts';

const CONTROL = [70, '0.0.96.3.10'] as const;
const GO = build.integer(0);

const asker = (making: Parameters<typeof meterOnBench>[0] = { creditWh: 9000 }) =>
	new Asker(createCosemMeter(meterOnBench(making), MADE_MS), MADE_MS);

const states = (client: Asker) => [2, 3].map((attribute) => client.value(...CONTROL, attribute));

function reasons(client: Asker): OpenReason[] {
	const bits = Number(client.value(1, '0.0.96.5.0', 2));
	return OPEN_REASONS.filter((_, at) => (bits >> at) & 1);
}

const enter = (client: Asker, token: string) =>
	client.call(115, '0.0.19.40.0', 1, build.octetString(build.asciiOctets(token)));

describe('the disconnect control', () => {
	it('says where the relay stands, and the status word why', () => {
		const client = asker();
		expect(states(client)).toEqual([true, 1]);
		expect(reasons(client)).toEqual([]);
		client.call(...CONTROL, 1, GO);
		expect(states(client)).toEqual([false, 0]);
		expect(reasons(client)).toEqual(['open-remote']);
		client.meter = changeMeter(client.meter, MADE_MS, tamper);
		expect(reasons(client)).toEqual(['open-tamper', 'open-remote']);
		expect(client.call(...CONTROL, 2, GO).result).toBe('temporary-failure');
		enter(client, managementToken(5, 0, MADE_TID + 5));
		expect(client.call(...CONTROL, 2, GO).result).toBe('success');
		expect(states(client)).toEqual([true, 1]);
	});

	it('waits for a hand in a mode that says so', () => {
		const client = asker();
		expect(client.set(...CONTROL, 4, build.enumerated(3))).toBe('success');
		client.call(...CONTROL, 1, GO);
		expect(states(client)).toEqual([false, 0]);
		client.call(...CONTROL, 2, GO);
		expect(states(client)).toEqual([false, 2]);
		expect(reasons(client)).toEqual(['open-ready']);
	});

	it('does nothing in mode 0', () => {
		const client = asker({});
		client.set(...CONTROL, 4, build.enumerated(0));
		expect(states(client)).toEqual([true, 1]);
		expect(client.call(...CONTROL, 1, GO).result).toBe('other-reason');
		expect(client.call(...CONTROL, 2, GO).result).toBe('other-reason');
	});

	it('takes modes of the standard only, from management only', () => {
		const client = asker();
		expect(client.set(...CONTROL, 4, build.enumerated(8))).toBe('other-reason');
		expect(client.set(...CONTROL, 4, build.unsigned(1))).toBe('type-unmatched');
		const reading = new Asker(client.meter, MADE_MS, READING);
		expect(reading.set(...CONTROL, 4, build.enumerated(1))).toBe('read-write-denied');
	});
});

describe('the limiters', () => {
	it('show the limits that tokens set', () => {
		const client = asker({ preset: 'three-phase', creditWh: 9000 });
		expect(client.value(71, '0.0.17.0.0', 3)).toBe(0xffff_ffff);
		enter(client, managementToken(0, 7000, MADE_TID + 5));
		enter(client, managementToken(6, 2000, MADE_TID + 6));
		expect(client.value(71, '0.0.17.0.0', 3)).toBe(7000);
		expect(client.value(71, '0.0.17.0.1', 4)).toBe(2000);
		expect(client.value(71, '0.0.17.0.0', 7)).toBe(30);
		client.meter = changeMeter(client.meter, MADE_MS, (meter, instantMs) =>
			loadPhases(meter, [3000, 3000, 900], instantMs),
		);
		expect(reasons(client)).toEqual(['open-unbalance']);
		client.meter = changeMeter(client.meter, MADE_MS, (meter, instantMs) =>
			advance(meter, { loadW: 6000, instantMs }),
		);
		client.instantMs += 30_000;
		expect(reasons(client)).toEqual([]);
	});
});
