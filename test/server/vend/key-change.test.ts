import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BASE_DATE_MS } from '#lib/core/sts/tid.ts';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { confirmCustomer } from '#lib/server/meter/confirm-customer.ts';
import { beginIssue } from '#lib/server/vend/begin-issue.ts';
import { makeTokens } from '#lib/server/vend/make-tokens.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { trialVend } from '#lib/server/vend/trial-vend.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { AtTheMeter } from '../harness/at-the-meter.ts';
import { whatIsWrong } from '../harness/books.ts';
import { openCounter, sell, type Counter } from '../harness/counter.ts';
import {
	buy,
	COTTAGE,
	GUEST,
	KITCHEN,
	MORNING_MS,
	mustBeTaken,
	newId,
	openShop,
	order,
	pay,
	saleOf,
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

const TECHNICIAN: Caller = { ...GUEST, roles: ['technician'], operatorId: newId() };

const placeOf = async (drn: string) =>
	await shop.backend.database
		.selectFrom('meter')
		.select(['sgc', 'krn', 'ti', 'next_sgc', 'next_ti'])
		.where('drn', '=', drn)
		.executeTakeFirstOrThrow();

const plan = async (drn: string, change: object) =>
	await shop.backend.database.updateTable('meter').set(change).where('drn', '=', drn).execute();

const tokensOf = async (id: string) =>
	await shop.backend.database
		.selectFrom('vend_token')
		.select(['kind', 'krn', 'base_year', 'tid'])
		.where('vend_id', '=', id)
		.orderBy('sequence')
		.execute();

const change = async (drn: string, caller: Caller = TECHNICIAN) => {
	const id = newId();
	const taken = await requestVend(shop.backend, caller, id, {
		...{ kind: 'key-change', drn, requestedAtMs: MORNING_MS },
	});
	return 'refusal' in taken
		? taken
		: { id, status: taken.status, answer: JSON.parse(taken.body) as VendAnswer };
};

const refuseChanges = async () =>
	await shop.backend.database.updateTable('utility').set({ key_change_policy: 'refuse' }).execute();

describe('a sale to a meter whose key is behind', () => {
	it('puts the set first, and the credit under the new key with a TID of its base date', async () => {
		const { id, answer } = await buy(shop.backend, COTTAGE, 50_000);
		expect(answer).toMatchObject({
			state: 'issued',
			receipt: {
				krn: 2,
				keyChange: {
					from: { sgc: '999002', krn: 1, ti: '01' },
					to: { sgc: '999002', krn: 2, ti: '01' },
					rollover: true,
				},
			},
			tokens: [
				{ kind: 'key-change', sequence: 1, of: 3, energyDeciKwh: 0 },
				{ kind: 'key-change', sequence: 2, of: 3 },
				{ kind: 'credit', sequence: 3, of: 3, energyDeciKwh: 200 },
			],
		});
		const tid = Math.floor((MORNING_MS - BASE_DATE_MS[2014]) / 60_000);
		expect(await tokensOf(id)).toEqual([
			{ kind: 'key-change', krn: 1, base_year: null, tid: null },
			{ kind: 'key-change', krn: 1, base_year: null, tid: null },
			{ kind: 'credit', krn: 2, base_year: 2014, tid },
		]);
		const meter = await AtTheMeter.find(shop.backend, COTTAGE);
		expect(meter.enter(answer)).toEqual(['1stKCT', '2ndKCT', 'Accept']);
	});

	it('moves the meter, so that the next sale is one token again', async () => {
		const meter = await AtTheMeter.find(shop.backend, COTTAGE);
		meter.enter((await buy(shop.backend, COTTAGE, 50_000)).answer);
		expect(await placeOf(COTTAGE)).toMatchObject({ krn: 2 });
		const { answer } = await buy(shop.backend, COTTAGE, 50_000);
		expect(meter.enter(answer)).toEqual(['Accept']);
	});

	it('fulfils what the office has planned: another group and index, four tokens for EA11', async () => {
		await plan(WORKSHOP, { next_sgc: '999002', next_ti: '05' });
		const meter = await AtTheMeter.find(shop.backend, WORKSHOP);
		const { answer } = await buy(shop.backend, WORKSHOP, 50_000);
		expect(meter.enter(answer)).toEqual([...['1stKCT', '2ndKCT', '3rdKCT', '4thKCT'], 'Accept']);
		expect(await placeOf(WORKSHOP)).toEqual({
			...{ sgc: '999002', krn: 2, ti: '05', next_sgc: null, next_ti: null },
		});
	});

	it('tells a 64-bit meter its new group with a third token, where it takes one', async () => {
		await plan(KITCHEN, { next_sgc: '999002' });
		const { answer } = await buy(shop.backend, KITCHEN, 50_000);
		const meter = await AtTheMeter.find(shop.backend, KITCHEN);
		expect(meter.enter(answer)).toEqual(['1stKCT', '2ndKCT', '3rdKCT', 'Accept']);
	});

	it('is refused where the utility wants that, the trial too', async () => {
		await refuseChanges();
		const trial = { drn: COTTAGE, amountMinor: 50_000, currency: 'KES' };
		expect(await trialVend(shop.backend, GUEST, trial)).toEqual({ refusal: 'key-change-needed' });
		const about = async (drn: string) =>
			mustBeTaken(await confirmCustomer(shop.backend, GUEST, drn)).notSold;
		expect(await about(COTTAGE)).toBe('key-change-needed');
		expect(await about(KITCHEN)).toBeUndefined();
		const sale = saleOf(COTTAGE, 50_000);
		expect(await requestVend(shop.backend, GUEST, sale.id, sale.request)).toEqual({
			refusal: 'key-change-needed',
		});
	});

	it('gives the money back when the module refuses the set', async () => {
		shop.module.behaviours.issueKeyChange = 'key-change-not-allowed';
		const { answer } = await buy(shop.backend, COTTAGE, 50_000);
		expect(answer).toMatchObject({ code: 'key-change-not-allowed', refundMinor: 50_000 });
		expect(await placeOf(COTTAGE)).toMatchObject({ krn: 1 });
	});

	it('is refused for a group that this service has no key of', async () => {
		await plan(KITCHEN, { next_sgc: '123456' });
		const trial = { drn: KITCHEN, amountMinor: 50_000, currency: 'KES' };
		expect(await trialVend(shop.backend, GUEST, trial)).toEqual({ refusal: 'vending-key-unknown' });
	});
});

describe('TIDs of a meter', () => {
	it('rise within a base date whatever keys come and go', async () => {
		const tids = [];
		for (const sgc of ['999002', '999001', '999002']) {
			await plan(KITCHEN, { next_sgc: sgc });
			const { id } = await buy(shop.backend, KITCHEN, 50_000);
			tids.push((await tokensOf(id)).at(-1)!.tid!);
		}
		expect(tids).toEqual([tids[0], tids[0]! + 1, tids[0]! + 2]);
	});

	it('stay above the floor of a restore', async () => {
		await shop.backend.database
			.insertInto('tid_floor')
			.values({ id: 1, not_before_ms: MORNING_MS + 10 * 60_000 })
			.execute();
		const { id } = await buy(shop.backend, KITCHEN, 50_000);
		const floor = Math.floor((MORNING_MS - BASE_DATE_MS[2014]) / 60_000) + 10;
		expect((await tokensOf(id))[0]!.tid).toBe(floor + 1);
	});
});

describe('a crash with a key change under way', () => {
	it('after the first transaction: set and credit are made from what that wrote', async () => {
		const sale = saleOf(COTTAGE, 50_000);
		await order(shop.backend, sale);
		shop.module.behaviour = 'hangs';
		await pay(shop.backend, sale);
		shop.module.behaviour = 'answers';
		// Meanwhile the office changes its mind; what was begun is fixed.
		await plan(COTTAGE, { next_ti: '09' });
		await recover(shop.backend, 0);
		const answer = await vendOf(shop.backend, sale.id);
		expect(answer).toMatchObject({ receipt: { keyChange: { to: { ti: '01' } } } });
		expect(await placeOf(COTTAGE)).toMatchObject({ krn: 2, ti: '01', next_ti: '09' });
	});

	it('between set and credit: both are asked for again, the same', async () => {
		shop.module.behaviours.issueCredit = 'hangs';
		const { id, answer } = await buy(shop.backend, COTTAGE, 50_000);
		expect(answer).toMatchObject({ state: 'issuing' });
		expect(await placeOf(COTTAGE)).toMatchObject({ krn: 1 });
		shop.clock.ms += 600_000;
		shop.module.behaviours.issueCredit = 'answers';
		await recover(shop.backend, 0);
		const asked = shop.module.asked.map((one) => JSON.stringify(one));
		expect(asked).toHaveLength(4);
		expect(new Set(asked).size).toBe(2);
		expect(await vendOf(shop.backend, id)).toMatchObject({ state: 'issued' });
	});

	it('after the module made all: the same digits are made again, and count once', async () => {
		shop.module.behaviours.issueCredit = 'answers late';
		const { id } = await buy(shop.backend, COTTAGE, 50_000);
		shop.module.behaviours.issueCredit = 'answers';
		const begun = await beginIssue(shop.backend, id);
		if (typeof begun === 'string') throw new Error(begun);
		const lost = await makeTokens(shop.module, begun.order);
		if (isRefusal(lost)) throw new Error(lost.refusal);
		await recover(shop.backend, 0);
		const answer = await vendOf(shop.backend, id);
		expect(answer).toMatchObject({ tokens: lost.tokens.map(({ digits }) => ({ digits })) });
		expect(await shop.module.usage({ after: 0 })).toMatchObject({ requests: 2 });
	});
});

describe('a key change that is asked for', () => {
	it('is its tokens alone, books nothing and moves the meter', async () => {
		await refuseChanges();
		const made = await change(COTTAGE);
		expect(made).toMatchObject({
			status: 200,
			answer: {
				state: 'issued',
				receipt: { kind: 'key-change', receiptNumber: 'OFFICE-000001', krn: 2 },
				tokens: [{ kind: 'key-change' }, { kind: 'key-change' }],
			},
		});
		expect(await placeOf(COTTAGE)).toMatchObject({ krn: 2 });
		const booked = await shop.backend.database
			.selectFrom('ledger_transaction')
			.select('id')
			.where('kind', '=', 'vend')
			.execute();
		expect(booked).toEqual([]);
	});

	it('may be asked for a blocked meter, and by a till', async () => {
		await plan(COTTAGE, { state: 'blocked' });
		expect(await change(COTTAGE, counter.caller)).toMatchObject({
			answer: { receipt: { receiptNumber: 'T-101-000001' } },
		});
	});

	it('is refused when there is nothing to change, and to those who may not', async () => {
		expect(await change(KITCHEN)).toEqual({ refusal: 'key-change-same' });
		expect(await change(COTTAGE, GUEST)).toEqual({ refusal: 'sign-in-needed' });
	});

	it('is one of two at a time: the sale behind it is under the new key', async () => {
		shop.module.behaviours.issueKeyChange = 'hangs';
		await change(COTTAGE);
		const sale = await sell(shop.backend, counter, COTTAGE, 50_000);
		expect(sale.status).toBe(202);
		shop.module.behaviours.issueKeyChange = 'answers';
		await recover(shop.backend, 0);
		expect(await tokensOf(sale.id)).toMatchObject([{ kind: 'credit', krn: 2 }]);
	});
});
