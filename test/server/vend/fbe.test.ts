import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import { balanceOf } from '#lib/server/ledger/book.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { readVend } from '#lib/server/vend/read-vend.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { AtTheMeter } from '../harness/at-the-meter.ts';
import { whatIsWrong } from '../harness/books.ts';
import {
	buy,
	COTTAGE,
	GUEST,
	KITCHEN,
	MORNING_MS,
	newId,
	openShop,
	STEPS,
	vendOf,
	type Shop,
} from '../harness/shop.ts';

let shop: Shop;
beforeEach(async () => {
	shop = await openShop();
	await shop.backend.database.updateTable('account').set({ fbe_deci_kwh: 500 }).execute();
	await shop.backend.database.updateTable('customer').set({ phone: '+254700000001' }).execute();
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

/** A consumer who has shown by a code that the customer's phone is theirs. */
const OWNER: Caller = { ...GUEST, roles: ['consumer'], phone: '+254700000001' };

const claim = async (drn: string, id = newId()) => {
	const request = { kind: 'fbe', drn, requestedAtMs: MORNING_MS } as const;
	const taken = await requestVend(shop.backend, OWNER, id, request);
	return 'refusal' in taken
		? taken
		: { id, status: taken.status, answer: JSON.parse(taken.body) as VendAnswer };
};

const accountOf = async (drn: string) =>
	await shop.backend.database
		.selectFrom('account')
		.selectAll()
		.where('drn', '=', drn)
		.executeTakeFirstOrThrow();

describe('who may claim it', () => {
	const ask = (caller: Caller) =>
		requestVend(shop.backend, caller, newId(), {
			...{ kind: 'fbe', drn: STEPS, requestedAtMs: MORNING_MS },
		} as const);

	it('is a till, with whoever stands before it', async () => {
		const till: Caller = { ...GUEST, roles: ['terminal'], terminalId: 'T-001', vendorId: 'x' };
		expect(await ask(till)).toMatchObject({ status: 200 });
	});
});

describe('free basic electricity', () => {
	it('is a token for no money, answered at once, borne by the subsidy', async () => {
		const made = await claim(STEPS);
		expect(made).toMatchObject({
			status: 200,
			answer: {
				state: 'issued',
				paymentId: null,
				receipt: { kind: 'fbe', receiptNumber: 'WEB-000001', waterfall: { tenderedMinor: 0 } },
				tokens: [{ kind: 'fbe', energyDeciKwh: 500 }],
			},
		});
		// 30 kWh at 12.23 and 20 kWh at 16.30
		const worth = 36_690 + 32_600;
		expect(await balanceOf(shop.backend.database, 'lakeside:fbe-subsidy')).toBe(worth);
		expect(await balanceOf(shop.backend.database, 'lakeside:energy-sales')).toBe(-worth);
		const meter = await AtTheMeter.find(shop.backend, STEPS);
		expect(meter.enter((made as { answer: VendAnswer }).answer)).toEqual(['Accept']);
	});

	it('fills the month’s blocks, where the utility says so', async () => {
		await claim(STEPS);
		expect(await accountOf(STEPS)).toMatchObject({ bought_deci_kwh: 500, fbe_month: '2026-11' });
		await shop.backend.database.updateTable('utility').set({ fbe_counts_in_blocks: 0 }).execute();
		await claim(KITCHEN);
		expect(await accountOf(KITCHEN)).toMatchObject({ bought_deci_kwh: 0, fbe_month: '2026-11' });
	});

	it('is given once a civil month, from the first of the next one again', async () => {
		await claim(KITCHEN);
		expect(await claim(KITCHEN)).toEqual({ refusal: 'fbe-claimed' });
		// 30 November, 23:59 in Nairobi, and one minute later
		shop.clock.ms = Date.UTC(2026, 10, 30, 20, 59);
		expect(await claim(KITCHEN)).toEqual({ refusal: 'fbe-claimed' });
		shop.clock.ms += 60_000;
		expect(await claim(KITCHEN)).toMatchObject({ status: 200 });
		shop.clock.ms -= 60_000;
		expect(await claim(KITCHEN)).toEqual({ refusal: 'fbe-claimed' });
	});

	it('is one token however many ask at once', async () => {
		const made = await Promise.all(Array.from({ length: 16 }, () => claim(KITCHEN)));
		const given = made.filter((one) => !('refusal' in one));
		expect(given).toHaveLength(1);
	});

	it('repeats its answer to whoever has the id', async () => {
		const id = newId();
		const first = await claim(KITCHEN, id);
		expect(await claim(KITCHEN, id)).toEqual(first);
		expect(await readVend(shop.backend, GUEST, id)).toMatchObject({ status: 200 });
	});

	it('is for the entitled, and for no blocked meter', async () => {
		await shop.backend.database.updateTable('account').set({ fbe_deci_kwh: 0 }).execute();
		expect(await claim(KITCHEN)).toEqual({ refusal: 'fbe-not-entitled' });
		await shop.backend.database.updateTable('meter').set({ state: 'blocked' }).execute();
		expect(await claim(KITCHEN)).toEqual({ refusal: 'meter-blocked' });
	});

	it('brings the meter’s new key first', async () => {
		expect(await claim(COTTAGE)).toMatchObject({
			answer: { tokens: [{ kind: 'key-change' }, { kind: 'key-change' }, { kind: 'fbe' }] },
		});
	});

	it('can be claimed again when the module refused it', async () => {
		shop.module.behaviour = 'vending-key-limit';
		expect(await claim(KITCHEN)).toMatchObject({ answer: { state: 'refused', refundMinor: 0 } });
		shop.module.behaviour = 'answers';
		expect(await claim(KITCHEN)).toMatchObject({ answer: { state: 'issued' } });
	});

	it('waits for the sale before it', async () => {
		shop.module.behaviour = 'hangs';
		const sale = await buy(shop.backend, KITCHEN, 50_000);
		const waiting = await claim(KITCHEN);
		expect(waiting).toMatchObject({ status: 202, answer: { state: 'issuing' } });
		shop.module.behaviour = 'answers';
		await recover(shop.backend, 0);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ state: 'issued' });
		expect(await vendOf(shop.backend, (waiting as { id: string }).id)).toMatchObject({
			state: 'issued',
		});
	});
});
