/** One connection of the pool, with what PostgreSQL and the line say told apart. */
import pg from 'pg';
import type { PostgresPoolClient } from 'kysely';
import { Fault } from '../fault.ts';

/** A client whose outages are faults. What the server says about the question itself stays as it is. */
export function guarded(client: pg.PoolClient): PostgresPoolClient {
	return {
		query: (async (sql: string, parameters: readonly unknown[]) => {
			try {
				return await client.query(sql, [...parameters]);
			} catch (error) {
				throw faultOfPostgres(error);
			}
		}) as unknown as PostgresPoolClient['query'],
		release: (destroy?: boolean) => client.release(destroy),
	};
}

/**
 * Classes of SQLSTATE that say that the server cannot now: connection (08), resources (53), an operator's
 * hand or a time limit (57, 55P03, 25P03), a standby that cannot write (25006).
 */
const OUTAGE = /^(08|53|57|55P03|25P03|25006)/;

/** @param at `connect`: whatever happens there is an outage */
export function faultOfPostgres(error: unknown, at: 'connect' | 'query' = 'query'): unknown {
	if (error instanceof TypeError || error instanceof RangeError) return error;
	if (at === 'query' && error instanceof pg.DatabaseError && !OUTAGE.test(error.code ?? ''))
		return error;
	const said = error instanceof Error && error.message !== '' ? error.message : String(error);
	return new Fault('database-unavailable', said, error);
}

/** PostgreSQL's five characters about a question that failed; undefined: it was something else. */
export function sqlStateOf(error: unknown): string | undefined {
	const cause = error instanceof Fault ? error.cause : error;
	return cause instanceof pg.DatabaseError ? cause.code : undefined;
}
