/**
 * The embedded database: Kysely over node:sqlite. Every commit is on the disk before it is answered
 * (write-ahead log, `synchronous=FULL`), and every transaction takes the write lock at its start, so that
 * what it read still holds when it writes, whatever other process shares the file.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SqliteAdapter, SqliteDialect, type Dialect } from 'kysely';
import { Fault } from '../fault.ts';

/** How long a process waits for another one's transaction before it gives up. */
const BUSY_TIMEOUT_MS = 10_000;
/** Pages kept at hand: the upper levels of every index of a large estate. */
const CACHE_KIB = 32 * 1024;
/** Pages of the write-ahead log before they are brought home: 16 MiB, in which the busiest come many times. */
const CHECKPOINT_PAGES = 4_000;
/** Distinct statements kept ready; the product has far fewer. */
const MAX_PREPARED = 500;

/**
 * A file of its own.
 * @param synchronous `off`: for what may be forgotten when the machine falls over (`fleeting.ts`)
 */
export function sqliteDialect(path: string, synchronous: 'full' | 'off'): Dialect {
	if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	const sqlite = new DatabaseSync(path);
	sqlite.exec(`
		pragma busy_timeout = ${BUSY_TIMEOUT_MS};
		pragma journal_mode = wal;
		pragma synchronous = ${synchronous};
		pragma foreign_keys = on;
		pragma cache_size = -${CACHE_KIB};
		pragma wal_autocheckpoint = ${CHECKPOINT_PAGES};
		pragma temp_store = memory;
	`);
	return new EmbeddedDialect({ database: adapt(sqlite) });
}

/** SQLite's changes of schema are part of a transaction: a migration that fails leaves nothing behind. */
class EmbeddedAdapter extends SqliteAdapter {
	override get supportsTransactionalDdl(): boolean {
		return true;
	}
}

class EmbeddedDialect extends SqliteDialect {
	override createAdapter(): SqliteAdapter {
		return new EmbeddedAdapter();
	}
}

/** node:sqlite in the shape that Kysely's dialect expects of a driver. */
function adapt(sqlite: DatabaseSync) {
	const prepared = new Map<string, ReturnType<typeof adaptStatement>>();
	return {
		close: () => sqlite.close(),
		prepare(sql: string) {
			const known = prepared.get(sql);
			if (known !== undefined) return known;
			const statement = adaptStatement(sqlite.prepare(sql === 'begin' ? 'begin immediate' : sql));
			if (prepared.size < MAX_PREPARED) prepared.set(sql, statement);
			return statement;
		},
	};
}

function adaptStatement(statement: StatementSync) {
	const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
	return {
		reader: statement.columns().length > 0,
		all: (parameters: readonly unknown[]) => reach(() => statement.all(...values(parameters))),
		run: (parameters: readonly unknown[]) => reach(() => statement.run(...values(parameters))),
		iterate: (parameters: readonly unknown[]) => statement.iterate(...values(parameters)),
	};
}

/** Result codes that say that the file cannot be reached now: busy, locked, read-only, disk, full, cannot open. */
const OUTAGES = [5, 6, 8, 10, 13, 14];

function reach<Result>(ask: () => Result): Result {
	try {
		return ask();
	} catch (error) {
		const { errcode } = error as { errcode?: number };
		if (errcode === undefined || !OUTAGES.includes(errcode & 0xff)) throw error;
		throw new Fault('database-unavailable', (error as Error).message, error);
	}
}
