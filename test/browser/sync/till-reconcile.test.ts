import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BatchTotals } from '#lib/core/sync/wire-vendors.ts';
import { soon } from '../../harness/soon.ts';
import { closeDesks, sell, TillBench } from './till-desk-bench.ts';

let bench: TillBench;
beforeEach(async () => (bench = await TillBench.open()));
afterEach(closeDesks);

const COUNT = { cash: [{ denominationMinor: 10_000, count: 1 }], others: [], reference: null };

/** Of the shift, as it lies in the store. */
const shiftHere = async (id: string) => (await bench.store.batches.get(id))!;

async function closed() {
	const desk = await bench.ready();
	await sell(desk, 10_000);
	const shift = await desk.closeShift(COUNT);
	return { desk, id: shift.id, totals: shift.totals as BatchTotals };
}

describe('a shift that was closed here', () => {
	it('keeps what the backend says of it, and asks no more once it is closed there', async () => {
		const { desk, id, totals } = await closed();
		bench.office.batch = () => ({ state: 'closed', totals });
		await desk.tryNow();
		await soon(async () => expect((await shiftHere(id)).heard?.state).toBe('closed'));
		expect((await shiftHere(id)).heard?.totals).toEqual(totals);
		const asked = bench.office.batchesAsked.length;
		await desk.tryNow();
		expect(bench.office.batchesAsked).toHaveLength(asked);
	});

	it('is asked after again while the backend has it open, but not with every word', async () => {
		const { desk, id, totals } = await closed();
		bench.office.batch = () => ({ state: 'open', totals });
		await desk.tryNow();
		await soon(async () => expect((await shiftHere(id)).heard?.state).toBe('open'));
		const asked = bench.office.batchesAsked.length;
		await desk.tryNow();
		expect(bench.office.batchesAsked).toHaveLength(asked);
	});

	it('is not asked after without the network, or before its closing is handed in', async () => {
		const desk = await bench.ready();
		await bench.goOffline(desk);
		const { id } = await desk.closeShift(COUNT);
		expect(bench.office.batchesAsked).toEqual([]);
		expect((await shiftHere(id)).heard).toBeUndefined();
	});

	it('counts the papers of its report, over every tab', async () => {
		const { desk, id } = await closed();
		expect(await desk.noteReport(id)).toEqual({ copy: 1 });
		expect(await desk.noteReport(id)).toEqual({ copy: 2 });
		expect((await shiftHere(id)).printed).toBe(2);
	});
});

describe('the mending desk', () => {
	it('has nothing while everything is as it was written', async () => {
		const { desk } = await closed();
		expect(await desk.mending()).toEqual({ damaged: [], earlier: [] });
	});

	it('names a damaged entry by its kind, and leaves sales to the refund desk', async () => {
		const { desk } = await closed();
		await bench.goOffline(desk);
		for (const row of await bench.store.progress.toArray())
			await bench.store.progress.put({ ...row, state: 'damaged', outcome: null });
		const { damaged } = await desk.mending();
		expect(damaged.map(({ kind, isTold }) => [kind, isTold])).toEqual([
			['batch-opened', false],
			['batch-opened', false],
			['batch-opened', false],
			['batch-closed', false],
		]);
	});

	it('names the journal of an earlier enrolment, and changes nothing of it', async () => {
		const { desk } = await closed();
		await bench.goOffline(desk);
		await desk.openShift();
		const till = (await bench.store.till.get('till'))!;
		await bench.store.till.put({ ...till, deviceId: '01930000-0000-7000-8000-000000000009' });
		const { earlier } = await desk.mending();
		expect(earlier).toMatchObject([{ deviceId: till.deviceId, terminalId: till.terminalId }]);
		expect((await desk.glance()).toMend).toBe(earlier[0]?.count);
	});
});
