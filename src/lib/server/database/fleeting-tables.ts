/**
 * What all nodes must agree on for minutes and nobody needs after a crash: how often somebody asked, which
 * signatures were taken. Written without waiting for the disk.
 */
import { sql, type Kysely } from 'kysely';
import { isPostgres } from './dialect.ts';
import { table } from './migrations/table.ts';

/** An allowance that refills by itself. One that is full again may be forgotten. */
export interface RateBucketRow {
	/** Scope and who asks: `meter-lookup:address:…`. */
	key: string;
	/** When it will be full again. */
	full_at_ms: number;
}

/** A signature that was taken: the same one is not taken twice while it is young enough to be taken at all. */
export interface SignatureNonceRow {
	terminal_id: string;
	nonce: string;
	expires_at_ms: number;
}

export interface FleetingTables {
	rate_bucket: RateBucketRow;
	signature_nonce: SignatureNonceRow;
}

/**
 * On PostgreSQL part of the schema (a migration), as unlogged tables: no write-ahead log, so nothing to wait
 * for at a commit. On SQLite in a file of their own, made when it is missing.
 */
export async function createFleetingTables(db: Kysely<never>): Promise<void> {
	const builders = [
		table(db, 'rate_bucket', ['key'], { key: 'text', full_at_ms: 'bigint' }),
		table(db, 'signature_nonce', ['terminal_id', 'nonce'], {
			terminal_id: 'text',
			nonce: 'text',
			expires_at_ms: 'bigint',
		}),
	];
	for (const builder of builders)
		await (isPostgres(db) ? builder.modifyFront(sql`unlogged`) : builder.ifNotExists()).execute();
	for (const [name, on, column] of [
		['rate_bucket_by_time', 'rate_bucket', 'full_at_ms'],
		['signature_nonce_by_expiry', 'signature_nonce', 'expires_at_ms'],
	] as const)
		await db.schema.createIndex(name).ifNotExists().on(on).column(column).execute();
}
