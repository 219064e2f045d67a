/** The books, sales and counters of a shop against statements typed by hand. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { transact } from '#lib/server/database/transact.ts';
import { book } from '#lib/server/ledger/book.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { handAt, type Hand } from '../harness/by-hand.ts';
import { buy, KITCHEN, openShop, type Shop } from '../harness/shop.ts';
import { ON_POSTGRES } from '../harness/test-database.ts';

let shop: Shop;
let hand: Hand;
let vendId: string;
beforeEach(async () => {
	shop = await openShop();
	vendId = (await buy(shop.backend, KITCHEN, 50_000)).id;
	hand = handAt(shop.place);
});
afterEach(async () => {
	await hand.close();
	await shop.dispose();
});

const entry = (transaction: string, position: number, amount: number) =>
	`insert into ledger_entry values ('${transaction}', ${position}, 'lakeside:energy-sales', ${amount}, 'KES', 'by hand', 0, 0)`;
const head = (id: string) =>
	`insert into ledger_transaction values ('${id}', 'lakeside', 'by-hand', '${id}', 0)`;
const seal = (id: string) => `insert into ledger_seal values ('${id}')`;

/** None of them goes through. */
async function refuses(words: RegExp, ...statements: string[]): Promise<void> {
	for (const statement of statements)
		await expect(hand.type(statement), statement).rejects.toThrow(words);
}

/** How each of the two takes a row's place, or all rows'. */
const replacing = (table: string, where = '') =>
	ON_POSTGRES
		? [`truncate ${table} cascade`]
		: [`insert or replace into ${table} select * from ${table} ${where} limit 1`];

describe('statements typed by hand', () => {
	it.each([
		['ledger_entry', 'amount_minor = 1'],
		['ledger_transaction', 'at_ms = 1'],
		['ledger_seal', `transaction_id = 'x'`],
		['ledger_account', `kind = 'mine'`],
		['vend_token', `digits = '00000000000000000000'`],
		['tariff', `definition = '{}'`],
		['payment_event', 'received_at_ms = 1'],
	])('cannot change or delete a row of %s', async (table, change) => {
		await refuses(/append-only/, `update ${table} set ${change}`, `delete from ${table}`);
		await refuses(/append-only|sealed/, ...replacing(table));
	});

	it.each([
		['request', `request = '{}'`, 'vend'],
		['amount', 'amount_minor = 1', 'vend'],
		['amount', 'amount_minor = 1', 'payment'],
	])('cannot change the %s of a sale (%s, %s)', async (_, change, table) => {
		const unchanging = /never changes|an issued vend is released once, or reversed before that/;
		await refuses(unchanging, `update ${table} set ${change}`);
	});

	it('cannot give a sale under way another token number', async () => {
		shop.module.behaviour = 'hangs';
		await buy(shop.backend, KITCHEN, 50_000);
		for (const change of ['tid = tid + 1', 'base_year = 1993', `issue_order = '{}'`])
			await refuses(/never changes/, `update vend set ${change} where state = 'issuing'`);
	});

	it('cannot move, delete or replace a final sale', async () => {
		await refuses(
			/never|an issued vend is released once|append-only/,
			`update vend set state = 'paid'`,
			`update vend set answer = '{}'`,
			`update payment set state = 'pending'`,
			`delete from vend where id = '${vendId}'`,
			...replacing('vend', `where id = '${vendId}'`),
		);
	});

	if (!ON_POSTGRES)
		it('cannot put another sale in the place of one by its payment', async () => {
			const { database } = hand;
			const row = await database.selectFrom('vend').selectAll().executeTakeFirstOrThrow();
			const columns = Object.keys(row).join(', ');
			const others = Object.keys(row)
				.map((column) => (column === 'id' ? `'another'` : column))
				.join(', ');
			await refuses(
				/never replaced/,
				`insert or replace into vend (${columns}) select ${others} from vend where id = '${vendId}'`,
			);
		});

	it('can release an issued sale once, and reverse it only before that', async () => {
		const [sold] = await hand.rows(`select released_at_ms from vend where id = '${vendId}'`);
		expect(Number((sold as { released_at_ms: number }).released_at_ms)).toBeGreaterThan(0);
		for (const change of [`released_at_ms = null`, `released_at_ms = 5`, `state = 'reversed'`])
			await refuses(
				/released once|released_at_ms of a vend never changes/,
				`update vend set ${change}`,
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
			await refuses(/released once/, `update vend set ${change} ${unseen}`);
		await hand.type(`update vend set state = 'reversed', answer = '{}' ${unseen}`);
		await refuses(/never changes/, `update vend set state = 'issued' ${unseen}`);
	});

	it('cannot turn back token numbers or receipt numbers', async () => {
		await refuses(
			/only rises/,
			'update tid_high_water set last_tid = last_tid - 1',
			'update tid_high_water set last_tid = last_tid',
			`update tid_high_water set drn = 'x', last_tid = last_tid + 1`,
			'delete from tid_high_water',
			...replacing('tid_high_water'),
			'update receipt_counter set last_number = 0',
		);
	});

	it('cannot book what does not add up to zero', async () => {
		for (const booking of [
			[head('a'), entry('a', 0, 5), entry('a', 1, -4), seal('a')],
			[head('a'), seal('a')],
			[head('a'), entry('a', 0, 0), seal('a')],
			[seal('a')],
		])
			await expect(hand.type(...booking)).rejects.toThrow(/add up to zero/);
	});

	it('cannot leave a booking without its seal, or add to one that has it', async () => {
		const foreignKey = /foreign key/i;
		const unsealed = [head('a'), entry('a', 0, 5), entry('a', 1, -5)];
		await expect(hand.type(...unsealed)).rejects.toThrow(foreignKey);
		await refuses(/sealed/, entry(`vend:${vendId}`, 99, 0));
		await refuses(foreignKey, entry('nobody', 0, 1));
		await expect(
			hand.type(...unsealed, seal('a'), entry('a', 2, 0)),
			'after the seal, in its own transaction',
		).rejects.toThrow(/sealed/);
		expect(await hand.rows(`select id from ledger_transaction where id = 'a'`)).toEqual([]);
	});

	it('can book what does', async () => {
		await hand.type(head('a'), entry('a', 0, 5), entry('a', 1, -5), seal('a'));
		const rows = await hand.rows(`select * from ledger_entry where transaction_id = 'a'`);
		expect(rows).toHaveLength(2);
	});
});

describe('our own code', () => {
	it('cannot book an event twice, nor unbalanced', async () => {
		const booking = (subjectId: string, second: number) =>
			transact(shop.backend.database, (write) =>
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
		expect(
			await hand.rows(`select subject_id from ledger_transaction where kind = 'refund'`),
		).toEqual([{ subject_id: 'x' }]);
	});
});
