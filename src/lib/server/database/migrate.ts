/**
 * Brings a database to the present schema. The steps are a list in code, not a folder that is looked
 * through, so that they are the same in plain Node and inside the built server.
 */
import { sql } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { isPostgres } from './dialect.ts';
import type { Database, Write } from './open.ts';
import { sqlStateOf } from './postgres-client.ts';
import * as sales from './migrations/0001-sales.ts';
import * as vendors from './migrations/0002-vendors.ts';
import * as access from './migrations/0003-access.ts';
import * as messagesAudit from './migrations/0004-messages-audit.ts';
import * as field from './migrations/0005-field.ts';
import * as till from './migrations/0006-till.ts';
import * as fetch from './migrations/0007-fetch.ts';
import * as reminders from './migrations/0008-reminders.ts';
import * as fbe from './migrations/0009-fbe.ts';
import * as operatorRate from './migrations/0010-operator-rate.ts';
import * as blocks from './migrations/0011-blocks.ts';
import * as revokedKeys from './migrations/0012-revoked-keys.ts';

/**
 * Forward only, and each so that the release before it can go on working beside: tables and columns are
 * added, never taken away or given another meaning.
 */
export const MIGRATIONS: Record<string, Migration> = {
	'0001-sales': sales,
	'0002-vendors': vendors,
	'0003-access': access,
	'0004-messages-audit': messagesAudit,
	'0005-field': field,
	'0006-till': till,
	'0007-fetch': fetch,
	'0008-reminders': reminders,
	'0009-fbe': fbe,
	'0010-operator-rate': operatorRate,
	'0011-blocks': blocks,
	'0012-revoked-keys': revokedKeys,
};

/** How often a process begins again because another one was at the same step. */
const ATTEMPTS = 20;

/**
 * Runs the steps that are missing, all of them or none; answers how many there were. Of several processes
 * that start at once one does it and the others find it done: they wait for the row of Kysely's own lock
 * table, or for each other's making of that table.
 */
export async function migrate(database: Database): Promise<number> {
	await sortIn(database, 'file');
	for (let attempt = 1; ; attempt += 1)
		try {
			const steps = await database.transaction().execute(runSteps);
			await sortIn(database, 'memory');
			return steps;
		} catch (error) {
			if (attempt === ATTEMPTS || !cameSecond(error)) throw error;
		}
}

/** Where SQLite sorts: an index of a table of millions of rows is not made in memory. */
async function sortIn(database: Database, place: 'file' | 'memory'): Promise<void> {
	if (!isPostgres(database)) await sql.raw(`pragma temp_store = ${place}`).execute(database);
}

async function runSteps(write: Write): Promise<number> {
	// A step over millions of rows takes as long as it takes.
	if (isPostgres(write)) await sql`set local statement_timeout = 0`.execute(write);
	const migrator = new Migrator({
		db: write,
		provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
	});
	const { error, results } = await migrator.migrateToLatest();
	if (error !== undefined) throw error;
	return results?.length ?? 0;
}

/**
 * PostgreSQL's words for another process that makes the same table or waits for the same row: unique
 * violation, duplicate table or object, deadlock, serialization, lock not available; and what Kysely hears
 * when it then goes on to ask, in a transaction that is lost.
 */
const SECOND = ['23505', '42P07', '42710', '40P01', '40001', '55P03', '25P02'];

function cameSecond(error: unknown): boolean {
	const code = sqlStateOf(error);
	return code !== undefined && SECOND.includes(code);
}
