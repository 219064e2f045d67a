import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import { soon } from '../../harness/soon.ts';
import { ofMeter, toRefund } from './as-shown.ts';
import { agentTab, closeDesks, sell, TillBench } from './till-desk-bench.ts';
import { DRN, OTHER_DRN } from './till-office.ts';
import { PIN } from '../vault/bench.ts';

let bench: TillBench;
beforeEach(async () => (bench = await TillBench.open()));
afterEach(closeDesks);

const counted = (amountMinor: number) => ({
	cash: [{ denominationMinor: amountMinor, count: 1 }],
	others: [],
	reference: 'BAG 7',
});

describe('a shift', () => {
	it('opens with the batches around it, in order, and only once', async () => {
		const desk = await bench.ready();
		const shift = (await desk.glance()).shift!;
		expect(await desk.openShift()).toEqual(shift);
		const opened = bench.office.entries.flatMap((entry) =>
			entry.kind === 'batch-opened' ? [entry.content] : [],
		);
		expect(opened.map(({ request }) => request.kind)).toEqual(['banking', 'sales', 'shift']);
		expect(opened[2]?.request.parentId).toBe(opened[1]?.batchId);
		expect(opened[1]?.request.parentId).toBe(opened[0]?.batchId);
	});

	it('goes through a day without the network: X, refund, Z, bank, and arrives in order', async () => {
		const desk = await bench.ready();
		await sell(desk, 10_000);
		bench.office.refuse = () => 'meter-blocked';
		await sell(desk, 7_000, OTHER_DRN);
		bench.office.refuse = () => undefined;
		await bench.goOffline(desk);
		await sell(desk, 20_000);
		const shift = (await desk.glance()).shift!;
		expect(await desk.totals(shift.id)).toMatchObject({
			sold: { count: 2, amountMinor: 30_000, energyDeciKwh: 50 },
			unfinished: { count: 1, amountMinor: 20_000 },
			refused: { count: 1, amountMinor: 7_000 },
			byPayType: [{ payType: 'cash', count: 2, amountMinor: 30_000 }],
		});
		expect(await desk.expected(shift.id)).toEqual([
			{
				...{ payType: 'cash', takenMinor: 37_000, givenBackMinor: 0, soldAgainMinor: 0 },
				expectedMinor: 37_000,
			},
		]);
		const [refused] = await toRefund(desk);
		await desk.payRefund(refused!.row.id);
		await expect(desk.payRefund(refused!.row.id)).rejects.toThrow(StoreFault);
		expect(await desk.expected(shift.id)).toMatchObject([
			{ takenMinor: 37_000, givenBackMinor: 7_000, expectedMinor: 30_000 },
		]);
		const settled = await desk.refused(shift.id, await desk.totals(shift.id));
		expect(settled).toMatchObject({ here: { count: 0 }, givenBack: { amountMinor: 7_000 } });
		await expect(desk.bank(counted(30_000))).rejects.toThrow(StoreFault);
		const closed = await desk.closeShift(counted(30_000));
		expect(closed).toMatchObject({ state: 'closed', totals: { sold: { count: 2 } } });
		await expect(desk.closeShift(counted(30_000))).rejects.toThrow(StoreFault);
		expect(await sell(desk)).toEqual({ kind: 'not-sold', because: 'shift-needed' });
		const banked = await desk.bank(counted(30_000));
		expect(banked).toMatchObject({ kind: 'banking', totals: { sold: { amountMinor: 30_000 } } });
		await bench.goOnline(desk);
		expect(bench.office.kinds().slice(-5)).toEqual([
			...['sale', 'refund-paid', 'batch-closed', 'batch-closed', 'batch-closed'],
		]);
		// What was counted is what is kept, though the last sale has its token since.
		expect(await desk.totals(shift.id)).toEqual(closed.totals);
		expect((await desk.batches(9)).map(({ state }) => state)).toEqual(Array(3).fill('closed'));
	});

	it('counts a sale that another tab makes while it is being closed', async () => {
		const desk = await bench.ready();
		await sell(desk);
		const other = await bench.openWith(desk.operator, {}, agentTab(bench.store.name));
		await other.vault.unlock(PIN);
		await other.tryNow();
		const [closed, sold] = await Promise.all([
			desk.closeShift(counted(10_000)),
			sell(other, 20_000).catch((cause: unknown) => cause as StoreFault),
		]);
		const isSold = 'kind' in sold && sold.kind === 'issued';
		expect(closed.totals?.sold.count).toBe(isSold ? 2 : 1);
		const entries = await bench.store.entries.toArray();
		expect(entries.filter(({ kind }) => kind === 'sale')).toHaveLength(isSold ? 2 : 1);
	});

	it('takes the money of an earlier shift out of the drawer of the open one', async () => {
		const desk = await bench.ready();
		bench.office.refuse = () => 'meter-blocked';
		await sell(desk, 7_000);
		const first = (await desk.glance()).shift!;
		await desk.closeShift(counted(7_000));
		const second = await desk.openShift();
		const [refused] = await toRefund(desk);
		await desk.payRefund(refused!.row.id);
		expect(await desk.expected(first.id)).toMatchObject([{ expectedMinor: 7_000 }]);
		expect(await desk.expected(second.id)).toMatchObject([
			{ takenMinor: 0, givenBackMinor: 7_000, expectedMinor: -7_000 },
		]);
	});
});

describe('a receipt', () => {
	it('is a reprint from the second time on, whatever provisional papers there were', async () => {
		const desk = await bench.ready();
		await bench.goOffline(desk);
		const outcome = await sell(desk);
		if (outcome.kind !== 'provisional') throw new TypeError(outcome.kind);
		const { id } = outcome.sale.row;
		expect(await desk.notePrint(id, 'provisional')).toEqual({ copy: 1 });
		expect(await desk.notePrint(id, 'provisional')).toEqual({ copy: 2 });
		await bench.goOnline(desk);
		expect(await desk.notePrint(id, 'receipt')).toEqual({ copy: 1 });
		expect(bench.office.kinds()).not.toContain('reprint');
		expect(await desk.notePrint(id, 'receipt')).toEqual({ copy: 2 });
		await soon(() =>
			expect(bench.office.entries.at(-1)).toMatchObject({
				kind: 'reprint',
				content: { vendId: id, copy: 2 },
			}),
		);
		expect((await ofMeter(desk, DRN, 1))[0]?.row.printed).toBe(2);
	});
});
