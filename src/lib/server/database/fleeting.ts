/**
 * Opens the fleeting tables beside a database: the same database on PostgreSQL, on SQLite a second file that
 * never waits for the disk, so that counting a request costs no durable commit. Whoever deletes that file
 * while nothing runs loses a few minutes of counts.
 */
import { Kysely } from 'kysely';
import { isPostgres } from './dialect.ts';
import { createFleetingTables, type FleetingTables } from './fleeting-tables.ts';
import type { Database } from './open.ts';
import { sqliteDialect } from './sqlite.ts';

export type Fleeting = Kysely<FleetingTables>;

/** @param path of SQLite's second file; `:memory:` where no other process is to agree */
export async function openFleeting(database: Database, path: string): Promise<Fleeting> {
	if (isPostgres(database)) return database as unknown as Fleeting;
	const fleeting = new Kysely<FleetingTables>({ dialect: sqliteDialect(path, 'off') });
	await createFleetingTables(fleeting as unknown as Kysely<never>);
	return fleeting;
}

/** Before the database is closed. */
export async function closeFleeting(fleeting: Fleeting): Promise<void> {
	if (!isPostgres(fleeting)) await fleeting.destroy();
}

/** Forgets what no longer says anything: buckets that are full, signatures too old to be taken. */
export async function purgeFleeting(fleeting: Fleeting, nowMs: number): Promise<void> {
	await fleeting.deleteFrom('rate_bucket').where('full_at_ms', '<=', nowMs).execute();
	await fleeting.deleteFrom('signature_nonce').where('expires_at_ms', '<', nowMs).execute();
}
