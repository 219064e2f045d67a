/**
 * Transactions of a PostgreSQL server: many at once, each on a connection of its own. Where two of them got
 * in each other's way the server undoes one, and that one is done again and finds what the other one did.
 */
import type { Kysely } from 'kysely';
import { setTimeout as pause } from 'node:timers/promises';
import { sqlStateOf } from './postgres-client.ts';
import type { Transactions, Work } from './transactions.ts';

export class Retried<Schema> implements Transactions<Schema> {
	readonly #database: Kysely<Schema>;

	constructor(database: Kysely<Schema>) {
		this.#database = database;
	}

	async run<Result>(work: Work<Schema, Result>): Promise<Result> {
		for (let attempt = 1; ; attempt += 1)
			try {
				// Every statement sees what others have committed, so that after a lock it sees the row as it is.
				const transaction = this.#database.transaction().setIsolationLevel('read committed');
				return await transaction.execute(work);
			} catch (error) {
				const pauseMs = decideRetry(sqlStateOf(error), attempt, Math.random());
				if (pauseMs === undefined) throw error;
				await pause(pauseMs);
			}
	}
}

/** Attempts in all, per SQLSTATE. A row that is there already was inserted by somebody else, or by a slip. */
const ATTEMPTS: Readonly<Record<string, { readonly most: number; readonly pauseMs: number }>> = {
	/** Serialization failure. */
	40001: { most: 10, pauseMs: 4 },
	/** Deadlock. */
	'40P01': { most: 10, pauseMs: 4 },
	/** Unique violation: the other one's row is committed, so there is nothing to wait for. */
	23505: { most: 4, pauseMs: 0 },
	/** A statement was prepared before a migration, on this connection; there may be more of those. */
	'0A000': { most: 20, pauseMs: 0 },
};
const LONGEST_MS = 200;

/**
 * How long to wait before the work is done again, ms; undefined: it is not. Each wait is up to twice as
 * long as the one before.
 * @param attempt that failed, from 1
 * @param chance in [0, 1)
 */
export function decideRetry(
	sqlState: string | undefined,
	attempt: number,
	chance: number,
): number | undefined {
	const row = ATTEMPTS[sqlState ?? ''];
	if (row === undefined || attempt >= row.most) return undefined;
	return Math.min(LONGEST_MS, row.pauseMs * 2 ** attempt) * chance;
}
