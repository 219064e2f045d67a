import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StoredVirtualMeter } from '#lib/browser/store/store.ts';
import { describesMeter, manufacture } from '#lib/browser/store/virtual-meter-factory.ts';
import {
	CATCH_UP_LIMIT_MS,
	meterAt,
	meterClockMs,
	readRow,
	rowOf,
	WATCHED_MS,
	type StandingMeter,
} from '#lib/browser/store/virtual-meter-row.ts';
import { createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import type { VirtualMeterProvision } from '#lib/core/sync/wire.ts';
import { KEY_11, KEY_7, MADE_MS } from '../../core/meter/bench-meter.ts';

const NOW = Date.UTC(2026, 10, 21, 9);
const PAPERS: VirtualMeterProvision = {
	...{ drn: '12345678903', label: 'Blue house', ea: 7, tct: '02', sgc: '201457', krn: 1, kt: 2 },
	...{ ti: '01', ken: 255, baseYear: 2014, decoderKeyHex: KEY_7, manufacturedAtMs: MADE_MS },
};

function standing(more: Partial<StandingMeter> = {}, loadW = 1000, creditWh = 900_000_000) {
	const made = manufacture(PAPERS);
	const supply = { ...made.supply, loadW, creditWh, countedMs: NOW };
	const cosem = createCosemMeter({ ...made, supply }, NOW);
	const base = {
		provision: PAPERS,
		counters: {},
		lapse: 1,
		lineFaults: [],
		savedAtMs: NOW,
	} as const;
	return { ...base, cosem, ...more };
}

describe('the row of a virtual meter', () => {
	it('comes back as it was written', () => {
		const counters = { own: 7, 'receive-16': 4_294_967_296 };
		const stood = standing({ lapse: 60, lineFaults: ['echo', 'slow'], counters });
		expect(readRow(rowOf(stood))).toEqual(stood);
	});

	it.each([
		['not-json', ''],
		['not-json', '{"row":1'],
		['not-json', 'null'],
		['not-a-row', '{}'],
		['not-a-row', '[]'],
		['not-a-row', '{"row":1}'],
		['not-a-row', '{"row":2}'],
		['not-a-row', '{"row":3}'],
		['not-a-meter', '{"row":1,"meter":7}'],
		['corrupt', '{"row":1,"meter":{"version":1}}'],
	])('is refused as %s: %s', (refusal, snapshot) => {
		expect(readRow({ ...rowOf(standing()), snapshot })).toEqual({ refusal });
	});

	it('is refused when it belongs to another meter, or the meter in it is damaged', () => {
		const row = rowOf(standing());
		expect(readRow({ ...row, drn: '00000000000' })).toEqual({ refusal: 'not-a-row' });
		const damaged = row.snapshot.replace('"creditWh":900000000', '"creditWh":-1');
		expect(damaged).not.toBe(row.snapshot);
		expect(readRow({ ...row, snapshot: damaged })).toEqual({ refusal: 'corrupt' });
		const younger = row.snapshot.replace('"stored":{"version":2', '"stored":{"version":9');
		expect(readRow({ ...row, snapshot: younger })).toEqual({ refusal: 'unknown-version' });
		const counters = row.snapshot.replace('"counters":{}', '"counters":{"own":-1}');
		expect(readRow({ ...row, snapshot: counters })).toEqual({ refusal: 'corrupt' });
		const line = row.snapshot.replace('"lineFaults":[]', '"lineFaults":["echo","echo"]');
		expect(readRow({ ...row, snapshot: line })).toEqual({ refusal: 'not-a-row' });
	});

	it('that an older app stored is read, and goes on', () => {
		const old = JSON.parse(
			readFileSync(new URL('../../core/meter/rows/page-1.json', import.meta.url), 'utf8'),
		) as StoredVirtualMeter;
		const read = readRow(old);
		if ('refusal' in read) throw new Error(read.refusal);
		expect(read).toMatchObject({ lapse: 60, provision: PAPERS, savedAtMs: old.updatedAtMs });
		// What it had not: the DLMS side, begun where its own clock stood.
		expect(read).toMatchObject({ counters: {}, lineFaults: [] });
		expect(read.cosem).toEqual(
			createCosemMeter(read.cosem.meter, read.cosem.meter.supply.countedMs),
		);
		expect(rowOf(read).snapshot).toMatch(/^\{"row":2,/);
		expect(readRow(rowOf(read))).toEqual(read);
		expect(meterAt(read, old.updatedAtMs + 1000).supply.creditWh).toBe(28_766);
	});

	it('knows papers that describe no meter', () => {
		expect(describesMeter(PAPERS)).toBe(true);
		expect(describesMeter({ ...PAPERS, drn: '12345678904' })).toBe(false);
		expect(describesMeter({ ...PAPERS, decoderKeyHex: KEY_11 })).toBe(false);
		expect(describesMeter({ ...PAPERS, kt: 4 })).toBe(false);
		expect(describesMeter({ ...PAPERS, ti: 'x' })).toBe(false);
		expect(describesMeter({ ...PAPERS, krn: 0 })).toBe(false);
	});
});

describe('the clock of a virtual meter', () => {
	it('runs faster only while it is watched', () => {
		const stood = standing({ lapse: 3600 });
		expect(meterClockMs(stood, NOW + 1000)).toBe(NOW + 3_600_000);
		expect(meterClockMs(stood, NOW + WATCHED_MS)).toBe(NOW + WATCHED_MS * 3600);
		expect(meterClockMs(stood, NOW + WATCHED_MS + 1)).toBe(NOW + WATCHED_MS + 1);
	});

	it('stands while the clock on the wall is set back', () => {
		const stood = standing();
		expect(meterClockMs(stood, NOW - 86_400_000)).toBe(NOW);
		expect(meterAt(stood, NOW - 86_400_000).supply).toEqual(stood.cosem.meter.supply);
	});

	it('catches up for at most a month; what is beyond was a power cut', () => {
		const stood = standing();
		const month = meterAt(stood, NOW + CATCH_UP_LIMIT_MS);
		expect(month.supply.creditWh).toBe(900_000_000 - 31 * 24 * 1000);
		expect(month.events.at(-1)?.kind).toBe('manufactured');
		const years = meterAt(stood, NOW + 40 * CATCH_UP_LIMIT_MS);
		expect(years.supply.creditWh).toBe(month.supply.creditWh);
		expect(years.supply.countedMs).toBe(NOW + 40 * CATCH_UP_LIMIT_MS);
		expect(years.events.at(-1)).toEqual({ kind: 'power-up', atMs: NOW + 40 * CATCH_UP_LIMIT_MS });
	});
});
