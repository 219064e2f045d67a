/** Lists that are sealed stay as the store has them, though opening them leaves the live query's sight. */
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { latestCustomers, latestSales, salesToRefund } from '#lib/browser/store/agent-sales.ts';
import { watchOpened } from '#lib/browser/store/watch-opened.ts';
import type { TillDesk } from '#lib/browser/sync/till-desk.ts';
import { soon } from '../../harness/soon.ts';
import { closeDesks, sell, TillBench } from '../sync/till-desk-bench.ts';
import { DRN, OTHER_DRN } from '../sync/till-office.ts';

let bench: TillBench;
let desk: TillDesk;
const stops: (() => void)[] = [];
beforeEach(async () => {
	bench = await TillBench.open();
	desk = await bench.ready();
});
afterEach(async () => {
	for (const stop of stops.splice(0)) stop();
	await closeDesks();
});

function watched<Rows, Opened>(
	rows: () => Promise<Rows>,
	open: (rows: Rows) => Promise<Opened>,
): { now: Opened | undefined; failed: unknown[] } {
	const seen: { now: Opened | undefined; failed: unknown[] } = { now: undefined, failed: [] };
	const show = (opened: Opened) => void (seen.now = opened);
	stops.push(watchOpened(rows, open, { show, fail: (error) => seen.failed.push(error) }));
	return seen;
}

describe('a watched list', () => {
	it('of sales has each new one, and each one’s token when it comes', async () => {
		const list = watched(
			() => latestSales(desk.store, 10),
			(rows) => desk.openSales(rows),
		);
		await soon(() => expect(list.now).toEqual([]));
		await sell(desk);
		await soon(() =>
			expect(list.now).toMatchObject([{ row: { state: 'issued' }, answer: { state: 'issued' } }]),
		);
		await bench.goOffline(desk);
		await sell(desk, 20_000);
		await soon(() => expect(list.now).toHaveLength(2));
		expect(list.now?.[0]?.row.state).toBe('provisional');
		await bench.goOnline(desk);
		await soon(() => expect(list.now?.[0]?.answer).toMatchObject({ state: 'issued' }));
		expect(list.failed).toEqual([]);
	});

	it('of customers, and of refunds, too', async () => {
		const { store, operator } = desk;
		const customers = watched(
			() => latestCustomers(store, operator.operatorId, 10),
			(rows) => desk.openCustomers(rows),
		);
		const refunds = watched(
			() => salesToRefund(store),
			(rows) => desk.openSales(rows),
		);
		await soon(() => expect([customers.now, refunds.now]).toEqual([[], []]));
		const outcome = await sell(desk);
		await soon(() => expect(customers.now?.map(({ drn }) => drn)).toEqual([DRN]));
		bench.clocks.pass(1_000);
		await sell(desk, 10_000, OTHER_DRN);
		await soon(() => expect(customers.now?.map(({ drn }) => drn)).toEqual([OTHER_DRN, DRN]));
		const id = outcome.kind === 'not-sold' ? '' : outcome.sale.row.id;
		await store.sales.update(id, { state: 'refused', code: 'meter-blocked' });
		await soon(() => expect(refunds.now).toMatchObject([{ row: { id }, details: { drn: DRN } }]));
	});

	it('passes over a slower answer to earlier rows, and says what failed', async () => {
		const waiting: ((value: string) => void)[] = [];
		const list = watched(
			() => desk.store.prints.count(),
			(count) =>
				new Promise<string>((resolve, reject) =>
					count === 3 ? reject(new RangeError('three')) : waiting.push(resolve),
				),
		);
		await soon(() => expect(waiting).toHaveLength(1));
		const job = {
			saleId: null,
			paper: 'test',
			copy: 1,
			askedAtMs: 0,
			state: 'printed',
			fault: null,
		};
		await desk.store.prints.add({ ...job, id: 'a' } as never);
		await soon(() => expect(waiting).toHaveLength(2));
		waiting[1]?.('new');
		waiting[0]?.('old');
		await soon(() => expect(list.now).toBe('new'));
		await desk.store.prints.bulkAdd([{ ...job, id: 'b' } as never, { ...job, id: 'c' } as never]);
		await soon(() => expect(list.failed).toHaveLength(1));
		expect(list.now).toBe('new');
	});

	it('says by its name what the store did to its rows, and to opening them', async () => {
		const broken = () => Promise.reject(new Dexie.DexieError('UnknownError', 'the disk is gone'));
		const unread = watched(broken, async () => 'opened');
		const unopened = watched(() => desk.store.prints.count(), broken);
		const fault = { name: 'StoreFault', kind: 'failed' };
		await soon(() => expect([unread.failed, unopened.failed]).toMatchObject([[fault], [fault]]));
		expect([unread.now, unopened.now]).toEqual([undefined, undefined]);
	});
});
