import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MeterHistory } from '#lib/core/sync/wire-history.ts';
import type { Role } from '#lib/server/access/roles.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { migrate } from '#lib/server/database/migrate.ts';
import { openDatabase } from '#lib/server/database/open.ts';
import { meterHistory } from '#lib/server/meter/meter-history.ts';
import { isRefusal, type Refusal } from '#lib/server/refusal.ts';
import {
	buy,
	GUEST,
	KITCHEN,
	openShop,
	order,
	pay,
	saleOf,
	WORKSHOP,
	type Shop,
} from '../harness/shop.ts';
import { openCounter, sell } from '../harness/counter.ts';

const OWNER = '+254700000001';
const NEIGHBOUR = '+254700000002';
const consumer = (phone: string): Caller => ({ ...GUEST, roles: ['consumer'], phone });
const staff = (role: Role): Caller => ({ ...GUEST, roles: [role], operatorId: 'somebody' });

let shop: Shop;
beforeEach(async () => {
	shop = await openShop();
	await shop.backend.database
		.updateTable('customer')
		.set({ phone: OWNER })
		.where('id', '=', `customer-${KITCHEN}`)
		.execute();
});
afterEach(async () => shop.dispose());

const seen = (answer: MeterHistory | Refusal): MeterHistory => {
	if (isRefusal(answer)) throw new Error(answer.refusal);
	return answer;
};
const history = async (caller: Caller, drn = KITCHEN, before?: string) =>
	seen(await meterHistory(shop.backend, caller, drn, before));

/** Paid and issued, and nobody has asked for the digits yet. */
async function paid(amountMinor: number, notifyPhone?: string): Promise<{ id: string }> {
	const sale = saleOf(KITCHEN, amountMinor);
	const request = { ...sale.request, ...(notifyPhone !== undefined && { notifyPhone }) };
	await order(shop.backend, { ...sale, request });
	await pay(shop.backend, sale);
	return sale;
}

const digitsIn = ({ vends }: MeterHistory) =>
	vends.map(({ tokens }) => tokens?.map(({ digits }) => digits) ?? null);

describe('a meter’s history', () => {
	test('is its owner’s, the newest first, with the digits', async () => {
		const first = await buy(shop.backend, KITCHEN, 10_000);
		shop.clock.ms += 60_000;
		const second = await buy(shop.backend, KITCHEN, 20_000);
		await order(shop.backend, saleOf(KITCHEN, 5_000));
		const { vends, next } = await history(consumer(OWNER));
		expect(next).toBeNull();
		expect(vends.map(({ state, amountMinor }) => [state, amountMinor])).toEqual([
			['awaiting-payment', 5_000],
			['issued', 20_000],
			['issued', 10_000],
		]);
		const tokensOf = ({ answer }: typeof first) =>
			answer.state === 'issued' ? answer.tokens : undefined;
		expect(vends[1]?.tokens).toEqual(tokensOf(second));
		expect(vends[2]?.tokens).toEqual(tokensOf(first));
		expect(vends[0]).toMatchObject({ tokens: null, energyDeciKwh: null, receiptNumber: null });
	});

	test('shows somebody else only what was sent to their phone', async () => {
		await buy(shop.backend, KITCHEN, 10_000);
		const theirs = await paid(20_000, NEIGHBOUR);
		expect((await history(consumer(NEIGHBOUR))).vends.map(({ id }) => id)).toEqual([theirs.id]);
		expect((await history(consumer('+254700000003'))).vends).toEqual([]);
		expect((await history(consumer(NEIGHBOUR), WORKSHOP)).vends).toEqual([]);
	});

	test.each(['office-clerk', 'office-manager', 'auditor', 'technician'] as const)(
		'is shown to the %s whole, without digits',
		async (role) => {
			await paid(10_000);
			const answer = await history(staff(role));
			expect(answer.vends).toMatchObject([{ state: 'issued', amountMinor: 10_000 }]);
			expect(digitsIn(answer)).toEqual([null]);
			expect(await releases()).toEqual([null]);
		},
	);

	test('is a seller’s as far as the seller sold', async () => {
		const counter = await openCounter(shop.backend);
		const sale = await sell(shop.backend, counter, KITCHEN, 10_000);
		await buy(shop.backend, KITCHEN, 20_000);
		const agent = { ...staff('agent'), vendorId: counter.caller.vendorId };
		const answer = await history(agent);
		expect(answer.vends.map(({ id }) => id)).toEqual([sale.id]);
		expect(digitsIn(answer)).toEqual([null]);
		expect((await history({ ...agent, vendorId: 'another' })).vends).toEqual([]);
		expect((await history(staff('agent'))).vends).toEqual([]);
	});

	test('releases before it shows', async () => {
		await paid(10_000);
		expect(await releases()).toEqual([null]);
		await history(consumer(OWNER));
		expect(await releases()).toEqual([shop.clock.ms]);
	});

	test('comes in pages without a gap, though many were sold in one instant', async () => {
		for (let at = 0; at < 45; at += 1) await order(shop.backend, saleOf(KITCHEN, 5_000 + at));
		const amounts: number[] = [];
		const pages: number[] = [];
		for (let before: string | undefined | null; before !== null;) {
			const page = await history(consumer(OWNER), KITCHEN, before);
			pages.push(page.vends.length);
			amounts.push(...page.vends.map(({ amountMinor }) => amountMinor));
			before = page.next;
		}
		expect(pages).toEqual([20, 20, 5]);
		expect(amounts).toEqual(Array.from({ length: 45 }, (_, at) => 5_044 - at));
	});

	test('goes on from no other meter’s vend', async () => {
		const other = await buy(shop.backend, WORKSHOP, 10_000);
		await buy(shop.backend, KITCHEN, 10_000);
		expect((await history(consumer(OWNER), KITCHEN, other.id)).vends).toEqual([]);
	});

	test('of a meter of another utility is not there', async () => {
		const elsewhere = { ...consumer(OWNER), utilityId: 'hillside' };
		expect(await meterHistory(shop.backend, elsewhere, KITCHEN, undefined)).toEqual({
			refusal: 'meter-unknown',
		});
	});

	test('is found by an index, not by reading every vend', async () => {
		const database = openDatabase(':memory:');
		await migrate(database);
		const { rows } = await sql<{ detail: string }>`
			explain query plan select * from vend where drn = ${KITCHEN} and utility_id = 'lakeside'
			and accepted_at_ms <= 1 and (accepted_at_ms < 1 or id < 'x')
			order by accepted_at_ms desc, id desc limit 21`.execute(database);
		await database.destroy();
		expect(rows.map(({ detail }) => detail).join('\n')).toContain('vend_by_meter');
	});
});

async function releases(): Promise<(number | null)[]> {
	const rows = await shop.backend.database.selectFrom('vend').select('released_at_ms').execute();
	return rows.map(({ released_at_ms: atMs }) => atMs);
}
