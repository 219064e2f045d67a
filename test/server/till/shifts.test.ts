/** Shifts, refunds and copies of a till, as its journal tells of them afterwards. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BatchTotals } from '#lib/core/sync/wire-vendors.ts';
import { readBatch } from '#lib/server/batch/batch-answer.ts';
import { finishEntries } from '#lib/server/till/finish-entries.ts';
import { redeemClaim } from '#lib/server/till/redeem-claim.ts';
import { JOURNAL_TIME_MS } from '#lib/server/till/take-rows.ts';
import { reverseVend } from '#lib/server/vend/reverse-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatOf, openCounter, type Counter } from '../harness/counter.ts';
import { allowQueue, CLAIM_CODE, JournalTill, openTillShop } from '../harness/journal-till.ts';
import { deeds } from '../harness/people.ts';
import {
	GUEST,
	KITCHEN,
	MORNING_MS,
	mustBeTaken,
	newId,
	STEPS,
	WORKSHOP,
	type Shop,
} from '../harness/shop.ts';

let shop: Shop;
let counter: Counter;
let till: JournalTill;
beforeEach(async () => {
	({ shop, counter, till } = await openTillShop());
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const OFFICE = { ...GUEST, roles: ['office-manager'] as const, operatorId: newId() };
const batch = async (id: string) => mustBeTaken(await readBatch(shop.backend, counter.caller, id));
const shiftsOfVends = async () => {
	const vends = await shop.backend.database.selectFrom('vend').select('shift_batch_id').execute();
	return vends.map(({ shift_batch_id: shift }) => shift);
};
const tally = { count: 0, amountMinor: 0 };
const totals = (count: number, amountMinor: number): BatchTotals => ({
	sold: { count, amountMinor, energyDeciKwh: 0 },
	...{ byPayType: [], byOperator: [], byTransactionType: [], byResource: [] },
	...{ unfinished: tally, refused: tally, reversed: tally },
	// A later version may say more than this one knows: it is signed all the same.
	...{ cancelled: tally },
});
const open = (batchId = newId(), operatorId: string | null = counter.operatorId) => {
	till.shiftId = batchId;
	const request = { kind: 'shift' as const, parentId: null, operatorId };
	return till.write('batch-opened', { batchId, request });
};
const close = (cashMinor: number, told: BatchTotals, batchId = till.shiftId) =>
	till.write('batch-closed', {
		batchId,
		request: {
			cash: cashMinor === 0 ? [] : [{ denominationMinor: cashMinor, count: 1 }],
			...{ others: [], reference: null },
		},
		totals: told,
	});

describe('a till’s shifts', () => {
	it('open, sell and close offline, and the books agree afterwards', async () => {
		const entries = [
			close(0, totals(0, 0)),
			open(),
			await till.provisional(KITCHEN, 50_000),
			await till.provisional(WORKSHOP, 60_000),
			close(110_000, totals(2, 110_000)),
		];
		const first = till.shiftId;
		entries.push(open(), await till.provisional(STEPS, 70_000));
		const verdicts = ['done', 'done', 'issued', 'issued', 'done', 'done', 'issued'];
		expect(await till.verdicts(entries)).toEqual(verdicts);
		expect(await till.verdicts(entries)).toEqual(verdicts);
		expect(await batch(first)).toMatchObject({
			state: 'closed',
			totals: { sold: { count: 2, amountMinor: 110_000 } },
			counted: { differences: [{ payType: 'cash', differenceMinor: 0, verdict: 'exact' }] },
		});
		expect(await batch(till.shiftId)).toMatchObject({
			state: 'open',
			totals: { sold: { count: 1, amountMinor: 70_000 } },
		});
		expect(await deeds(shop.backend)).not.toContain('batch-totals-differ');
	});

	it('are the same when the journal comes three times at once', async () => {
		const entries = [
			close(0, totals(0, 0)),
			open(),
			await till.sale(KITCHEN, 50_000),
			close(50_000, totals(1, 50_000)),
		];
		const first = till.shiftId;
		entries.push(open());
		await Promise.all([1, 2, 3].map(() => till.handIn(entries)));
		expect(await till.verdicts(entries)).toEqual(['done', 'done', 'issued', 'done', 'done']);
		expect(await batch(first)).toMatchObject({ state: 'closed', totals: { sold: { count: 1 } } });
		expect(await batch(till.shiftId)).toMatchObject({ state: 'open' });
	});

	it('that were left open by a device that is gone are closed uncounted', async () => {
		await till.handIn([await till.sale(KITCHEN, 50_000)]);
		const next = await new JournalTill(shop, counter).enrol();
		till = next;
		expect(await next.verdicts([open(), await next.sale(WORKSHOP, 60_000)])).toEqual([
			'done',
			'issued',
		]);
		expect(await batch(counter.shiftId)).toMatchObject({
			state: 'closed',
			counted: { cash: [], differences: [{ expectedMinor: 50_000, countedMinor: 0 }] },
		});
		expect(await batch(next.shiftId)).toMatchObject({ totals: { sold: { amountMinor: 60_000 } } });
		expect(await deeds(shop.backend)).toContain('shift-abandoned');
	});

	it('that are refused hold up no sale, with another shift open or none', async () => {
		const entries = [
			close(0, totals(0, 0)),
			// Of somebody who is not the vendor's.
			open(newId(), newId()),
			await till.provisional(KITCHEN, 50_000),
			await till.sale(KITCHEN, 50_000),
			close(100_000, totals(2, 100_000)),
		];
		expect(await till.verdicts(entries)).toEqual([
			'done',
			'refused not-allowed',
			'issued',
			'issued',
			'refused not-found',
		]);
		expect(await shiftsOfVends()).toEqual([null, null]);
		expect(await floatOf(shop.backend, counter)).toBe(900_000);
		expect(await till.verdicts([open(), await till.sale(KITCHEN, 50_000)])).toEqual([
			'done',
			'issued',
		]);
	});

	it('whose totals are not the books’ are told of, by how much', async () => {
		const entries = [await till.sale(KITCHEN, 50_000), close(60_000, totals(2, 60_000))];
		expect(await till.verdicts(entries)).toEqual(['issued', 'done']);
		const told = await shop.backend.database
			.selectFrom('audit_event')
			.select('facts')
			.where('action', '=', 'batch-totals-differ')
			.execute();
		expect(told.map(({ facts }) => JSON.parse(facts) as unknown)).toEqual([
			{ countDifference: 1, amountDifferenceMinor: 10_000 },
		]);
	});

	it('that are closed do not lose a sale that waited: it is in none, and not in the next one', async () => {
		const { database } = shop.backend;
		const waiting = await till.sale(KITCHEN, 2_000_000);
		const entries = [waiting, close(0, totals(1, 2_000_000)), open()];
		expect(await till.verdicts(entries)).toEqual(['waiting float-exhausted', 'done', 'done']);
		await database
			.updateTable('vendor')
			.set({ credit_limit_minor: 5_000_000 })
			.where('id', '=', counter.caller.vendorId)
			.execute();
		expect(await till.verdicts([waiting])).toEqual(['issued']);
		expect(await shiftsOfVends()).toEqual([null]);
		expect(await batch(till.shiftId)).toMatchObject({ totals: { sold: { amountMinor: 0 } } });
	});

	it('take a sale that waited while they are still open, whatever waits with it', async () => {
		const { database } = shop.backend;
		const waiting = await till.sale(KITCHEN, 2_000_000);
		const elsewhere = await till.sale(WORKSHOP, 50_000, { batchId: newId() });
		expect(await till.verdicts([waiting, elsewhere])).toEqual([
			'waiting float-exhausted',
			'issued',
		]);
		await database
			.updateTable('vendor')
			.set({ credit_limit_minor: 5_000_000 })
			.where('id', '=', counter.caller.vendorId)
			.execute();
		expect(await till.verdicts([waiting])).toEqual(['issued']);
		expect(await batch(till.shiftId)).toMatchObject({
			totals: { sold: { count: 1, amountMinor: 2_000_000 } },
		});
	});

	it('take free electricity by the same rule', async () => {
		await shop.backend.database.updateTable('account').set({ fbe_deci_kwh: 500 }).execute();
		const free = (drn: string, batchId: string) => {
			const request = { kind: 'fbe', drn, requestedAtMs: MORNING_MS };
			return till.sale(drn, 0, { sealed: { request }, batchId });
		};
		const entries = [await free(KITCHEN, till.shiftId), await free(STEPS, newId())];
		expect(await till.verdicts(entries)).toEqual(['issued', 'issued']);
		const shifts = await shiftsOfVends();
		expect(new Set(shifts)).toEqual(new Set([till.shiftId, null]));
	});

	it('of another till take no sale that names them', async () => {
		const others = await openCounter(shop.backend, { vendorId: 'kiosk', terminalId: 'T-102' });
		const sale = await till.sale(KITCHEN, 50_000, { batchId: others.shiftId });
		expect(await till.verdicts([sale])).toEqual(['issued']);
		expect(await shiftsOfVends()).toEqual([null]);
	});
});

describe('money that went back at the till', () => {
	const refund = (saleId: string, amountMinor: number) =>
		till.write('refund-paid', { saleId, batchId: till.shiftId, amountMinor });

	it('is taken once, of a sale of this till that was refused, to the cent', async () => {
		await allowQueue(shop, counter, { perSaleMinor: 50_000 });
		const refused = await till.provisional(KITCHEN, 60_000);
		const sold = await till.sale(KITCHEN, 40_000);
		expect(await till.verdicts([refused, sold])).toEqual(['refused offline-sale-cap', 'issued']);
		const entries = [
			refund(newId(), 60_000),
			refund(sold.id, 40_000),
			refund(refused.id, 59_999),
			refund(refused.id, 60_000),
			refund(refused.id, 60_000),
		];
		const verdicts = [
			'refused not-found',
			'refused sale-not-refused',
			'refused refund-amount',
			'done',
			'refused refund-settled',
		];
		expect(await till.verdicts(entries)).toEqual(verdicts);
		expect(await till.verdicts(entries)).toEqual(verdicts);
		expect((await deeds(shop.backend)).filter((deed) => deed === 'refund-paid')).toHaveLength(1);
		expect(await floatOf(shop.backend, counter)).toBe(960_000);
	});

	it('is taken of a sale that the office reversed before anybody had seen its token', async () => {
		const sale = await till.provisional(KITCHEN, 50_000);
		const late = { what: 'entry' as const, entry: sale };
		await till.post([late], shop.backend, () => JOURNAL_TIME_MS);
		// The background carries it out, and its end is kept as it is then.
		shop.clock.ms += 60_000;
		await finishEntries(shop.backend);
		mustBeTaken(await reverseVend(shop.backend, OFFICE, sale.id));
		expect(await till.verdicts([sale])).toEqual(['reversed']);
		const back = refund(sale.id, 50_000);
		expect(await till.verdicts([back, refund(sale.id, 50_000)])).toEqual([
			'done',
			'refused refund-settled',
		]);
		expect(await deeds(shop.backend)).toContain('refund-paid');
		expect(
			await redeemClaim(shop.backend, GUEST, { drn: KITCHEN, code: CLAIM_CODE }),
		).toMatchObject({ state: 'refused', code: 'vend-reversed', refundedAtMs: back.atMs });
		expect(await floatOf(shop.backend, counter)).toBe(1_000_000);
	});

	it('is taken of a sale that was reversed while it waited', async () => {
		const sale = await till.sale(KITCHEN, 50_000);
		shop.module.behaviour = 'hangs';
		expect(await till.verdicts([sale])).toEqual(['issuing']);
		expect(await till.verdicts([refund(sale.id, 50_000)])).toEqual(['refused sale-not-refused']);
		mustBeTaken(await reverseVend(shop.backend, OFFICE, sale.id));
		expect(await till.verdicts([refund(sale.id, 50_000)])).toEqual(['done']);
	});

	it('is not that of another till', async () => {
		await allowQueue(shop, counter, { perSaleMinor: 50_000 });
		const refused = await till.provisional(KITCHEN, 60_000);
		await till.handIn([refused]);
		const others = await openCounter(shop.backend, { vendorId: 'kiosk', terminalId: 'T-102' });
		const other = await new JournalTill(shop, others).enrol();
		till = other;
		expect(await other.verdicts([refund(refused.id, 60_000)])).toEqual(['refused not-found']);
	});

	it('is paid once when two entries of it come at the same time', async () => {
		await allowQueue(shop, counter, { perSaleMinor: 50_000 });
		const refused = await till.provisional(KITCHEN, 60_000);
		const entries = [refused, refund(refused.id, 60_000), refund(refused.id, 60_000)];
		await Promise.all([1, 2, 3].map(() => till.handIn(entries)));
		expect(await till.verdicts(entries)).toEqual([
			'refused offline-sale-cap',
			'done',
			'refused refund-settled',
		]);
		expect((await deeds(shop.backend)).filter((deed) => deed === 'refund-paid')).toHaveLength(1);
	});
});

describe('a copy that was printed', () => {
	it('is counted once', async () => {
		const sale = await till.sale(KITCHEN, 50_000);
		const copy = till.write('reprint', { vendId: sale.id, copy: 1 });
		const unknown = till.write('reprint', { vendId: newId(), copy: 1 });
		const entries = [sale, copy, unknown];
		const verdicts = ['issued', 'done', 'refused not-found'];
		expect(await till.verdicts(entries)).toEqual(verdicts);
		expect(await till.verdicts(entries)).toEqual(verdicts);
		expect(await shop.backend.database.selectFrom('reprint').select('id').execute()).toEqual([
			{ id: copy.id },
		]);
	});
});
