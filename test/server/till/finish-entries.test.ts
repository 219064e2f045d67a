/** Entries whose device never asks again: carried out in the background, once, and never after they were refused. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { transact } from '#lib/server/database/transact.ts';
import type { Backend } from '#lib/server/backend.ts';
import { finishEntries, pauseAfter } from '#lib/server/till/finish-entries.ts';
import { keepOutcome } from '#lib/server/till/outcome.ts';
import { redeemClaim } from '#lib/server/till/redeem-claim.ts';
import { JOURNAL_TIME_MS } from '#lib/server/till/take-rows.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { reverseVend } from '#lib/server/vend/reverse-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatOf, floatSaleOf, type Counter } from '../harness/counter.ts';
import { CLAIM_CODE, inShort, JournalTill, openTillShop } from '../harness/journal-till.ts';
import { GUEST, KITCHEN, mustBeTaken, newId, STEPS, WORKSHOP, type Shop } from '../harness/shop.ts';

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

const MINUTE_MS = 60_000;
const entry = (given: unknown) => ({ what: 'entry' as const, entry: given });
/** They get their places; before any of them is carried out the process dies. */
const die = (entries: readonly unknown[]) =>
	till.post(entries.map(entry), shop.backend, () => JOURNAL_TIME_MS);
const vends = () =>
	shop.backend.database.selectFrom('vend').select(['id', 'state']).orderBy('id').execute();
const unsettled = () =>
	shop.backend.database
		.selectFrom('till_unsettled')
		.select(['entry_id', 'tries', 'due_at_ms'])
		.orderBy('sequence')
		.execute();
const claim = (drn: string) => redeemClaim(shop.backend, GUEST, { drn, code: CLAIM_CODE });
const setFloat = (float_minor: number) =>
	shop.backend.database
		.updateTable('vendor')
		.set({ float_minor })
		.where('id', '=', counter.caller.vendorId)
		.execute();
async function round(backend: Backend = shop.backend): Promise<void> {
	shop.clock.ms += MINUTE_MS;
	await finishEntries(backend);
}

describe('an entry that was only taken when the server ended', () => {
	it('is carried out when its device never comes back, and its customer gets the token', async () => {
		await die([await till.provisional(KITCHEN, 50_000), await till.sale(WORKSHOP, 60_000)]);
		expect(await claim(KITCHEN)).toEqual({ state: 'waiting' });
		const after = shop.reopened();
		await round(after);
		expect(await claim(KITCHEN)).toMatchObject({ state: 'issued' });
		expect(await claim(WORKSHOP)).toMatchObject({ state: 'issued' });
		expect(await floatOf(shop.backend, counter)).toBe(890_000);
		expect(await unsettled()).toEqual([]);
	});

	it('is left alone while whoever handed it in may still be at it', async () => {
		await die([await till.sale(KITCHEN, 50_000)]);
		shop.clock.ms += JOURNAL_TIME_MS;
		await finishEntries(shop.backend);
		expect(await vends()).toEqual([]);
	});

	it('is carried out once by several nodes and its device together', async () => {
		const entries = [
			await till.sale(KITCHEN, 50_000),
			await till.provisional(WORKSHOP, 60_000),
			await till.provisional(STEPS, 70_000),
		];
		await die(entries);
		shop.clock.ms += MINUTE_MS;
		await Promise.all([...[1, 2, 3].map(() => finishEntries(shop.backend)), till.handIn(entries)]);
		expect(await till.verdicts(entries)).toEqual(['issued', 'issued', 'issued']);
		expect((await vends()).map(({ state }) => state)).toEqual(['issued', 'issued', 'issued']);
		expect(await floatOf(shop.backend, counter)).toBe(820_000);
		expect(await unsettled()).toEqual([]);
	});

	it('keeps its order: a shift, its sale and its closing', async () => {
		const batchId = newId();
		till.shiftId = batchId;
		const request = { kind: 'shift' as const, parentId: null, operatorId: counter.operatorId };
		const closing = { cash: [], others: [], reference: null };
		const sold = { count: 1, amountMinor: 50_000, energyDeciKwh: 0 };
		const none = { count: 0, amountMinor: 0 };
		const totals = {
			...{ sold, byPayType: [], byOperator: [], byTransactionType: [], byResource: [] },
			...{ unfinished: none, refused: none, reversed: none },
		};
		const entries = [
			till.write('batch-opened', { batchId, request }),
			await till.sale(KITCHEN, 50_000),
			till.write('batch-closed', { batchId, request: closing, totals }),
		];
		await die(entries);
		await round();
		expect(await till.verdicts(entries)).toEqual(['done', 'issued', 'done']);
		const shift = await shop.backend.database
			.selectFrom('vend')
			.select('shift_batch_id')
			.executeTakeFirstOrThrow();
		expect(shift).toEqual({ shift_batch_id: batchId });
	});

	it('ends no shift of the device that took its till', async () => {
		const request = { kind: 'shift' as const, parentId: null, operatorId: counter.operatorId };
		await die([till.write('batch-opened', { batchId: newId(), request })]);
		const next = await new JournalTill(shop, counter).enrol();
		const now = newId();
		await next.handIn([next.write('batch-opened', { batchId: now, request })]);
		await round();
		const open = await shop.backend.database
			.selectFrom('batch')
			.select('id')
			.where('state', '=', 'open')
			.execute();
		expect(open).toEqual([{ id: now }]);
	});

	it('has its token held back until somebody is shown it', async () => {
		const sale = await till.sale(KITCHEN, 50_000);
		await die([sale]);
		await round();
		const office = { ...GUEST, roles: ['office-manager'] } as const;
		mustBeTaken(await reverseVend(shop.backend, office, sale.id));
		expect(await claim(KITCHEN)).toMatchObject({ state: 'refused', code: 'vend-reversed' });
		expect(await floatOf(shop.backend, counter)).toBe(1_000_000);
	});
});

describe('an entry that waits', () => {
	it('is tried again with growing pauses, and holds up no other', async () => {
		const wide = await till.sale(KITCHEN, 100_000);
		const narrow = await till.sale(WORKSHOP, 50_000);
		await setFloat(60_000);
		expect(await till.verdicts([wide, narrow])).toEqual(['waiting float-exhausted', 'issued']);
		const pauses: number[] = [];
		for (let at = 0; at < 8; at += 1) {
			const [one] = await unsettled();
			shop.clock.ms = Number(one?.due_at_ms);
			await finishEntries(shop.backend);
			pauses.push(Number((await unsettled())[0]?.due_at_ms) - shop.clock.ms);
		}
		expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((minutes) => minutes * MINUTE_MS));
		await setFloat(950_000);
		shop.clock.ms += 60 * MINUTE_MS;
		await finishEntries(shop.backend);
		expect(await claim(KITCHEN)).toMatchObject({ state: 'issued' });
		expect(await unsettled()).toEqual([]);
	});

	it('is tried by no house that may issue nothing', async () => {
		await die([await till.sale(KITCHEN, 50_000)]);
		const permit = {
			...shop.backend.permit,
			refusal: () => ({ refusal: 'database-older' as const }),
		};
		await round({ ...shop.backend, permit });
		expect(await unsettled()).toMatchObject([{ tries: 0 }]);
	});

	it('is not left until a clock that was wrong is reached', async () => {
		await die([await till.sale(KITCHEN, 50_000)]);
		shop.clock.ms -= 86_400_000;
		await finishEntries(shop.backend);
		expect(await vends()).toHaveLength(1);
	});

	it('waits an hour at most', () => {
		expect(pauseAfter(0)).toBe(MINUTE_MS);
		expect(pauseAfter(1_000_000)).toBe(60 * MINUTE_MS);
	});
});

describe('a sale that two carry out at once', () => {
	const inShift = { named: newId() };
	const keep = (id: string, isAgain = false) =>
		transact(shop.backend.database, (write) =>
			keepOutcome(write, id, { state: 'refused', code: 'vendor-suspended' }, 1, isAgain),
		);

	it('is not refused once it is a vend', async () => {
		const sale = await till.sale(KITCHEN, 50_000);
		await die([sale]);
		const request = floatSaleOf(counter, KITCHEN, 50_000);
		mustBeTaken(await requestVend(shop.backend, counter.caller, sale.id, request, inShift));
		// The other one found its vendor suspended, before.
		expect(await keep(sale.id)).toBe('overtaken');
		expect(await keep(sale.id, true)).toBe(true);
	});

	it('is not a vend once it is refused: its money may be back', async () => {
		const sale = await till.sale(KITCHEN, 50_000);
		await die([sale]);
		expect(await keep(sale.id)).toBe(true);
		const request = floatSaleOf(counter, KITCHEN, 50_000);
		expect(await requestVend(shop.backend, counter.caller, sale.id, request, inShift)).toEqual({
			refusal: 'vendor-suspended',
		});
		expect((await till.handIn([sale])).map(inShort)).toEqual(['refused vendor-suspended']);
		expect(await floatOf(shop.backend, counter)).toBe(1_000_000);
	});

	it('has the end that was kept first', async () => {
		const sale = await till.sale(KITCHEN, 50_000);
		expect(await till.verdicts([sale])).toEqual(['issued']);
		expect(await keep(sale.id)).toBe('overtaken');
		expect(await till.verdicts([sale])).toEqual(['issued']);
	});
});
