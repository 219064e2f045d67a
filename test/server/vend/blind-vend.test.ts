import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatRecord2 } from '#lib/core/sts/id-record.ts';
import { meterPanOf } from '#lib/core/sts/meter-pan.ts';
import type { FloatVendRequest, VendAnswer } from '#lib/core/sync/wire.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatOf, floatSaleOf, openCounter, type Counter } from '../harness/counter.ts';
import { deeds } from '../harness/people.ts';
import { KITCHEN, newId, openShop, type Shop } from '../harness/shop.ts';

/** A meter that nobody of the office has heard of, in the town's supply group. */
const STRANGER = '01450638802';
const SGC = '400171';
const BANK_CARD = ';4000000000000002=28121010000000000000?';

let shop: Shop;
let counter: Counter;
let krn: number;
beforeEach(async () => {
	shop = await openShop();
	counter = await openCounter(shop.backend);
	await allowBlind(counter.caller.vendorId, 1);
	const group = await shop.backend.database
		.selectFrom('supply_group')
		.select('current_krn')
		.where('sgc', '=', SGC)
		.executeTakeFirstOrThrow();
	krn = group.current_krn;
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const allowBlind = (id: string, blind_vend: 0 | 1) =>
	shop.backend.database.updateTable('vendor').set({ blind_vend }).where('id', '=', id).execute();

type Detail = NonNullable<FloatVendRequest['meter']>;
const typed = (change: object = {}): Detail => ({
	...{ from: 'detail' as const, sgc: SGC, krn, ti: '01', ea: 7 as const, tct: '02' },
	...change,
});
const card = (change: object = {}): Detail => ({
	from: 'card',
	track2: formatRecord2({
		...{ pan: meterPanOf(STRANGER), doe: '0000', tct: '01', ea: 7, sgc: SGC, ti: 1, krn },
		...change,
	}),
});
const ask = async (
	meter: Detail | undefined,
	change: Partial<FloatVendRequest> = {},
	caller: Caller = counter.caller,
	id = newId(),
) => {
	const request = { ...floatSaleOf(counter, STRANGER, 50_000), ...(meter && { meter }), ...change };
	const taken = await requestVend(shop.backend, caller, id, request);
	return isRefusal(taken) ? taken : (JSON.parse(taken.body) as VendAnswer);
};
const rows = async () => {
	const { database } = shop.backend;
	const count = async (table: 'meter' | 'customer' | 'account' | 'vend') =>
		(
			await database
				.selectFrom(table)
				.select('utility_id' as never)
				.execute()
		).length;
	return {
		meters: await count('meter'),
		customers: await count('customer'),
		vends: await count('vend'),
		deeds: await deeds(shop.backend),
	};
};

describe('a blind vend', () => {
	it.each(['card', 'detail'] as const)(
		'is sold by the meter’s %s, and the meter is known',
		async (from) => {
			const answer = await ask(from === 'card' ? card() : typed());
			expect(answer).toMatchObject({
				state: 'issued',
				receipt: { drn: STRANGER, sgc: SGC, krn, ti: '01', ea: 7, customerMasked: '' },
				tokens: [{ kind: 'credit', energyDeciKwh: 200 }],
			});
			expect(await deeds(shop.backend)).toEqual(['meter-opened-blind', 'vend-issued']);
			// From now on a meter like any other.
			expect(await ask(undefined)).toMatchObject({ state: 'issued' });
			expect(await floatOf(shop.backend, counter)).toBe(900_000);
		},
	);

	it('asked for again is the same sale', async () => {
		const id = newId();
		const first = await ask(typed(), {}, counter.caller, id);
		expect(await ask(typed(), {}, counter.caller, id)).toEqual(first);
		expect((await rows()).vends).toBe(1);
	});

	it('of a meter on an older key brings it the new one first', async () => {
		const answer = await ask(typed({ krn: krn - 1 }));
		if (isRefusal(answer) || answer.state !== 'issued') throw new Error(JSON.stringify(answer));
		expect(answer.tokens.map(({ kind }) => kind)).toEqual(['key-change', 'key-change', 'credit']);
	});

	it('of a meter that the office knows goes by what the office knows', async () => {
		const answer = await ask(typed({ sgc: '999999' }), { drn: KITCHEN });
		expect(answer).toMatchObject({ state: 'issued', receipt: { drn: KITCHEN } });
		expect((answer as { receipt: { sgc: string } }).receipt.sgc).not.toBe('999999');
	});
});

describe('a blind vend that is refused leaves nothing behind', () => {
	it.each<[string, () => Promise<unknown>, string]>([
		['without details', () => ask(undefined), 'meter-unknown'],
		[
			'by a vendor who may not',
			async () => {
				await allowBlind(counter.caller.vendorId, 0);
				return await ask(typed());
			},
			'blind-vend-not-allowed',
		],
		[
			'in a group without a tariff for it',
			async () => {
				await shop.backend.database
					.updateTable('supply_group')
					.set({ blind_tariff_id: null })
					.execute();
				return await ask(typed());
			},
			'blind-vend-not-allowed',
		],
		['in a group that is not ours', () => ask(typed({ sgc: '999999' })), 'vending-key-unknown'],
		['under a key that is not there yet', () => ask(typed({ krn: 9 })), 'vending-key-unknown'],
		[
			'with a card of another meter',
			() => ask(card(), { drn: '04111111110' }),
			'meter-card-other-meter',
		],
		['with an expired card', () => ask(card({ doe: '2610' })), 'meter-card-expired'],
		['with half a card', () => ask({ from: 'card', track2: '600727' }), 'meter-card-unreadable'],
		['with a bank card', () => ask({ from: 'card', track2: BANK_CARD }), 'bank-card-refused'],
		[
			'that is too dear',
			() =>
				ask(typed(), {
					amountMinor: 4_000_000,
					tender: { method: 'cash', tenderedMinor: 4_000_000 },
				}),
			'float-exhausted',
		],
		['that nobody has agreed to', () => ask(typed(), { agreed: null }), 'confirmation-needed'],
	])('%s', async (_, sell, refusal) => {
		const before = await rows();
		expect(await sell()).toMatchObject({ refusal });
		expect(await rows()).toEqual(before);
	});

	it('and shows what the money buys to who has to agree first', async () => {
		expect(await ask(typed(), { agreed: null })).toMatchObject({
			refusal: 'confirmation-needed',
			waterfall: { energyDeciKwh: 200 },
		});
		expect(await ask(typed())).toMatchObject({ state: 'issued' });
	});
});

describe('a bank card', () => {
	it('is refused for a known meter too, and nothing of it is kept or logged', async () => {
		expect(await ask({ from: 'card', track2: BANK_CARD }, { drn: KITCHEN })).toEqual({
			refusal: 'bank-card-refused',
		});
		const vends = await shop.backend.database.selectFrom('vend').selectAll().execute();
		expect(JSON.stringify(vends) + shop.lines.join()).not.toContain('4000000000');
	});
});
