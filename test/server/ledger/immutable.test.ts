import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { book } from '#lib/server/ledger/book.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { buy, KITCHEN, openShop, type Shop } from '../harness/shop.ts';

let shop: Shop;
let hand: DatabaseSync;
let vendId: string;
beforeEach(async () => {
	shop = await openShop();
	vendId = (await buy(shop.backend, KITCHEN, 50_000)).id;
	hand = new DatabaseSync(shop.place);
});
afterEach(async () => {
	hand.close();
	await shop.dispose();
});

const entry = (transaction: string, position: number, amount: number) =>
	`insert into ledger_entry values ('${transaction}', ${position}, 'lakeside:energy-sales', ${amount}, 'KES', 'by hand', 0, 0)`;
const head = (id: string) =>
	`insert into ledger_transaction values ('${id}', 'lakeside', 'by-hand', '${id}', 0)`;
const seal = (id: string) => `insert into ledger_seal values ('${id}')`;

/** Everything in one transaction, as a careful hand would. */
function type(...statements: string[]): void {
	hand.exec('begin immediate');
	try {
		for (const statement of statements) hand.exec(statement);
		hand.exec('commit');
	} catch (error) {
		if (hand.isTransaction) hand.exec('rollback');
		throw error;
	}
}

describe('statements typed by hand', () => {
	it.each([
		['ledger_entry', 'amount_minor = 1'],
		['ledger_transaction', 'at_ms = 1'],
		['ledger_seal', `transaction_id = 'x'`],
		['ledger_account', `kind = 'mine'`],
		['vend_token', `digits = '00000000000000000000'`],
		['tariff', `definition = '{}'`],
		['payment_event', 'received_at_ms = 1'],
	])('cannot change or delete a row of %s', (table, change) => {
		expect(() => type(`update ${table} set ${change}`)).toThrow(/append-only/);
		expect(() => type(`delete from ${table}`)).toThrow(/append-only/);
		expect(() => type(`insert or replace into ${table} select * from ${table} limit 1`)).toThrow(
			/append-only|sealed|never replaced/,
		);
	});

	it.each([
		['request', `request = '{}'`, 'vend'],
		['amount', 'amount_minor = 1', 'vend'],
		['amount', 'amount_minor = 1', 'payment'],
	])('cannot change the %s of a sale (%s, %s)', (_, change, table) => {
		const unchanging = /never changes|an issued vend is released once, or reversed before that/;
		expect(() => type(`update ${table} set ${change}`)).toThrow(unchanging);
	});

	it('cannot give a sale under way another token number', async () => {
		shop.module.behaviour = 'hangs';
		await buy(shop.backend, KITCHEN, 50_000);
		for (const change of ['tid = tid + 1', 'base_year = 1993', `issue_order = '{}'`])
			expect(() => type(`update vend set ${change} where state = 'issuing'`), change).toThrow(
				/never changes/,
			);
	});

	it('cannot move, delete or replace a final sale', () => {
		for (const statement of [
			`update vend set state = 'paid'`,
			`update vend set answer = '{}'`,
			`update payment set state = 'pending'`,
			`delete from vend where id = '${vendId}'`,
			`insert or replace into vend select * from vend where id = '${vendId}'`,
		])
			expect(() => type(statement), statement).toThrow(/never|an issued vend is released once/);
	});

	it('can release an issued sale once, and reverse it only before that', async () => {
		const issued = `from vend where id = '${vendId}'`;
		const { released_at_ms: released } = hand.prepare(`select released_at_ms ${issued}`).get() as {
			released_at_ms: number;
		};
		expect(released).toBeGreaterThan(0);
		for (const change of [`released_at_ms = null`, `released_at_ms = 5`, `state = 'reversed'`])
			expect(() => type(`update vend set ${change}`), change).toThrow(
				/released once|released_at_ms of a vend never changes/,
			);
		shop.module.behaviour = 'hangs';
		const { id } = await buy(shop.backend, KITCHEN, 50_000);
		shop.module.behaviour = 'answers';
		await recover(shop.backend, 0);
		const unseen = `where id = '${id}'`;
		for (const change of [
			`state = 'refused'`,
			`answer = '{}', released_at_ms = 5`,
			`state = 'reversed', released_at_ms = 5`,
		])
			expect(() => type(`update vend set ${change} ${unseen}`), change).toThrow(/released once/);
		type(`update vend set state = 'reversed', answer = '{}' ${unseen}`);
		expect(() => type(`update vend set state = 'issued' ${unseen}`)).toThrow(/never changes/);
	});

	it('cannot turn back token numbers or receipt numbers', () => {
		for (const statement of [
			'update tid_high_water set last_tid = last_tid - 1',
			'update tid_high_water set last_tid = last_tid',
			`update tid_high_water set drn = 'x', last_tid = last_tid + 1`,
			'delete from tid_high_water',
			'insert or replace into tid_high_water select drn, base_year, 0 from tid_high_water',
			'update receipt_counter set last_number = 0',
		])
			expect(() => type(statement), statement).toThrow(/only rises|never replaced/);
	});

	it('cannot book what does not add up to zero', () => {
		expect(() => type(head('a'), entry('a', 0, 5), entry('a', 1, -4), seal('a'))).toThrow(
			/add up to zero/,
		);
		expect(() => type(head('a'), seal('a'))).toThrow(/add up to zero/);
		expect(() => type(head('a'), entry('a', 0, 0), seal('a'))).toThrow(/add up to zero/);
	});

	it('cannot leave a booking without its seal, or add to one that has it', () => {
		expect(() => type(head('a'), entry('a', 0, 5), entry('a', 1, -5))).toThrow(/FOREIGN KEY/);
		expect(() => type(entry(`vend:${vendId}`, 99, 0))).toThrow(/sealed/);
		expect(() => type(entry('nobody', 0, 1))).toThrow(/FOREIGN KEY/);
	});

	it('can book what does', () => {
		type(head('a'), entry('a', 0, 5), entry('a', 1, -5), seal('a'));
		const rows = hand.prepare(`select * from ledger_entry where transaction_id = 'a'`).all();
		expect(rows).toHaveLength(2);
	});
});

describe('our own code', () => {
	it('cannot book an event twice, nor unbalanced', async () => {
		const booking = (subjectId: string, second: number) =>
			shop.backend.database.transaction().execute((write) =>
				book(write, {
					utilityId: 'lakeside',
					kind: 'refund',
					subjectId,
					atMs: 0,
					currency: 'KES',
					entries: [
						{ account: 'suspense', amountMinor: 7, step: 'test' },
						{ account: 'refund-due', amountMinor: second, step: 'test' },
					],
				}),
			);
		await booking('x', -7);
		await expect(booking('x', -7)).rejects.toThrow();
		await expect(booking('y', -6)).rejects.toThrow(/add up to zero/);
		const kept = hand.prepare(`select count(*) as n from ledger_transaction where kind = 'refund'`);
		expect(kept.get()).toEqual({ n: 1 });
	});
});
