/** Shifts, sales batches and banking batches: how they open, what they total, how they close. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BatchAnswer, BatchRequest } from '#lib/core/sync/wire-vendors.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { readBatch } from '#lib/server/batch/batch-answer.ts';
import { closeBatch } from '#lib/server/batch/close-batch.ts';
import { openBatch } from '#lib/server/batch/open-batch.ts';
import { putDeposit } from '#lib/server/vendor/deposits.ts';
import { issueVend } from '#lib/server/vend/issue-vend.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatSaleOf, openCounter, sell, type Counter } from '../harness/counter.ts';
import { employ } from '../harness/people.ts';
import {
	GUEST,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	STEPS,
	WORKSHOP,
	type Shop,
} from '../harness/shop.ts';

let shop: Shop;
let counter: Counter;
beforeEach(async () => {
	shop = await openShop();
	counter = await openCounter(shop.backend);
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const NOTHING = { cash: [], others: [], reference: null };
const cash = (...notes: [number, number][]) => ({
	...NOTHING,
	cash: notes.map(([denominationMinor, count]) => ({ denominationMinor, count })),
});
const open = (request: Partial<BatchRequest>, caller: Caller = counter.caller, id = newId()) =>
	openBatch(shop.backend, caller, id, {
		...{ kind: 'shift', parentId: null, operatorId: null },
		...request,
	});
const opened = async (request: Partial<BatchRequest>, caller?: Caller): Promise<BatchAnswer> =>
	mustBeTaken(await open(request, caller));
const close = (id: string, closing: Parameters<typeof closeBatch>[3] = NOTHING) =>
	closeBatch(shop.backend, counter.caller, id, closing);
const totalsOf = async (id: string) =>
	mustBeTaken(await readBatch(shop.backend, counter.caller, id)).totals;

async function sellFor(method: 'cash' | 'card' | 'mobile-money', drn: string, amountMinor: number) {
	const sale = floatSaleOf(counter, drn, amountMinor);
	const request = { ...sale, tender: { method, tenderedMinor: amountMinor } };
	mustBeTaken(await requestVend(shop.backend, counter.caller, newId(), request));
}

describe('a shift', () => {
	it('is opened once by its till, and no second one beside it', async () => {
		expect(await open({})).toEqual({
			refusal: 'batch-open',
			facts: { batch: counter.shiftId },
		});
		mustBeTaken(await close(counter.shiftId));
		const id = newId();
		const racing = await Promise.all([1, 2, 3].map(() => open({}, counter.caller, id)));
		expect(racing[1]).toEqual(racing[0]);
		expect(racing[0]).toMatchObject({ id, state: 'open', terminalId: 'T-101' });
		expect(await open({ operatorId: counter.operatorId }, counter.caller, id)).toEqual({
			refusal: 'id-reused',
		});
	});

	it('needs a till, and an operator of the vendor', async () => {
		mustBeTaken(await close(counter.shiftId));
		expect(await open({}, { ...GUEST, vendorId: 'corner-shop' })).toEqual({
			refusal: 'not-allowed',
		});
		expect(await open({}, GUEST)).toEqual({ refusal: 'not-allowed' });
		const stranger = await employ(shop.backend, { roles: ['office-clerk'] });
		expect(await open({ operatorId: stranger.operatorId })).toEqual({ refusal: 'not-allowed' });
		expect(await open({ operatorId: counter.operatorId })).toMatchObject({ state: 'open' });
	});

	it('is needed to sell', async () => {
		mustBeTaken(await close(counter.shiftId));
		const request = floatSaleOf(counter, KITCHEN, 10_000);
		expect(await requestVend(shop.backend, counter.caller, newId(), request)).toMatchObject({
			refusal: 'shift-needed',
		});
	});

	it('totals what was sold at any time, in every way', async () => {
		await sell(shop.backend, counter, KITCHEN, 100_000);
		await sellFor('card', WORKSHOP, 50_000);
		await sellFor('cash', STEPS, 20_000);
		shop.module.behaviour = 'vending-key-limit';
		await sellFor('cash', STEPS, 7_000);
		shop.module.behaviour = 'hangs';
		await sellFor('mobile-money', KITCHEN, 30_000);
		const totals = await totalsOf(counter.shiftId);
		const { energyDeciKwh } = totals.sold;
		expect(energyDeciKwh).toBeGreaterThan(600);
		expect(totals).toEqual({
			sold: { count: 4, amountMinor: 200_000, energyDeciKwh },
			byPayType: [
				{ payType: 'cash', count: 2, amountMinor: 120_000 },
				{ payType: 'card', count: 1, amountMinor: 50_000 },
				{ payType: 'mobile-money', count: 1, amountMinor: 30_000 },
			],
			byOperator: [
				{ operatorId: counter.operatorId, count: 4, amountMinor: 200_000, energyDeciKwh },
			],
			byTransactionType: [
				...[
					{ kind: 'credit', transactionType: '000', count: 4, amountMinor: 200_000, energyDeciKwh },
				],
			],
			byResource: [{ resource: 'electricity', count: 4, amountMinor: 200_000, energyDeciKwh }],
			unfinished: { count: 1, amountMinor: 30_000 },
			refused: { count: 1, amountMinor: 7_000 },
			reversed: { count: 0, amountMinor: 0 },
		});
	});

	it('is closed with what was counted, by denomination, and names each difference', async () => {
		await sell(shop.backend, counter, KITCHEN, 100_000);
		await sellFor('card', WORKSHOP, 50_000);
		await sellFor('mobile-money', STEPS, 30_000);
		const closing = {
			...cash([50_000, 1], [20_000, 2], [5_000, 1]),
			others: [
				{ payType: 'card' as const, amountMinor: 50_000 },
				{ payType: 'mobile-money' as const, amountMinor: 30_001 },
			],
			reference: 'BAG 12',
		};
		const closed = mustBeTaken(await close(counter.shiftId, closing));
		expect(closed).toMatchObject({ state: 'closed', counted: { reference: 'BAG 12' } });
		expect(closed.counted?.differences).toEqual([
			...[
				{
					payType: 'cash',
					expectedMinor: 100_000,
					countedMinor: 95_000,
					differenceMinor: -5_000,
					verdict: 'short',
				},
			],
			...[
				{
					payType: 'card',
					expectedMinor: 50_000,
					countedMinor: 50_000,
					differenceMinor: 0,
					verdict: 'exact',
				},
			],
			...[
				{
					payType: 'mobile-money',
					expectedMinor: 30_000,
					countedMinor: 30_001,
					differenceMinor: 1,
					verdict: 'over',
				},
			],
		]);
		expect(await close(counter.shiftId, closing)).toEqual(closed);
		expect(await close(counter.shiftId)).toEqual({ refusal: 'batch-closed' });
	});

	it('keeps its totals whatever becomes of its sales', async () => {
		shop.module.behaviour = 'hangs';
		const { id } = await sell(shop.backend, counter, KITCHEN, 30_000);
		const closed = mustBeTaken(await close(counter.shiftId, cash([30_000, 1])));
		expect(closed.totals.unfinished).toEqual({ count: 1, amountMinor: 30_000 });
		shop.module.behaviour = 'vending-key-limit';
		await issueVend(shop.backend, id);
		expect(await totalsOf(counter.shiftId)).toEqual(closed.totals);
		await expect(
			shop.backend.database.updateTable('batch').set({ totals: '{}' }).execute(),
		).rejects.toThrow(/final batch/);
	});

	it('is closed by its own till only', async () => {
		const other = await openCounter(shop.backend, { vendorId: 'rival', terminalId: 'T-102' });
		expect(await closeBatch(shop.backend, other.caller, counter.shiftId, NOTHING)).toEqual({
			refusal: 'not-found',
		});
		const sibling = { ...counter.caller, terminalId: 'T-103' };
		expect(await closeBatch(shop.backend, sibling, counter.shiftId, NOTHING)).toEqual({
			refusal: 'not-allowed',
		});
		expect(await close(counter.shiftId, cash([500, 1], [500, 2]))).toMatchObject({
			refusal: 'body-shape',
		});
	});
});

describe('batches in batches', () => {
	it('total what is in them and close from the inside out', async () => {
		mustBeTaken(await close(counter.shiftId));
		const manager = await employ(shop.backend, {
			roles: ['vendor-manager'],
			vendorId: 'corner-shop',
		});
		const banking = await opened({ kind: 'banking' }, manager);
		const sales = await opened({ kind: 'sales', parentId: banking.id }, manager);
		const first = await opened({ parentId: sales.id });
		await sell(shop.backend, counter, KITCHEN, 100_000);
		expect(await close(sales.id)).toEqual({ refusal: 'batch-open', facts: { batch: first.id } });
		mustBeTaken(await close(first.id, cash([100_000, 1])));
		const second = await opened({ parentId: sales.id });
		await sell(shop.backend, counter, WORKSHOP, 50_000);
		expect((await totalsOf(banking.id)).sold).toMatchObject({ count: 2, amountMinor: 150_000 });
		mustBeTaken(await close(second.id, cash([50_000, 1])));
		mustBeTaken(await close(sales.id, cash([50_000, 3])));
		expect(await open({ parentId: sales.id })).toEqual({ refusal: 'batch-closed' });
		const closed = mustBeTaken(
			await close(banking.id, { ...cash([50_000, 3]), reference: 'SLIP-9' }),
		);
		expect(closed.counted?.differences).toMatchObject([{ verdict: 'exact' }]);
		const office = await employ(shop.backend, { login: 'office', roles: ['office-clerk'] });
		const deposit = { vendorId: 'corner-shop', amountMinor: 150_000, currency: 'KES' };
		const slip = { ...deposit, bankingReference: 'SLIP-9', batchId: banking.id };
		expect(await putDeposit(shop.backend, office, newId(), slip)).toMatchObject({
			batchId: banking.id,
		});
		expect(await putDeposit(shop.backend, office, newId(), { ...slip, batchId: sales.id })).toEqual(
			{
				refusal: 'not-found',
			},
		);
	});

	it('have parents of the right kind, of the same vendor', async () => {
		mustBeTaken(await close(counter.shiftId));
		const banking = await opened({ kind: 'banking' });
		expect(await open({ parentId: banking.id })).toMatchObject({ refusal: 'body-shape' });
		expect(await open({ kind: 'banking', parentId: banking.id })).toMatchObject({
			refusal: 'body-shape',
		});
		expect(await open({ parentId: newId() })).toEqual({ refusal: 'not-found' });
		expect(await open({ kind: 'sales', operatorId: counter.operatorId })).toMatchObject({
			refusal: 'body-shape',
		});
		const other = await openCounter(shop.backend, { vendorId: 'rival', terminalId: 'T-102' });
		const theirs = await opened({ kind: 'sales' }, other.caller);
		expect(await open({ parentId: theirs.id })).toEqual({ refusal: 'not-found' });
	});
});
