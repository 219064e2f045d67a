/** Tokens that came when their customer had left: due until they are printed or given. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { salesToHandOver } from '#lib/browser/store/agent-sales.ts';
import type { TillDesk } from '#lib/browser/sync/till-desk.ts';
import { soon } from '../../harness/soon.ts';
import { closeDesks, sell, TillBench } from './till-desk-bench.ts';

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

describe('a token that came late', () => {
	it('is due, and in sight, until its receipt is printed', async () => {
		const id = await late();
		expect((await desk.glance()).toHandOver).toBe(1);
		// A paper without the token changed nothing of it.
		expect(await desk.notePrint(id)).toEqual({ copy: 1 });
		expect(await due()).toEqual([]);
		expect((await desk.glance()).toHandOver).toBe(0);
		expect(await desk.notePrint(id)).toEqual({ copy: 2 });
	});

	it('is not due any more when it was given without a paper', async () => {
		const [first, second] = [await late(), await late(20_000)];
		expect(await due()).toEqual([first, second]);
		await desk.handOver(first);
		await desk.handOver(first);
		expect(await due()).toEqual([second]);
		expect((await desk.openSale(first))?.row).toMatchObject({ state: 'issued', printed: 0 });
	});

	it('is nothing where the token was in the answer', async () => {
		expect((await sell(desk)).kind).toBe('issued');
		expect(await due()).toEqual([]);
		await desk.handOver('no such sale');
	});
});
