/** The refund desk: what is owed, and that it is settled once. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OwedMoney, RefundRequest } from '#lib/core/sync/wire-office.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { balanceOf } from '#lib/server/ledger/book.ts';
import { listRefunds } from '#lib/server/refund/owed-money.ts';
import { settleRefund } from '#lib/server/refund/settle-refund.ts';
import { whatIsWrong } from '../harness/books.ts';
import { employ } from '../harness/people.ts';
import {
	buy,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	order,
	pay,
	saleOf,
	sendWebhook,
	WORKSHOP,
	type Shop,
} from '../harness/shop.ts';

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

const openItems = async () => mustBeTaken(await listRefunds(shop.backend, office, {})).open;
const balance = (kind: string) => balanceOf(shop.backend.database, `lakeside:${kind}`);
const settlementOf = ({ owedAs, subjectId, amountMinor, currency }: OwedMoney): RefundRequest => ({
	...{ owedAs, subjectId, amountMinor, currency, way: 'provider', reference: 'R-1' },
});
const settle = (request: RefundRequest, id = newId(), caller = office) =>
	settleRefund(shop.backend, caller, id, request);

/** Paid, and refused for good by the module. */
async function refusedSale(amountMinor = 50_000): Promise<OwedMoney> {
	shop.module.behaviour = 'vending-key-limit';
	await buy(shop.backend, KITCHEN, amountMinor);
	shop.module.behaviour = 'answers';
	return (await openItems())[0]!;
}

/** Declined, and paid after all. */
async function lateMoney(amountMinor = 30_000): Promise<OwedMoney> {
	const sale = saleOf(WORKSHOP, amountMinor);
	await order(shop.backend, sale);
	await pay(shop.backend, sale, 'declined');
	await shop.backend.database
		.updateTable('sandbox_charge')
		.set({ state: 'approved' })
		.where('reference', '=', sale.paymentId)
		.execute();
	await sendWebhook(shop.backend, sale.paymentId, newId());
	return (await openItems()).find(({ owedAs }) => owedAs === 'suspense')!;
}

/** A real meter of the demo that owes something. */
async function debtor(): Promise<{ drn: string; arrears_minor: number }> {
	return await shop.backend.database
		.selectFrom('account')
		.select(['drn', 'arrears_minor'])
		.where('arrears_minor', '>', 0)
		.orderBy('drn')
		.executeTakeFirstOrThrow();
}

describe('the desk', () => {
	it('lists what is owed and why, and nothing else', async () => {
		await buy(shop.backend, KITCHEN, 20_000);
		expect(await openItems()).toEqual([]);
		const refused = await refusedSale();
		const late = await lateMoney();
		expect(await openItems()).toHaveLength(2);
		expect(refused).toMatchObject({
			...{ owedAs: 'refund-due', vendId: refused.subjectId, drn: KITCHEN },
			...{ amountMinor: 50_000, why: 'vending-key-limit' },
		});
		expect(late).toMatchObject({ drn: WORKSHOP, amountMinor: 30_000, why: 'late-payment' });
	});

	it('shows nobody another utility’s', async () => {
		await refusedSale();
		const elsewhere = { ...office, utilityId: 'elsewhere' };
		expect(await listRefunds(shop.backend, elsewhere, {})).toMatchObject({ open: [] });
	});
});

describe('settling', () => {
	it('pays back the way the money came, or at the bank', async () => {
		const before = await balance('provider-clearing');
		const refused = await refusedSale();
		mustBeTaken(await settle(settlementOf(refused)));
		expect(await balance('provider-clearing')).toBe(before);
		const late = await lateMoney();
		mustBeTaken(await settle({ ...settlementOf(late), way: 'bank' }));
		expect([await balance('suspense'), await balance('bank')]).toEqual([0, -30_000]);
		expect(await openItems()).toEqual([]);
		const { settled } = await listRefunds(shop.backend, office, { state: 'settled' });
		expect(settled.map(({ way }) => way)).toEqual(['provider', 'bank']);
	});

	it('happens once, whoever asks and however often', async () => {
		const request = settlementOf(await refusedSale());
		const id = newId();
		const same = await Promise.all([1, 2, 3].map(() => settle(request, id)));
		expect(same[1]).toEqual(same[0]);
		expect(same[2]).toEqual(same[0]);
		const others = await Promise.all([1, 2].map(() => settle(request)));
		expect(others).toEqual([{ refusal: 'refund-settled' }, { refusal: 'refund-settled' }]);
		expect(await settle({ ...request, way: 'bank' }, id)).toEqual({ refusal: 'id-reused' });
		expect(await balance('refund-due')).toBe(0);
	});

	it('is refused for what is not owed', async () => {
		const request = settlementOf(await refusedSale());
		const { id: issued } = await buy(shop.backend, WORKSHOP, 10_000);
		expect(await settle({ ...request, subjectId: newId() })).toEqual({ refusal: 'not-found' });
		expect(await settle({ ...request, subjectId: issued })).toEqual({ refusal: 'not-found' });
		expect(await settle({ ...request, owedAs: 'suspense' })).toEqual({ refusal: 'not-found' });
		const elsewhere = { ...office, utilityId: 'elsewhere' };
		expect(await settle(request, newId(), elsewhere)).toEqual({ refusal: 'not-found' });
		for (const wrong of [{ amountMinor: 49_999 }, { currency: 'EUR' }, { drn: KITCHEN }])
			expect(await settle({ ...request, ...wrong })).toMatchObject({ refusal: 'body-shape' });
		expect(await settle({ ...request, way: 'arrears' })).toMatchObject({ refusal: 'body-shape' });
	});

	it('can pay what a meter’s customer owes, and no more than that', async () => {
		const { drn, arrears_minor: owed } = await debtor();
		const late = await lateMoney(30_000);
		const request = { ...settlementOf(late), way: 'arrears', drn } as const;
		expect(owed).toBeGreaterThan(30_000);
		expect(await settle({ ...request, drn: KITCHEN })).toEqual({ refusal: 'arrears-exceeded' });
		mustBeTaken(await settle(request));
		expect(await debtor()).toEqual({ drn, arrears_minor: owed - 30_000 });
	});

	it('waits for a vend of that meter that is in the making', async () => {
		const { drn } = await debtor();
		const late = await lateMoney(30_000);
		shop.module.behaviour = 'hangs';
		await buy(shop.backend, drn, 200_000);
		const request = { ...settlementOf(late), way: 'arrears', drn } as const;
		expect(await settle(request)).toEqual({ refusal: 'meter-busy' });
	});
});
