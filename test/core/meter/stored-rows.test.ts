/** Rows that were really stored by layout 1, and what they are now. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { parseVirtualMeter } from '#lib/core/meter/meter-json.ts';
import { relayOf } from '#lib/core/meter/supply.ts';
import { advanceTo, METER_VERSION } from '#lib/core/meter/virtual-meter.ts';
import { parseCosemMeter, storedCosemMeter } from '#lib/core/meter/cosem/cosem-json.ts';
import { advanceCosemMeter, clockAt } from '#lib/core/meter/cosem/cosem-meter.ts';
import { reconnectRemotely } from '#lib/core/meter/remote-control.ts';
import { keyChange, managementToken, MADE_MS, MADE_TID } from './bench-meter.ts';

const HOUR_MS = 3_600_000;

interface OldMeter {
	version: number;
	decoder: unknown;
	supply: Record<string, unknown>;
	events: unknown;
}

const row = (name: string): unknown =>
	JSON.parse(readFileSync(new URL(`rows/${name}.json`, import.meta.url), 'utf8'));

function meterOf(value: unknown) {
	const parsed = parseVirtualMeter(value);
	if ('refusal' in parsed) throw new Error(`${parsed.refusal} at ${parsed.place}`);
	return parsed.meter;
}

function cosemOf(value: unknown) {
	const parsed = parseCosemMeter(value);
	if ('refusal' in parsed) throw new Error(`${parsed.refusal} at ${parsed.place}`);
	return parsed;
}

describe('a meter of layout 1', () => {
	const old = row('meter-1') as OldMeter;

	it('keeps all it had', () => {
		const meter = meterOf(old);
		expect(meter.version).toBe(METER_VERSION);
		expect(meter.decoder).toEqual(old.decoder);
		expect(meter.events).toEqual(old.events);
		expect(meter.supply).toMatchObject(old.supply);
		expect(meter).toMatchObject({ preset: 'single-phase', charge: null, tariff: null, plants: [] });
	});

	it('comes back from the new layout as it is', () => {
		const meter = meterOf(old);
		expect(meterOf(JSON.parse(JSON.stringify(meter)))).toEqual(meter);
	});

	it('goes on where it was: the key change, the tamper, the limit', () => {
		const meter = meterOf(old);
		const atMs = meter.supply.countedMs + 60_000;
		expect(relayOf(meter.supply)).toBe('open-tamper');
		const cleared = enterToken(meter, managementToken(5, 0, MADE_TID + 300), atMs);
		expect(cleared.outcome.result).toBe('Accept');
		expect(cleared.meter.tampers.noted).toEqual([]);
		// 1,234 W behind a limit of 1,000 W: it closes, looks, and opens.
		expect(relayOf(cleared.meter.supply)).toBe('open-overload');
		const sections = keyChange({ sgc: '000123' });
		const again = enterToken(meter, sections[1] as string, MADE_MS + 6 * HOUR_MS + 600_000);
		expect(again.outcome).toMatchObject({ result: '2ndKCT', missing: [3] });
	});

	it('that was above its limit is open, and closes by itself', () => {
		const meter = meterOf(row('meter-1-overload'));
		expect(relayOf(meter.supply)).toBe('open-overload');
		expect(meter.events.at(-1)?.kind).toBe('token');
		const later = advanceTo(
			{ ...meter, supply: { ...meter.supply, loadW: 500 } },
			meter.supply.countedMs + 30_000,
		);
		expect(relayOf(later.supply)).toBe('closed');
	});

	it.each([
		['supply.creditWh', { ...old, supply: { ...old.supply, creditWh: -1 } }],
		['supply.loadW', { ...old, supply: { ...old.supply, loadW: 'much' } }],
		['supply', { ...old, supply: 7 }],
		['supply.countedMs', { ...old, supply: { ...old.supply, countedMs: null } }],
		['decoder', { ...old, decoder: undefined }],
		['extra', { ...old, extra: 1 }],
	])('that is corrupt at %s says where', (place, value) => {
		const parsed = parseVirtualMeter(value);
		expect(parsed).toMatchObject({ refusal: 'corrupt' });
		expect(parsed).toHaveProperty(
			'place',
			expect.stringMatching(new RegExp(`^(?:preset|${place})`)),
		);
	});
});

describe('a DLMS side of layout 1', () => {
	const old = row('cosem-1') as { counters: unknown; cosem: Record<string, unknown> };

	it('keeps counters, profile and entries, and its clock', () => {
		const { meter, counters } = cosemOf(old);
		expect(counters).toEqual(old.counters);
		expect(meter.loadProfile).toEqual(old.cosem['loadProfile']);
		expect(meter.entries).toMatchObject(old.cosem['entries'] as object);
		expect(meter.entries[0]).toMatchObject({ delivery: 'remote', result: 'Accept' });
		expect(clockAt(meter, MADE_MS)).toBe(MADE_MS + 7 * 60_000);
	});

	it('that was disconnected remotely still is, with its load behind the relay', () => {
		const { meter } = cosemOf(old);
		expect(relayOf(meter.meter.supply)).toBe('open-remote');
		expect(meter.meter.supply.loadW).toBe(1200);
		const atMs = meter.meter.supply.countedMs + HOUR_MS;
		const still = advanceCosemMeter(meter, atMs);
		expect(still.meter.supply.totalWh).toBe(meter.meter.supply.totalWh);
		const on = reconnectRemotely(still.meter, atMs);
		expect(on.outcome).toBe('done');
		expect(relayOf(on.meter.supply)).toBe('closed');
	});

	it('comes back from the new layout as it is', () => {
		const stored = cosemOf(old);
		expect(cosemOf(JSON.parse(JSON.stringify(storedCosemMeter(stored))))).toEqual(stored);
	});

	it.each([
		['cosem.entries', { ...old.cosem, entries: {} }],
		['cosem.loadProfile', { ...old.cosem, loadProfile: null }],
		['cosem.meter.clockOffsetMs', { ...old.cosem, clockOffsetMs: 0.5 }],
		['cosem.meter.supply.loadW', { ...old.cosem, disconnectedLoadW: -4 }],
		['cosem.meter', { ...old.cosem, meter: 'one' }],
		['cosem.extra', { ...old.cosem, extra: 1 }],
	])('that is corrupt at %s says where', (place, cosem) => {
		expect(parseCosemMeter({ ...old, cosem })).toEqual({ refusal: 'corrupt', place });
	});
});
