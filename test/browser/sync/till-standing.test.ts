/** What waits on a till, counted from its journal: in whichever way it is read. */
import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { drainTill } from '#lib/browser/sync/till-drain.ts';
import { readUnsynced, unsyncedSales } from '#lib/browser/sync/till-standing.ts';
import { HOUR, NOW } from '../vault/bench.ts';
import { closeTillTabs, saleRow, sell, sellMany, tillBench, type TillBench } from './till-bench.ts';

afterEach(closeTillTabs);

const unsynced = ({ store, keys }: TillBench) => readUnsynced(store, keys.id);

describe('what waits on a till', () => {
	it('is nothing where nothing was sold', async () => {
		const bench = await tillBench();
		expect(await unsynced(bench)).toEqual({ count: 0, sumMinor: 0, oldestAtMs: null });
	});

	it('is every sale that the backend has not said to have, and no other', async () => {
		const bench = await tillBench();
		await sellMany(bench, 3);
		await drainTill(bench);
		await sell(bench, { amountMinor: 7, atMs: NOW + 5 });
		await sell(bench, { promise: 'reserve' });
		await sell(bench, { amountMinor: 8, atMs: NOW + 4 });
		expect(await unsynced(bench)).toEqual({ count: 2, sumMinor: 15, oldestAtMs: NOW + 4 });
	});

	it('is also what the backend has and finds no float for, until there is a token', async () => {
		const bench = await tillBench();
		const { backend } = bench;
		backend.outcomeOf = () => ({ state: 'waiting', code: 'float-exhausted', sealed: null });
		await sell(bench, { amountMinor: 7, atMs: NOW + 5 });
		await sell(bench, { amountMinor: 5, promise: 'reserve' });
		await drainTill(bench);
		backend.outcomeOf = () => ({ state: 'issuing', code: null, sealed: null });
		// Held from the float already.
		await sell(bench, { amountMinor: 8 });
		await drainTill(bench);
		expect(await unsynced(bench)).toEqual({ count: 1, sumMinor: 7, oldestAtMs: NOW + 5 });
		for (const kept of backend.kept) kept.outcome = { state: 'issued', code: null, sealed: null };
		bench.clocks.pass(HOUR);
		await drainTill(bench);
		expect(await unsynced(bench)).toMatchObject({ count: 0 });
	});

	it('tells which of it waits for the float', async () => {
		const bench = await tillBench();
		bench.backend.outcomeOf = () => ({ state: 'waiting', code: 'float-exhausted', sealed: null });
		await sell(bench, { amountMinor: 7 });
		await drainTill(bench);
		await sell(bench, { amountMinor: 8 });
		const waiting = await unsyncedSales(bench.store, bench.keys.id);
		expect(waiting.map((sale) => [sale.amountMinor, sale.waitsForFloat])).toEqual([
			[7, true],
			[8, false],
		]);
	});

	it('is the same among many others whose ids lie between', async () => {
		const bench = await tillBench();
		await sell(bench, { amountMinor: 7 });
		// Such as those that another enrolment of this device has handed in.
		const others = Array.from({ length: 20 }, () => saleRow(bench.newId()));
		await bench.store.sales.bulkAdd(others);
		await sell(bench, { amountMinor: 8 });
		expect(await unsynced(bench)).toEqual({ count: 2, sumMinor: 15, oldestAtMs: NOW });
	});

	it('has nothing of another enrolment’s journal', async () => {
		const bench = await tillBench();
		await sellMany(bench, 2);
		expect(await readUnsynced(bench.store, bench.newId())).toMatchObject({ count: 0 });
	});
});
