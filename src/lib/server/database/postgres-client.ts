/**
 * One connection of the pool: statements are prepared once and then only carried out, and what the server
 * says of a statement is told apart from an outage.
 */
import pg from 'pg';
import type { PostgresPoolClient } from 'kysely';
import { Fault } from '../fault.ts';

/** Statements kept prepared, on every connection; the product has far fewer, but for lists of any length. */
const MAX_PREPARED = 500;
const BEGINS = /^(begin|start transaction)\b/;
const ENDS = /^(commit|rollback)$/;
const READS = /^select\b/;
/** The answer to a begin, before the server has given one. */
const BEGUN = { command: 'BEGIN', rowCount: null, rows: [] };
const PREPARABLE = /^(select|insert|update|delete|with)\b/;

/** The names of statements: the same on all connections of a pool. */
export type StatementNames = Map<string, string>;

/** In the shape that Kysely's driver expects of a client. */
export class PostgresClient implements PostgresPoolClient {
	readonly #client: pg.PoolClient;
	readonly #names: StatementNames;
	/** Since a table got a column, a statement that was prepared before gives other rows than it said. */
	#isOutdated = false;
	#isInTransaction = false;
	/** A transaction that was begun here and of which the server has not heard yet. */
	#unsent: string | undefined;
	/** Until the server has said that it has begun one. */
	#begun: Promise<unknown> | undefined;
	/** Whether a question waits for that; those after it do not overtake it. */
	#isHeld = false;

	constructor(client: pg.PoolClient, names: StatementNames) {
		this.#client = client;
		this.#names = names;
	}

	query = (async (text: string, parameters: readonly unknown[]) => {
		if (BEGINS.test(text)) {
			this.#isInTransaction = true;
			this.#unsent = text;
			return BEGUN;
		}
		if (ENDS.test(text)) this.#isInTransaction = false;
		const asked = { text, values: [...parameters] };
		try {
			const begun = this.#begin();
			// What writes is not sent before it is certain that it can be undone.
			if (begun !== undefined && (this.#isHeld ||= !READS.test(text))) await begun;
			const [answer] = await Promise.all([this.#send({ ...this.#nameOf(text), ...asked }), begun]);
			return answer;
		} catch (error) {
			if (!isOutdated(error)) throw faultOfPostgres(error);
			this.#isOutdated = true;
			// A transaction is lost with it, and done again by whoever began it (`retried.ts`).
			if (this.#isInTransaction) throw error;
			return await this.#send(asked);
		}
	}) as unknown as PostgresPoolClient['query'];

	/** The beginning of a transaction goes out with its first question. */
	#begin(): Promise<unknown> | undefined {
		if (this.#unsent === undefined) return this.#begun;
		const known = () => {
			this.#begun = undefined;
			this.#isHeld = false;
		};
		const begun = this.#send({ text: this.#unsent });
		this.#unsent = undefined;
		this.#begun = begun;
		begun.then(known, known);
		return begun;
	}

	/** What is asked in the same breath leaves in one packet, so that the server is woken once for all of it. */
	#send(asked: pg.QueryConfig): Promise<pg.QueryResult> {
		const { stream } = this.#client.connection;
		if (stream.writableCorked === 0) {
			stream.cork();
			queueMicrotask(() => stream.uncork());
		}
		return this.#client.query(asked);
	}

	release(destroy = false): void {
		this.#client.release(destroy || this.#isOutdated);
	}

	#nameOf(text: string): { name?: string } {
		const known = this.#names.get(text);
		if (known !== undefined) return { name: known };
		if (this.#names.size >= MAX_PREPARED || !PREPARABLE.test(text)) return {};
		const name = `t${this.#names.size}`;
		this.#names.set(text, name);
		return { name };
	}
}

/** Its connection is given up with the next release. */
function isOutdated(error: unknown): boolean {
	return sqlStateOf(error) === '0A000' && /cached plan/.test((error as Error).message);
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
