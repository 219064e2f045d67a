import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FloatVendRequest } from '#lib/core/sync/wire.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { balanceOf } from '#lib/server/ledger/book.ts';
import { readVend } from '#lib/server/vend/read-vend.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatOf, floatSaleOf, openCounter, sell, type Counter } from '../harness/counter.ts';
import { deeds } from '../harness/people.ts';
import {
	GUEST,
	KITCHEN,
	newId,
	openShop,
	STEPS,
	vendOf,
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

const rowOf = async (id: string) =>
	await shop.backend.database
		.selectFrom('vend')
		.selectAll()
		.where('id', '=', id)
		.executeTakeFirstOrThrow();

const ask = async (change: Partial<FloatVendRequest>, caller: Caller = counter.caller) =>
	await requestVend(shop.backend, caller, newId(), {
		...floatSaleOf(counter, KITCHEN, 50_000),
		...change,
	});

const nothingStored = async () => {
	const vends = await shop.backend.database.selectFrom('vend').select('id').execute();
	expect(vends).toEqual([]);
	expect(await floatOf(shop.backend, counter)).toBe(1_000_000);
};

describe('a sale at the counter', () => {
	it('is answered with its token, from the float', async () => {
		const { status, answer, id } = await sell(shop.backend, counter, KITCHEN, 50_000);
		expect(status).toBe(200);
		expect(answer).toMatchObject({
			state: 'issued',
			paymentId: null,
			receipt: {
				receiptNumber: 'T-101-000001',
				terminal: 'T-101',
				vendor: 'Corner shop',
				operator: 'Wanjiru',
				tender: { method: 'cash', tenderedMinor: 50_000, changeMinor: 0 },
			},
			tokens: [{ kind: 'credit', energyDeciKwh: 200 }],
		});
		expect(await floatOf(shop.backend, counter)).toBe(950_000);
		expect(await rowOf(id)).toMatchObject({
			funding: 'float',
			shift_batch_id: counter.shiftId,
			operator_id: counter.operatorId,
			released_at_ms: shop.clock.ms,
		});
		expect(await deeds(shop.backend)).toEqual(['vend-issued']);
	});

	it('accrues its commission apart from the float', async () => {
		await sell(shop.backend, counter, KITCHEN, 50_000);
		const { database } = shop.backend;
		expect(await balanceOf(database, 'lakeside:commission-payable:corner-shop')).toBe(-1_250);
		expect(await balanceOf(database, 'lakeside:commission-expense')).toBe(1_250);
		expect(await balanceOf(database, 'lakeside:agent-float:corner-shop')).toBe(-950_000);
		expect(await balanceOf(database, 'lakeside:customer-held')).toBe(0);
	});

	it('prints the change', async () => {
		const taken = await ask({ tender: { method: 'cash', tenderedMinor: 60_000 } });
		expect(JSON.parse((taken as { body: string }).body)).toMatchObject({
			receipt: { tender: { tenderedMinor: 60_000, changeMinor: 10_000 } },
		});
	});

	it('takes two commits', async () => {
		const transactions = vi.spyOn(shop.backend.database, 'transaction');
		await sell(shop.backend, counter, KITCHEN, 50_000);
		expect(transactions).toHaveBeenCalledTimes(2);
	});

	it('gives the same bytes to the same request', async () => {
		const id = newId();
		const request = floatSaleOf(counter, KITCHEN, 50_000);
		const put = () => requestVend(shop.backend, counter.caller, id, request);
		const first = await put();
		shop.clock.ms += 86_400_000;
		expect(await put()).toEqual(first);
		expect(await readVend(shop.backend, counter.caller, id)).toEqual(first);
		expect(await floatOf(shop.backend, counter)).toBe(950_000);
		const other = { ...request, requestedAtMs: 1 };
		expect(await requestVend(shop.backend, counter.caller, id, other)).toEqual({
			refusal: 'id-reused',
		});
	});

	it('is one sale however many copies arrive at once', async () => {
		const id = newId();
		const answers = await Promise.all(
			Array.from({ length: 32 }, () => sell(shop.backend, counter, KITCHEN, 50_000, id)),
		);
		const final = answers.filter(({ status }) => status === 200);
		expect(final.length).toBeGreaterThan(0);
		expect(new Set(final.map(({ answer }) => JSON.stringify(answer))).size).toBe(1);
		expect(await floatOf(shop.backend, counter)).toBe(950_000);
	});
});

describe('a float', () => {
	it('is never sold beyond its limit, whoever sells at once', async () => {
		const poor = await openCounter(shop.backend, {
			...{ vendorId: 'poor', terminalId: 'T-102' },
			...{ floatMinor: 100_000, creditLimitMinor: 60_000 },
		});
		const answers = await Promise.all(
			[KITCHEN, WORKSHOP, STEPS, KITCHEN, WORKSHOP, STEPS].map((drn) =>
				requestVend(shop.backend, poor.caller, newId(), floatSaleOf(poor, drn, 50_000)),
			),
		);
		const refused = answers.filter((answer) => 'refusal' in answer);
		expect(refused).toEqual(Array.from({ length: 3 }, () => ({ refusal: 'float-exhausted' })));
		await recover(shop.backend, 0);
		expect(await floatOf(shop.backend, poor)).toBe(-50_000);
		const vends = await shop.backend.database.selectFrom('vend').select('state').execute();
		expect(vends.map(({ state }) => state)).toEqual(['issued', 'issued', 'issued']);
	});

	it('gets back what was held when the module refuses for good', async () => {
		shop.module.behaviour = 'vending-key-limit';
		const { status, answer } = await sell(shop.backend, counter, KITCHEN, 50_000);
		expect({ status, answer }).toMatchObject({
			status: 200,
			answer: { state: 'refused', code: 'vending-key-limit', refundMinor: 50_000 },
		});
		expect(await floatOf(shop.backend, counter)).toBe(1_000_000);
		expect(await balanceOf(shop.backend.database, 'lakeside:refund-due')).toBe(0);
		expect(await deeds(shop.backend)).toEqual(['vend-refused']);
	});
});

describe('a module that does not answer', () => {
	it('leaves the sale to recovery, which holds the digits back until they are asked for', async () => {
		shop.module.behaviour = 'hangs';
		const { status, answer, id } = await sell(shop.backend, counter, KITCHEN, 50_000);
		expect({ status, answer }).toMatchObject({ status: 202, answer: { state: 'issuing' } });
		expect(await floatOf(shop.backend, counter)).toBe(950_000);
		shop.module.behaviour = 'answers';
		shop.clock.ms += 60_000;
		await recover(shop.backend, 0);
		expect(await rowOf(id)).toMatchObject({ state: 'issued', released_at_ms: null });
		expect(new Set(shop.module.orders.map((asked) => JSON.stringify(asked))).size).toBe(1);
		shop.clock.ms += 60_000;
		const again = await sell(shop.backend, counter, KITCHEN, 50_000, id);
		expect(again).toMatchObject({ status: 200, answer: { state: 'issued' } });
		expect(await rowOf(id)).toMatchObject({ released_at_ms: shop.clock.ms });
	});

	it('lets the sale behind it wait with its money held', async () => {
		shop.module.behaviour = 'hangs';
		await sell(shop.backend, counter, KITCHEN, 50_000);
		const second = await sell(shop.backend, counter, KITCHEN, 60_000);
		expect(await rowOf(second.id)).toMatchObject({ state: 'paid', tid: null });
		expect(await floatOf(shop.backend, counter)).toBe(890_000);
		shop.module.behaviour = 'answers';
		await recover(shop.backend, 0);
		expect(await rowOf(second.id)).toMatchObject({ state: 'issued' });
	});
});

describe('is refused, and nothing stored,', () => {
	it.each([
		['to a guest', GUEST, 'sign-in-needed'],
		['to a signed-in agent without a till', { ...GUEST, roles: ['agent'] as const }, 'not-allowed'],
	])('%s', async (_, caller, refusal) => {
		expect(await ask({}, caller)).toEqual({ refusal });
		await nothingStored();
	});

	it.each([
		[
			'when less was handed over',
			{ tender: { method: 'cash', tenderedMinor: 49_999 } },
			'body-shape',
		],
		['with another vendor’s operator', { operatorId: newId() }, 'not-allowed'],
		['without an agreement', { agreed: null }, 'confirmation-needed'],
		['for an amount that is no amount', { amountMinor: -5 }, 'amount-not-positive'],
		[
			'beyond the float',
			{ amountMinor: 1_000_001, tender: { method: 'cash', tenderedMinor: 2_000_000 } },
			'float-exhausted',
		],
	] as const)('%s', async (_, change, refusal) => {
		expect(await ask(change)).toMatchObject({ refusal });
		await nothingStored();
	});

	it('without an open shift', async () => {
		await shop.backend.database
			.updateTable('batch')
			.set({ state: 'closed', totals: '{}' })
			.execute();
		expect(await ask({})).toEqual({ refusal: 'shift-needed' });
		await nothingStored();
	});

	it('from a suspended vendor', async () => {
		await shop.backend.database.updateTable('vendor').set({ state: 'suspended' }).execute();
		expect(await ask({})).toEqual({ refusal: 'vendor-suspended' });
		await nothingStored();
	});

	it('by an operator who is not the one signed in', async () => {
		const signedIn = { ...counter.caller, operatorId: newId() };
		expect(await ask({}, signedIn)).toEqual({ refusal: 'not-allowed' });
		await nothingStored();
	});
});

describe('who may read it', () => {
	it('is its vendor and the office, and nobody by its id alone', async () => {
		const { id } = await sell(shop.backend, counter, KITCHEN, 50_000);
		const rival = await openCounter(shop.backend, { vendorId: 'rival', terminalId: 'T-103' });
		const read = (caller: Caller) => readVend(shop.backend, caller, id);
		const own: Caller = { ...GUEST, roles: ['agent'], vendorId: 'corner-shop' };
		for (const caller of [counter.caller, own, { ...GUEST, roles: ['auditor'] as const }])
			expect(await read(caller)).toMatchObject({ status: 200 });
		for (const caller of [GUEST, rival.caller, { ...GUEST, roles: ['tariff-officer'] as const }])
			expect(await read(caller)).toEqual({ refusal: 'not-found' });
		expect(await read({ ...counter.caller, utilityId: 'elsewhere' })).toEqual({
			refusal: 'not-found',
		});
		const request = floatSaleOf(counter, KITCHEN, 50_000);
		expect(await requestVend(shop.backend, rival.caller, id, request)).toEqual({
			refusal: 'id-reused',
		});
	});

	it('of a consumer’s sale is whoever has its id', async () => {
		const id = newId();
		const request = { ...floatSaleOf(counter, KITCHEN, 50_000), paymentId: newId() };
		const { drn, amountMinor, currency, agreed, requestedAtMs, paymentId } = request;
		const consumer = { drn, amountMinor, currency, agreed, requestedAtMs, paymentId };
		await requestVend(shop.backend, GUEST, id, consumer);
		expect(await vendOf(shop.backend, id)).toMatchObject({ state: 'awaiting-payment' });
	});
});

describe('a phone that was named', () => {
	it('is told, once, in the transaction of the token, without its digits', async () => {
		await ask({ notifyPhone: '+254700000001' });
		const messages = await shop.backend.database.selectFrom('message').selectAll().execute();
		expect(messages).toMatchObject([
			{ phone: '+254700000001', template: 'token', facts: '{}', state: 'queued' },
		]);
	});
});
