/**
 * What a migration may do while the release before it goes on selling beside: it adds. Whatever changes,
 * removes or newly forbids something that is there already is refused here, with the statement.
 */
import {
	DummyDriver,
	Kysely,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
	type Dialect,
} from 'kysely';
import type { Migration } from 'kysely/migration';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '#lib/server/database/migrate.ts';

const DIALECTS: Readonly<Record<string, Dialect>> = {
	SQLite: {
		createAdapter: () => new SqliteAdapter(),
		createDriver: () => new DummyDriver(),
		createIntrospector: (db) => new SqliteIntrospector(db),
		createQueryCompiler: () => new SqliteQueryCompiler(),
	},
	PostgreSQL: {
		createAdapter: () => new PostgresAdapter(),
		createDriver: () => new DummyDriver(),
		createIntrospector: (db) => new PostgresIntrospector(db),
		createQueryCompiler: () => new PostgresQueryCompiler(),
	},
};

/** The statements of a migration, none of them carried out. */
async function statementsOf(dialect: Dialect, migration: Migration): Promise<string[]> {
	const statements: string[] = [];
	const log = (event: { query: { sql: string } }) => statements.push(event.query.sql);
	const db = new Kysely<unknown>({ dialect, log: (event) => void log(event) });
	await migration.up(db);
	return statements.map((statement) => statement.replace(/\s+/g, ' ').trim());
}

const CREATED = /^create (?:unlogged )?table (?:if not exists )?"?(\w+)"?/;
/** Whose table a statement is about, of those that forbid something from then on. */
const FORBIDDING = /^create (?:or replace |unique )?(?:trigger|index)\b.*? on "?(\w+)"?/;
/** Nothing of what is there is touched; a new column has a value in rows that the old release writes. */
const ADDS = [
	/^(select|with)\b/,
	CREATED,
	/^create index\b/,
	/^create or replace function\b/,
	/^alter table "?\w+"? add column "?\w+"? \w+(?!.* not null)/,
	/^alter table "?\w+"? add column "?\w+"? .* default .*/,
];

/** Why a statement may not be in a migration; undefined where it may. @param own tables made by the same one */
function objection(statement: string, own: ReadonlySet<string>): string | undefined {
	const [, about] = FORBIDDING.exec(statement) ?? [];
	if (about !== undefined && (own.has(about) || /^create index\b/.test(statement)))
		return undefined;
	return ADDS.some((adds) => adds.test(statement)) ? undefined : statement;
}

function objections(statements: readonly string[]): string[] {
	const own = new Set(statements.flatMap((statement) => CREATED.exec(statement)?.[1] ?? []));
	return statements.flatMap((statement) => objection(statement, own) ?? []);
}

describe.each(Object.entries(DIALECTS))('migrations on %s', (_, dialect) => {
	const later = Object.entries(MIGRATIONS).filter(([name]) => name >= '0002');

	it.each(later)('%s only adds', async (_, migration) => {
		const statements = await statementsOf(dialect, migration);
		expect(statements.length).toBeGreaterThan(0);
		expect(objections(statements)).toEqual([]);
	});
});

describe('the rule', () => {
	it.each([
		'drop table "vend"',
		'drop index "vend_by_state"',
		'drop trigger vend_no_delete',
		'alter table "vend" drop column "answer"',
		'alter table "vend" rename column "answer" to "reply"',
		'alter table "vend" rename to "sale"',
		'alter table "vend" alter column "tid" type text',
		'alter table "vend" add column "colour" text not null',
		'alter table "vend" add constraint "x" unique ("tid")',
		'create unique index "x" on "vend" ("answer")',
		`create trigger x before insert on vend begin select 1; end`,
		`update "vend" set "answer" = null`,
		'delete from "vend"',
	])('refuses: %s', (statement) => {
		expect(objections([statement])).toEqual([statement]);
	});

	it.each([
		'alter table "vend" add column "colour" text',
		`alter table "vend" add column "colour" text default '' not null`,
		'create index "x" on "vend" ("answer")',
		'create table "colour" ("id" text)',
	])('lets pass: %s', (statement) => {
		expect(objections([statement])).toEqual([]);
	});

	it('lets a migration forbid what it likes on tables of its own', () => {
		const statements = [
			'create table "colour" ("id" text)',
			'create unique index "x" on "colour" ("id")',
			'create trigger colour_no_delete before delete on colour begin select 1; end',
		];
		expect(objections(statements)).toEqual([]);
	});
});
