/** Tokens that came when their customer had left: due until they are printed or given. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { salesToHandOver } from '#lib/browser/store/agent-sales.ts';
import type { TillDesk } from '#lib/browser/sync/till-desk.ts';
import { drainTill } from '#lib/browser/sync/till-drain.ts';
import { readTillHere } from '#lib/browser/sync/till-here.ts';
import { ANSWER_WITHIN_MS } from '#lib/core/sync/till-sale-state.ts';
import { soon } from '../../harness/soon.ts';
import { HOUR } from '../vault/bench.ts';
import { closeDesks, sell, TillBench, wishFor } from './till-desk-bench.ts';

let bench: TillBench;
let desk: TillDesk;
beforeEach(async () => {
	bench = await TillBench.open();
	desk = await bench.ready();
});
afterEach(closeDesks);

const due = async () => (await salesToHandOver(desk.store, 10)).map(({ id }) => id);

/** Sold without the network, and its token came when that was back. */
async function late(amountMinor = 10_000): Promise<string> {
	await bench.goOffline(desk);
	const outcome = await sell(desk, amountMinor);
	if (outcome.kind !== 'provisional') throw new TypeError(outcome.kind);
	expect(await due()).not.toContain(outcome.sale.row.id);
	await bench.goOnline(desk);
	const { id } = outcome.sale.row;
	await soon(async () => expect(await due()).toContain(id));
	return id;
}

/** Written down, and nothing more: the page ends before it asks, as one that is killed does. */
async function dieAtTheTap(): Promise<string> {
	const wish = await wishFor(desk);
	bench.office.weather = 'request-lost';
	void desk.sell(wish).catch(() => undefined);
	const row = await soon(async () => {
		const [written] = await bench.store.sales.toArray();
		expect(written).toMatchObject({ state: 'asked' });
		return written!;
	});
	desk.close();
	return row.id;
}

async function drainInTheWorker(): Promise<void> {
	bench.office.weather = 'fine';
	const { store, clocks, office, locks } = bench;
	const here = await readTillHere(store, clocks.nowMs);
	if (!here) throw new TypeError('no till');
	const { nowMs } = clocks;
	const ports = { store, keys: here.keys, api: office.api, nowMs, chance: () => 0.5, locks };
	await drainTill(ports, { ask: true });
}

describe('a token that came late', () => {
	it('is due, and in sight, until its receipt is printed', async () => {
		const id = await late();
		expect((await desk.glance()).toHandOver).toBe(1);
		// A paper without the token, asked for again, changes nothing of it: it is not true any more.
		expect(await desk.notePrint(id, 'provisional')).toBeUndefined();
		expect(await due()).toEqual([id]);
		expect((await desk.openSale(id))?.row.printed).toBe(0);
		expect(await desk.notePrint(id, 'receipt')).toEqual({ copy: 1 });
		expect(await due()).toEqual([]);
		expect((await desk.glance()).toHandOver).toBe(0);
		expect(await desk.notePrint(id, 'receipt')).toEqual({ copy: 2 });
	});

	it('is not due any more when it was given without a paper', async () => {
		const [first, second] = [await late(), await late(20_000)];
		expect(await due()).toEqual([first, second]);
		await desk.handOver(first);
		await desk.handOver(first);
		expect(await due()).toEqual([second]);
		expect((await desk.openSale(first))?.row).toMatchObject({ state: 'issued', printed: 0 });
	});

	it.each([
		[
			'is due as well when the page died at the tap, and the worker hands the sale in later',
			HOUR,
			1,
		],
		['is not due when somebody may still wait for it', ANSWER_WITHIN_MS, 0],
	])('%s', async (_, awayMs, dueCount) => {
		const id = await dieAtTheTap();
		bench.clocks.pass(awayMs);
		await drainInTheWorker();
		expect(await bench.store.sales.get(id)).toMatchObject({ state: 'issued', printed: 0 });
		expect(await due()).toHaveLength(dueCount);
	});

	it('is nothing where the token was in the answer', async () => {
		expect((await sell(desk)).kind).toBe('issued');
		expect(await due()).toEqual([]);
		await desk.handOver('no such sale');
	});
});
