import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { transact } from '#lib/server/database/transact.ts';
import { balanceOf } from '#lib/server/ledger/book.ts';
import { beginIssue } from '#lib/server/vend/begin-issue.ts';
import { decideReversal } from '#lib/server/vend/decide-reversal.ts';
import { carryOut } from '#lib/server/vend/issue-vend.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { release } from '#lib/server/vend/release.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { reverseVend } from '#lib/server/vend/reverse-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatOf, floatSaleOf, openCounter, sell, type Counter } from '../harness/counter.ts';
import { deeds } from '../harness/people.ts';
import {
	COTTAGE,
	GUEST,
	KITCHEN,
	newId,
	openShop,
	order,
	pay,
	saleOf,
	STEPS,
	vendOf,
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

const CLERK: Caller = { ...GUEST, roles: ['office-clerk'], operatorId: newId() };

const reverse = async (id: string, caller: Caller = counter.caller) => {
	const taken = await reverseVend(shop.backend, caller, id);
	return 'refusal' in taken ? taken : (JSON.parse(taken.body) as VendAnswer);
};

/** All that a vend moves, apart from the counters that only rise. */
const world = async (drn: string) => {
	const { database } = shop.backend;
	const of = async (table: 'account' | 'meter') =>
		await database.selectFrom(table).selectAll().where('drn', '=', drn).executeTakeFirst();
	const balances = await database
		.selectFrom('ledger_entry')
		.select(({ fn }) => ['account_id', fn.sum('amount_minor').as('balance')])
		.groupBy('account_id')
		.having(({ fn }) => fn.sum('amount_minor'), '<>', 0)
		.orderBy('account_id')
		.execute();
	const float = await floatOf(shop.backend, counter);
	return { account: await of('account'), meter: await of('meter'), balances, float };
};

/** A sale at the counter whose answer was lost before it began: issued, and nobody has seen it. */
const sellUnseen = async (drn: string, amountMinor = 50_000) => {
	shop.module.behaviour = 'hangs';
	const { id } = await sell(shop.backend, counter, drn, amountMinor);
	shop.module.behaviour = 'answers';
	await recover(shop.backend, 0);
	return id;
};

describe('what is decided', () => {
	const facts = { released_at_ms: null, lastOfMeter: true };
	it.each([
		['awaiting-payment', {}, 'refuse'],
		['paid', {}, 'give-back'],
		['issuing', {}, 'undo'],
		['issued', {}, 'take-back'],
		['issued', { lastOfMeter: false }, { refusal: 'reversal-superseded' }],
		['issued', { released_at_ms: 0 }, { refusal: 'token-released' }],
		['issued', { released_at_ms: 5, lastOfMeter: false }, { refusal: 'token-released' }],
		['refused', {}, 'answer'],
		['reversed', {}, 'answer'],
	] as const)('of one that is %s %j', (state, change, decided) => {
		expect(decideReversal({ ...facts, state, ...change })).toEqual(decided);
	});
});

describe('a sale from the float', () => {
	it('whose token was made and not seen is as if it had not been, but for its TID', async () => {
		await shop.backend.database
			.updateTable('account')
			.set({ left_over_minor: 0, bought_deci_kwh: 250 })
			.where('drn', '=', STEPS)
			.execute();
		const before = await world(STEPS);
		const id = await sellUnseen(STEPS);
		expect(await world(STEPS)).not.toEqual(before);
		const answer = await reverse(id);
		expect(answer).toEqual({ id, state: 'reversed', paymentId: null, refundMinor: 50_000 });
		expect(await world(STEPS)).toEqual(before);
		expect(await reverse(id)).toEqual(answer);
		const next = await sell(shop.backend, counter, STEPS, 50_000);
		const tids = await shop.backend.database
			.selectFrom('vend')
			.select(['id', 'tid'])
			.orderBy('tid')
			.execute();
		expect(tids.map((row) => row.id)).toEqual([id, next.id]);
		expect(tids[1]!.tid).toBe(tids[0]!.tid! + 1);
	});

	it('takes the meter back to its old key with it', async () => {
		const before = await world(COTTAGE);
		const id = await sellUnseen(COTTAGE);
		expect((await world(COTTAGE)).meter).toMatchObject({ krn: 2 });
		await reverse(id);
		expect(await world(COTTAGE)).toEqual(before);
		const { answer } = await sell(shop.backend, counter, COTTAGE, 50_000);
		expect(answer).toMatchObject({ tokens: [{ kind: 'key-change' }, {}, { kind: 'credit' }] });
	});

	it('whose digits left is not taken back', async () => {
		const { id } = await sell(shop.backend, counter, KITCHEN, 50_000);
		expect(await reverse(id)).toEqual({ refusal: 'token-released' });
		const unseen = await sellUnseen(KITCHEN);
		const row = await transact(shop.backend.database, (write) =>
			release(write, { id: unseen }, shop.clock.ms),
		);
		expect(row.released_at_ms).toBe(shop.clock.ms);
		expect(await reverse(unseen)).toEqual({ refusal: 'token-released' });
	});

	it('that another one of its meter follows is not taken back, until that one is', async () => {
		const before = await world(KITCHEN);
		const first = await sellUnseen(KITCHEN);
		const second = await sellUnseen(KITCHEN);
		expect(await reverse(first)).toEqual({ refusal: 'reversal-superseded' });
		expect(await reverse(second)).toMatchObject({ state: 'reversed' });
		expect(await reverse(first)).toMatchObject({ state: 'reversed' });
		expect(await world(KITCHEN)).toEqual(before);
	});

	it('in the making is undone, and a module that answers late is not listened to', async () => {
		const before = await world(COTTAGE);
		shop.module.behaviour = 'hangs';
		const { id } = await sell(shop.backend, counter, COTTAGE, 50_000);
		const begun = await beginIssue(shop.backend, id);
		shop.module.behaviour = 'answers';
		expect(await reverse(id)).toMatchObject({ state: 'reversed', refundMinor: 50_000 });
		if (typeof begun === 'string') throw new Error(begun);
		const late = await carryOut(shop.backend, begun.order, 'shown');
		expect(late).toMatchObject({ state: 'reversed', released_at_ms: null });
		expect(await world(COTTAGE)).toEqual(before);
		const tokens = await shop.backend.database.selectFrom('vend_token').selectAll().execute();
		expect(tokens).toEqual([]);
	});

	it('that waits behind another is given back', async () => {
		shop.module.behaviour = 'hangs';
		await sell(shop.backend, counter, KITCHEN, 50_000);
		const second = await sell(shop.backend, counter, KITCHEN, 60_000);
		expect(await reverse(second.id)).toMatchObject({ state: 'reversed', refundMinor: 60_000 });
		expect(await floatOf(shop.backend, counter)).toBe(950_000);
	});

	it('answers its request as what became of it', async () => {
		const id = await sellUnseen(KITCHEN);
		await reverse(id);
		const again = await requestVend(
			...([shop.backend, counter.caller, id, floatSaleOf(counter, KITCHEN, 50_000)] as const),
		);
		expect(again).toMatchObject({ status: 200 });
		expect((await sell(shop.backend, counter, KITCHEN, 50_000, id)).answer).toMatchObject({
			state: 'reversed',
		});
	});

	it('does not send what would have told of its token', async () => {
		shop.module.behaviour = 'hangs';
		const request = { ...floatSaleOf(counter, KITCHEN, 50_000), notifyPhone: '+254700000001' };
		const id = newId();
		await requestVend(shop.backend, counter.caller, id, request);
		shop.module.behaviour = 'answers';
		await recover(shop.backend, 0);
		await reverse(id);
		const messages = await shop.backend.database.selectFrom('message').select('state').execute();
		expect(messages).toEqual([{ state: 'failed' }]);
	});

	it('is written down with who took it back', async () => {
		const id = await sellUnseen(KITCHEN);
		shop.clock.ms += 1;
		await reverse(id, CLERK);
		expect(await deeds(shop.backend)).toEqual(['vend-issued', 'vend-reversed']);
		const { actor } = await shop.backend.database
			.selectFrom('audit_event')
			.select('actor')
			.where('action', '=', 'vend-reversed')
			.executeTakeFirstOrThrow();
		expect(actor).toBe(`operator:${CLERK.operatorId}`);
	});
});

describe('who may', () => {
	it('is its vendor and the office; to others it is not there, or not theirs', async () => {
		const id = await sellUnseen(KITCHEN);
		const rival = await openCounter(shop.backend, { vendorId: 'rival', terminalId: 'T-102' });
		expect(await reverse(id, rival.caller)).toEqual({ refusal: 'not-found' });
		const sale = saleOf(STEPS, 50_000);
		await order(shop.backend, sale);
		expect(await reverse(sale.id)).toEqual({ refusal: 'not-allowed' });
		expect(await reverse(newId())).toEqual({ refusal: 'not-found' });
		expect(await reverse(id, CLERK)).toMatchObject({ state: 'reversed' });
	});
});

describe('a consumer’s sale', () => {
	it('that was not paid for ends as refused, and money that still comes is nobody’s yet', async () => {
		const sale = saleOf(KITCHEN, 50_000);
		await order(shop.backend, sale);
		const answer = await reverse(sale.id, CLERK);
		expect(answer).toMatchObject({ state: 'refused', code: 'vend-reversed', refundMinor: 0 });
		expect(await reverse(sale.id, CLERK)).toEqual(answer);
		await pay(shop.backend, sale);
		expect(await vendOf(shop.backend, sale.id)).toEqual(answer);
		expect(await balanceOf(shop.backend.database, 'lakeside:suspense')).toBe(-50_000);
	});

	it('that was paid for is owed to its payer', async () => {
		shop.module.behaviour = 'hangs';
		const sale = saleOf(KITCHEN, 50_000);
		await order(shop.backend, sale);
		await pay(shop.backend, sale);
		expect(await reverse(sale.id, CLERK)).toMatchObject({
			...{ state: 'reversed', paymentId: sale.paymentId, refundMinor: 50_000 },
		});
		expect(await balanceOf(shop.backend.database, 'lakeside:refund-due')).toBe(-50_000);
		expect(await balanceOf(shop.backend.database, 'lakeside:customer-held')).toBe(0);
	});

	it('whose token nobody asked for is taken back in the books, mirrored row by row', async () => {
		const sale = saleOf(STEPS, 50_000);
		await order(shop.backend, sale);
		await pay(shop.backend, sale);
		expect(await reverse(sale.id, CLERK)).toMatchObject({ state: 'reversed' });
		const entries = async (kind: string) =>
			await shop.backend.database
				.selectFrom('ledger_entry')
				.select(['account_id', 'amount_minor'])
				.where('transaction_id', '=', `${kind}:${sale.id}`)
				.orderBy('position')
				.execute();
		const vend = await entries('vend');
		const mirrored = vend.map((row) => ({ ...row, amount_minor: 0 - row.amount_minor }));
		expect((await entries('reversal')).slice(0, vend.length)).toEqual(mirrored);
		expect(await balanceOf(shop.backend.database, 'lakeside:refund-due')).toBe(-50_000);
	});
});
