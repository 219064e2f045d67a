/** What a customer owes, set right: in the account, in the books, once. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_AMOUNT_MINOR } from '#lib/core/units/money.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { balanceOf } from '#lib/server/ledger/book.ts';
import { putArrearsAdjustment } from '#lib/server/meter/arrears-adjustments.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { reverseVend } from '#lib/server/vend/reverse-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import { openCounter, sell } from '../harness/counter.ts';
import { deeds, employ } from '../harness/people.ts';
import { KITCHEN, mustBeTaken, newId, openShop, STEPS, type Shop } from '../harness/shop.ts';

let shop: Shop;
let office: Caller;
beforeEach(async () => {
	shop = await openShop();
	office = await employ(shop.backend, { roles: ['office-manager'] });
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const reason = 'From the books before';
const adjust = (amountMinor: number, id = newId(), drn = KITCHEN, caller = office) =>
	putArrearsAdjustment(shop.backend, caller, { drn, id }, { amountMinor, reason });
const owed = async () =>
	await shop.backend.database
		.selectFrom('account')
		.select('arrears_minor')
		.where('drn', '=', KITCHEN)
		.executeTakeFirstOrThrow();

describe('an arrears adjustment', () => {
	it('moves account and books by its amount, up and down', async () => {
		expect(await adjust(70_000)).toMatchObject({ drn: KITCHEN, amountMinor: 70_000, reason });
		mustBeTaken(await adjust(-70_000));
		mustBeTaken(await adjust(500));
		expect(await owed()).toEqual({ arrears_minor: 500 });
		const balance = (account: string) => balanceOf(shop.backend.database, `lakeside:${account}`);
		expect(await balance(`arrears:${KITCHEN}`)).toBe(500);
		expect(await balance('arrears-adjusted')).toBe(-500);
	});

	it('is booked once, however often it is handed in', async () => {
		const id = newId();
		const first = mustBeTaken(await adjust(700, id));
		for (const answer of await Promise.all([adjust(700, id), adjust(700, id)]))
			expect(answer).toEqual(first);
		expect(await owed()).toEqual({ arrears_minor: 700 });
		expect(await deeds(shop.backend)).toEqual(['arrears-adjusted']);
	});

	it('has an id of its own: another amount or meter under it is refused', async () => {
		const id = newId();
		mustBeTaken(await adjust(700, id));
		expect(await adjust(701, id)).toEqual({ refusal: 'id-reused' });
		expect(await adjust(700, id, STEPS)).toEqual({ refusal: 'id-reused' });
	});

	it('never takes off more than is owed, nor puts on more than can be', async () => {
		mustBeTaken(await adjust(700));
		expect(await adjust(-701)).toEqual({ refusal: 'arrears-exceeded' });
		expect(await adjust(MAX_AMOUNT_MINOR)).toEqual({ refusal: 'amount-above-maximum' });
		expect(await owed()).toEqual({ arrears_minor: 700 });
	});

	it('is of a meter of one’s own utility', async () => {
		expect(await adjust(1, newId(), '04111111110')).toEqual({ refusal: 'meter-unknown' });
		const other = { ...office, utilityId: 'elsewhere' };
		expect(await adjust(1, newId(), KITCHEN, other)).toEqual({ refusal: 'meter-unknown' });
	});

	it('waits for a vend in the making', async () => {
		const counter = await openCounter(shop.backend, { floatMinor: 1_000_000 });
		shop.module.behaviour = 'hangs';
		await sell(shop.backend, counter, KITCHEN, 30_000);
		expect(await adjust(700)).toEqual({ refusal: 'meter-busy' });
	});

	it('is not taken back with the sale before it', async () => {
		const counter = await openCounter(shop.backend, { floatMinor: 1_000_000 });
		shop.module.behaviour = 'hangs';
		const { id } = await sell(shop.backend, counter, KITCHEN, 30_000);
		shop.module.behaviour = 'answers';
		// Issued, and nobody has seen it.
		await recover(shop.backend, 0);
		mustBeTaken(await adjust(700));
		expect(await reverseVend(shop.backend, counter.caller, id)).toMatchObject({
			refusal: 'reversal-superseded',
		});
		expect(await owed()).toEqual({ arrears_minor: 700 });
	});
});
