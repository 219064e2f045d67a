/** Papers of sales that change while they are asked for: on the app's own desk, printed by the app's own queue. */
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PrintFault } from '#lib/browser/print/print-fault.ts';
import { type JobWish, PrintQueue } from '#lib/browser/print/print-queue.ts';
import type { PrintJobRow } from '#lib/browser/store/agent-rows.ts';
import { salesToHandOver } from '#lib/browser/store/agent-sales.ts';
import type { OpenedSale, TillDesk } from '#lib/browser/sync/till-desk.ts';
import type { Paper } from '#lib/core/paper/paper.ts';
import { deskPapers, putPaper } from '#lib/ui/agent/state/papers.ts';
import { staffWriting } from '#lib/ui/agent/print/writing.ts';
import { closeDesks, sell, TillBench } from '../../browser/sync/till-desk-bench.ts';

let bench: TillBench;
let desk: TillDesk;
/** What the printer says to a paper; undefined: it takes it. */
let refusal: PrintFault | undefined;
let out: Paper[];
let queue: PrintQueue;
beforeEach(async () => {
	bench = await TillBench.open();
	desk = await bench.ready();
	[refusal, out] = [undefined, []];
	const papers = deskPapers(desk, { staffs: staffWriting, customers: async () => staffWriting });
	queue = new PrintQueue({
		...{
			store: bench.store,
			locks: bench.locks,
			newId: bench.ports().newId,
			nowMs: bench.clocks.nowMs,
		},
		nextCopy: papers.nextCopy,
		renderPaper: (job) => papers.renderPaper(job, 'en'),
		print: async (paper) => {
			if (refusal) throw refusal;
			out.push(paper);
		},
		tell: (error) => {
			throw error;
		},
	});
});
afterEach(async () => {
	await queue.stop();
	await closeDesks();
});

/** As the screen shows it that has just sold it without the network. */
async function provisional(): Promise<OpenedSale> {
	await bench.goOffline(desk);
	const outcome = await sell(desk);
	if (outcome.kind !== 'provisional') throw new TypeError(outcome.kind);
	return outcome.sale;
}

async function put(sale: OpenedSale): Promise<JobWish[]> {
	const wishes: JobWish[] = [];
	await putPaper(desk, sale, async (wish) => {
		wishes.push(wish);
		await queue.add(wish);
	});
	await queue.idle();
	return wishes;
}

const due = async () => (await salesToHandOver(bench.store, 10)).map(({ id }) => id);

describe('a provisional paper that failed', () => {
	it('is not printed again once the token is there: the token stays due, and its receipt is the first one', async () => {
		const sale = await provisional();
		refusal = new PrintFault('no-answer');
		await put(sale);
		const [job] = await bench.store.prints.toArray();
		refusal = undefined;
		await bench.goOnline(desk);
		expect(await due()).toEqual([sale.row.id]);
		await queue.again(job!.id);
		await queue.idle();
		expect(out).toEqual([]);
		expect(await bench.store.prints.get(job!.id)).toMatchObject({ fault: 'outdated' });
		expect(await due()).toEqual([sale.row.id]);
		const [receipt] = await put((await desk.openSale(sale.row.id))!);
		expect(receipt).toMatchObject({ paper: 'receipt', copy: 1 });
		expect(await due()).toEqual([]);
	});

	it('says that it is not true any more where its job waited for the printer meanwhile', async () => {
		const sale = await provisional();
		refusal = new PrintFault('no-printer');
		await put(sale);
		const [job] = await bench.store.prints.toArray();
		refusal = undefined;
		await bench.goOnline(desk);
		await queue.again(job!.id);
		await queue.idle();
		expect(out).toEqual([]);
		expect(await bench.store.prints.get(job!.id)).toMatchObject({ fault: 'outdated' });
	});
});

describe('a paper that is asked for', () => {
	it('is the receipt where the token came between the screen and the tap', async () => {
		const sale = await provisional();
		await bench.goOnline(desk);
		expect(await put(sale)).toEqual([{ paper: 'receipt', saleId: sale.row.id, copy: 1 }]);
		expect(out).toHaveLength(1);
		expect(await due()).toEqual([]);
	});

	it('is none where the backend said no between the screen and the tap', async () => {
		bench.office.refuse = () => 'meter-blocked';
		const sale = await provisional();
		await bench.goOnline(desk);
		expect(await put(sale)).toEqual([]);
		expect((await bench.store.sales.get(sale.row.id))?.printedProvisional).toBeUndefined();
	});

	it('is counted by itself while there is no token', async () => {
		const sale = await provisional();
		expect(await put(sale)).toMatchObject([{ paper: 'provisional', copy: 1 }]);
		expect(await put(sale)).toMatchObject([{ paper: 'provisional', copy: 2 }]);
		expect(out).toHaveLength(2);
	});
});

it('a report whose shifts cannot be read says so by the fault’s name', async () => {
	const { renderPaper } = deskPapers(desk, {
		staffs: staffWriting,
		customers: async () => staffWriting,
	});
	const wish = { paper: 'x-report', saleId: null, batchId: 'shift', copy: 1 } as const;
	const job: PrintJobRow = { ...wish, id: 'x', askedAtMs: 1, state: 'printing', fault: null };
	const { batches } = desk.store;
	batches.toArray = () => Dexie.Promise.reject(new Dexie.DexieError('UnknownError', 'no reason'));
	await expect(renderPaper(job, 'en')).rejects.toMatchObject({
		name: 'StoreFault',
		kind: 'failed',
	});
});
