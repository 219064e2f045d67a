/** Each guard by itself, on a table of the test's own, against what a hand may type. */
import { sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardsOf } from '#lib/server/database/migrations/guards.ts';
import { handAt, type Hand } from '../harness/by-hand.ts';
import { makeDatabase, ON_POSTGRES, type TestDatabase } from '../harness/test-database.ts';

let copy: TestDatabase;
let hand: Hand;
beforeEach(async () => {
	copy = await makeDatabase('empty');
	hand = handAt(copy.place);
	await hand.type(
		`create table thing (id text primary key, label text unique, state text, tid integer, at_ms bigint,
			place text, unique (place, tid))`,
		`create unique index thing_one_open on thing (place) where "state" = 'open'`,
	);
});
afterEach(async () => {
	await hand.close();
	await copy.dispose();
});

const guards = () => guardsOf(hand.database as unknown as Kysely<never>);
const things = () => hand.rows('select * from thing order by id');
const put = (values: string) => `insert into thing values ${values}`;

/** None of them goes through, and nothing is changed by any. */
async function refuses(words: RegExp, ...statements: string[]): Promise<void> {
	const before = await things();
	for (const statement of statements)
		await expect(hand.type(statement), statement).rejects.toThrow(words);
	expect(await things()).toEqual(before);
}

/** Only one of the two databases understands these; on the other they are a mistake, refused as such. */
const onSqlite = (...statements: string[]) => (ON_POSTGRES ? [] : statements);
const onPostgres = (...statements: string[]) => (ON_POSTGRES ? statements : []);

describe('append-only', () => {
	beforeEach(async () => {
		await guards().appendOnly('thing');
		await hand.type(put(`('a', 'one', 'new', 1, 1, 'p'), ('b', 'two', 'open', 2, 1, 'p')`));
	});

	it('takes rows', async () => {
		await hand.type(put(`('c', null, 'new', null, 1, null)`));
		expect(await things()).toHaveLength(3);
	});

	it('gives none back and changes none', async () => {
		await refuses(
			/append-only/,
			`update thing set at_ms = 2`,
			`update thing set id = 'x' where id = 'a'`,
			`delete from thing`,
			`delete from thing where id = 'a'`,
			`insert into thing (id) values ('a') on conflict (id) do update set at_ms = 9`,
			...onSqlite(
				`update or replace thing set label = 'two' where id = 'a'`,
				`update or ignore thing set at_ms = 2`,
			),
			...onPostgres(`truncate thing`, `truncate thing cascade`),
		);
	});

	if (!ON_POSTGRES)
		it('loses none to one that takes its place, by whatever is unique', async () => {
			await refuses(
				/append-only/,
				`insert or replace into thing values ('a', 'x', 'new', 9, 9, 'x')`,
				`replace into thing values ('x', 'one', 'new', 9, 9, 'x')`,
				`insert or replace into thing values ('x', 'x', 'new', 1, 9, 'p')`,
				`insert or replace into thing values ('x', 'x', 'open', 9, 9, 'p')`,
			);
			await hand.type(`insert or replace into thing values ('x', 'x', 'new', 9, 9, 'p')`);
			expect(await things()).toHaveLength(3);
		});
});

describe('frozen columns', () => {
	beforeEach(async () => {
		await guards().frozenColumns('thing', ['id', 'label', 'at_ms']);
		await hand.type(put(`('a', 'one', 'new', 1, null, 'p'), ('b', 'two', 'open', 2, 1, 'p')`));
	});

	it('stay, and the others move', async () => {
		await refuses(
			/the request of a thing never changes|never replaced/,
			`update thing set label = 'x' where id = 'a'`,
			`update thing set label = null where id = 'a'`,
			`update thing set at_ms = 1 where id = 'a'`,
			`update thing set id = 'x', label = 'y', at_ms = 0 where id = 'a'`,
			`insert into thing (id) values ('a') on conflict (id) do update set label = 'x'`,
		);
		await hand.type(`update thing set state = 'done', label = label where id = 'a'`);
		expect(await hand.rows(`select state from thing where id = 'a'`)).toEqual([{ state: 'done' }]);
	});

	if (!ON_POSTGRES)
		it('are not got rid of by another row in their row’s place', async () => {
			await refuses(
				/never replaced/,
				`insert or replace into thing values ('x', 'one', 'new', 9, 9, 'x')`,
				`update or replace thing set tid = 2 where id = 'a'`,
				`update or replace thing set state = 'open' where id = 'a'`,
			);
		});
});

describe('final states', () => {
	beforeEach(async () => {
		await guards().finalStates('thing', ['done', 'lost']);
		await hand.type(
			put(
				`('a', 'one', 'new', 1, 1, 'p'), ('b', 'two', 'done', 2, 1, 'p'), ('c', 'three', 'lost', 3, 1, 'q')`,
			),
		);
	});

	it('are final', async () => {
		for (const id of ['b', 'c'])
			await refuses(
				/a final thing never changes/,
				`update thing set state = 'new' where id = '${id}'`,
				`update thing set at_ms = 2 where id = '${id}'`,
				`update thing set state = state where id = '${id}'`,
			);
	});

	it('leave the others to move, once', async () => {
		await hand.type(`update thing set state = 'done', at_ms = 5 where id = 'a'`);
		await refuses(/a final thing never changes/, `update thing set at_ms = 6 where id = 'a'`);
	});

	it('keep every row, final or not', async () => {
		await refuses(
			/a thing is never deleted/,
			`delete from thing where id = 'a'`,
			`delete from thing`,
			...onPostgres(`truncate thing`),
		);
	});
});

describe('columns that are set once', () => {
	it('keep what they are given', async () => {
		await guards().setOnce('thing', ['tid', 'place']);
		await hand.type(put(`('a', 'one', 'new', null, 1, null)`));
		await hand.type(`update thing set tid = 7 where id = 'a'`);
		await refuses(
			/the tid of a thing never changes/,
			`update thing set tid = 8`,
			`update thing set tid = null`,
		);
		await hand.type(`update thing set tid = 7, place = 'p' where id = 'a'`);
		await refuses(/the place of a thing never changes/, `update thing set place = ''`);
	});
});

describe('counters that only rise', () => {
	beforeEach(async () => {
		await guards().strictlyRising('thing', ['id'], 'at_ms');
		await hand.type(put(`('a', 'one', 'new', 1, 5, 'p')`));
	});

	it('rise', async () => {
		await hand.type(`update thing set at_ms = at_ms + 1`, `update thing set at_ms = 100`);
		expect(await hand.rows('select at_ms from thing')).toEqual([{ at_ms: 100 }]);
	});

	it('do nothing else', async () => {
		await refuses(
			/thing only rises/,
			`update thing set at_ms = 4`,
			`update thing set at_ms = at_ms`,
			`update thing set label = 'x'`,
			`update thing set id = 'b', at_ms = 9`,
			`delete from thing`,
			`insert into thing (id, at_ms) values ('a', 0) on conflict (id) do update set at_ms = 0`,
			...onSqlite(`insert or replace into thing (id, at_ms) values ('a', 0)`),
			...onPostgres(`truncate thing`),
		);
	});
});

describe('our own tables', () => {
	/** Table → the guards by which it is kept, from the triggers that are really there. */
	async function guarded(): Promise<Map<string, Set<string>>> {
		const found = ON_POSTGRES
			? sql<{ table: string; name: string }>`select relname as table, tgname as name from pg_trigger
				join pg_class on pg_class.oid = tgrelid where not tgisinternal`
			: sql<{ table: string; name: string }>`select tbl_name as "table", name from sqlite_master
				where type = 'trigger'`;
		const tables = new Map<string, Set<string>>();
		for (const { table, name } of (await found.execute(hand.database)).rows)
			tables.set(table, (tables.get(table) ?? new Set()).add(name.slice(table.length + 1)));
		return tables;
	}

	it('that hold money, tokens or what somebody did can lose no row', async () => {
		const tables = await guarded();
		for (const table of [
			...['vend', 'vend_token', 'payment', 'payment_event', 'reprint', 'approval', 'batch'],
			...['deposit', 'daily_close', 'ledger_account', 'ledger_transaction', 'ledger_entry'],
			...['ledger_seal', 'tariff', 'tid_high_water', 'tid_floor', 'receipt_counter'],
			...['audit_event', 'audit_seal', 'message', 'message_event', 'node_mark'],
			...['field_device', 'journal_head', 'journal_entry', 'journal_fork', 'token_delivery', 'job'],
		]) {
			expect([...(tables.get(table) ?? [])], table).toContain('no_delete');
			expect([...(tables.get(table) ?? [])], table).toContain(
				ON_POSTGRES ? 'no_truncate' : 'no_replace',
			);
		}
	});
});
