import 'fake-indexeddb/auto';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import { pendingRows, unsentJournals } from '#lib/browser/store/agent-pending.ts';
import { drainTill } from '#lib/browser/sync/till-drain.ts';
import { exportTill } from '#lib/browser/sync/till-export.ts';
import { SignedTillEntry } from '#lib/core/sync/till-journal.ts';
import { TillExport } from '#lib/core/sync/wire-till.ts';
import { NOW } from '../vault/bench.ts';
import {
	closeTillTabs,
	ModelBackend,
	rewrite,
	sell,
	sellAtOnce,
	sellMany,
	TERMINAL,
	tillBench,
	tillRow,
	type TillBench,
} from './till-bench.ts';
import { renewDeviceKeys } from '#lib/browser/vault/device-keys.ts';

afterEach(closeTillTabs);

async function exported({ store, keys }: TillBench) {
	const file = await exportTill(store, { deviceId: keys.id, terminalId: TERMINAL }, NOW);
	expect(file).toMatchObject({ type: 'application/json', name: 'till-T-001-2026-11-21.json' });
	return v.parse(TillExport, JSON.parse(file.parts.join('')));
}

describe('the export of a till', () => {
	it('has what the backend has not said that it has, as it was written', async () => {
		const bench = await tillBench();
		await sellMany(bench, 3);
		await drainTill(bench);
		bench.backend.weather = () => 'answer-lost';
		await sellMany(bench, 2);
		await drainTill(bench);
		const { entries, ...front } = await exported(bench);
		expect(front).toMatchObject({ deviceId: bench.keys.id, terminalId: TERMINAL });
		const written = await bench.store.entries.toArray();
		expect(entries).toEqual(written.slice(3).map(({ entry }) => entry));
		for (const entry of entries) expect(v.is(SignedTillEntry, entry)).toBe(true);
	});

	it('is a file with nothing in it when all has arrived', async () => {
		const bench = await tillBench();
		await sell(bench);
		await drainTill(bench);
		expect((await exported(bench)).entries).toEqual([]);
	});

	it('works for a till that was revoked and wiped, and the office takes it', async () => {
		const bench = await tillBench();
		await sellMany(bench, 3);
		bench.backend.refusing = 'terminal-revoked';
		await drainTill(bench);
		await bench.store.deviceKeys.clear();
		const { entries } = await exported(bench);
		const office = new ModelBackend(bench.keys, bench.clocks);
		await office.take({ rows: entries.map((entry) => ({ what: 'entry', entry })) });
		expect(office.kept.map(({ entry }) => entry)).toEqual(entries);
		expect(entries).toHaveLength(3);
	});

	it('has a damaged row too: who mends it may want to see it', async () => {
		const bench = await tillBench();
		await sellMany(bench, 2);
		await rewrite(bench, 1, (row) => ({ ...row, entry: 'rubbish' }));
		await drainTill(bench);
		expect((await exported(bench)).entries).toEqual(['rubbish']);
	});

	it('is in order and whole over many rows, and bounded', async () => {
		const bench = await tillBench();
		await sellAtOnce(bench, 950);
		const { entries } = await exported(bench);
		expect((entries as SignedTillEntry[]).map(({ sequence }) => sequence)).toEqual(
			Array.from({ length: 950 }, (_, at) => at + 1),
		);
	});

	it('is there for the journal of an enrolment before', async () => {
		const bench = await tillBench();
		await sellMany(bench, 2);
		const keys = (await renewDeviceKeys(bench.store, 'till', bench.newId, NOW))!;
		await bench.store.till.put(tillRow(keys.id));
		await sell({ ...bench, keys });
		const journals = await unsentJournals(bench.store);
		expect(journals).toHaveLength(2);
		expect(journals).toContainEqual({ deviceId: bench.keys.id, terminalId: TERMINAL, count: 2 });
		expect((await exported(bench)).entries).toHaveLength(2);
		expect(await pendingRows(bench.store)).toBe(1);
	});
});
