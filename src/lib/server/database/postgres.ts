/**
 * A PostgreSQL server: Kysely over a pool of connections. A server that would answer a commit before it is
 * on its disk is refused: there a sale that was answered could be lost.
 */
import pg from 'pg';
import {
	PostgresAdapter,
	PostgresDialect,
	type Dialect,
	type Kysely,
	type MigrationLockOptions,
	type PostgresPool,
} from 'kysely';
import { faultOfPostgres, PostgresClient, type StatementNames } from './postgres-client.ts';
import { numberOf } from './postgres-numbers.ts';

/** Connections of one process. Its processor is one: more of them would only wait in the server. */
const CONNECTIONS = 16;
/** How long a request waits for a connection or a lock; as long as with SQLite. */
const WAIT_MS = 10_000;
const STATEMENT_MS = 30_000;
/** A process that hangs in the middle of a transaction holds others up no longer than this. */
const IDLE_IN_TRANSACTION_MS = 30_000;

/** First spoken to with the first question. */
export function postgresDialect(url: string): Dialect {
	return new ServerDialect({ pool: openPool(url) });
}

function openPool(url: string): PostgresPool {
	const pool = new pg.Pool({
		connectionString: url,
		application_name: 'tokenline',
		max: CONNECTIONS,
		keepAlive: true,
		// What is asked together goes out together (`together.ts`).
		pipeline: true,
		connectionTimeoutMillis: WAIT_MS,
		lock_timeout: WAIT_MS,
		statement_timeout: STATEMENT_MS,
		idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
		types: { getTypeParser },
		onConnect: refuseUnlessDurable,
	});
	// A connection that breaks is told of by the next question on it; nobody need end for it.
	pool.on('error', () => undefined);
	pool.on('connect', (client) => client.on('error', () => undefined));
	const clients = new WeakMap<pg.PoolClient, PostgresClient>();
	const names: StatementNames = new Map();
	return {
		options: pool.options,
		async connect() {
			const client = await pool.connect().catch((error: unknown) => {
				throw faultOfPostgres(error, 'connect');
			});
			const known = clients.get(client) ?? new PostgresClient(client, names);
			clients.set(client, known);
			return known;
		},
		end: () => pool.end(),
	};
}

/** Whole numbers arrive as numbers, by parsers of this pool's own: the package's are everybody's. */
const getTypeParser = ((oid: number, format?: 'text') =>
	oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
		? numberOf
		: pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser;

/** Asked on every new connection: settings may differ by role and database, and change. */
async function refuseUnlessDurable(client: pg.ClientBase): Promise<void> {
	const { rows } = await client.query<{ name: string }>(
		`select name from unnest(array['fsync', 'synchronous_commit']) as name
			where current_setting(name, true) = 'off'`,
	);
	const off = rows.map(({ name }) => name).join(' and ');
	if (off !== '')
		throw new Error(
			`the PostgreSQL server says that a commit is done before it is on its disk (${off} = off), so sales could be lost; turn ${off} on`,
		);
}

/**
 * The steps of a migration run one after the other under a lock on a row, which every server that speaks
 * PostgreSQL has. It is held to the end of the transaction that the migrator is given (migrate.ts).
 */
class ServerAdapter extends PostgresAdapter {
	override async acquireMigrationLock(
		db: Kysely<never>,
		{ lockTable, lockRowId }: MigrationLockOptions,
	): Promise<void> {
		await (db as unknown as Kysely<Record<string, { id: string }>>)
			.selectFrom(lockTable)
			.select('id')
			.where('id', '=', lockRowId)
			.forUpdate()
			.execute();
	}
	override async releaseMigrationLock(): Promise<void> {}
}

class ServerDialect extends PostgresDialect {
	override createAdapter(): PostgresAdapter {
		return new ServerAdapter();
	}
}
