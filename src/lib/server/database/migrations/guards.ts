/**
 * What may happen to a row, kept by the database itself, so that no code of ours and no statement typed by
 * hand can break it. Each guard is said once here and written twice, in the words of each database.
 */
import type { Kysely } from 'kysely';
import { isPostgres } from '../dialect.ts';
import { postgresGuards } from './guards-postgres.ts';
import { sqliteGuards } from './guards-sqlite.ts';

export interface Guards {
	/** Rows are added and then stay as they are. */
	appendOnly(table: string): Promise<void>;
	/** Columns that never change. */
	frozenColumns(table: string, columns: readonly string[]): Promise<void>;
	/** States after which a row no longer changes at all; and no row is deleted. */
	finalStates(table: string, states: readonly string[]): Promise<void>;
	/** As `finalStates`, but a column that says who somebody is may be set to `erased:` and the row's id. */
	finalButErasable(
		table: string,
		states: readonly string[],
		erasable: { readonly column: string; readonly others: readonly string[] },
	): Promise<void>;
	/** Columns that are empty at first and keep what they are given. */
	setOnce(table: string, columns: readonly string[]): Promise<void>;
	/** Counters, one per key, that only go up. */
	strictlyRising(table: string, key: readonly string[], column: string): Promise<void>;
	/**
	 * An issued vend may be released, once; until then, and never after, it may be reversed. Nothing else
	 * happens to it.
	 */
	issuedVendStays(): Promise<void>;
	/**
	 * A ledger transaction is open until its seal: entries come before, none after, and the seal is refused
	 * unless they add up to zero in every currency.
	 */
	sealedLedger(): Promise<void>;
}

export function guardsOf(db: Kysely<never>): Guards {
	return isPostgres(db) ? postgresGuards(db) : sqliteGuards(db);
}
