/** Opens the database, whichever of the two it is: the embedded one (SQLite) or a PostgreSQL server. */
import type { Kysely, Transaction } from 'kysely';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './schema.ts';

export type Database = Kysely<Tables>;
/** Inside `transact`: all or nothing. */
export type Write = Transaction<Tables>;

const POSTGRES_URL = /^postgres(ql)?:\/\//;

/** Whether a place is a server that several machines reach, rather than a file. */
export function isServer(place: string): boolean {
	return POSTGRES_URL.test(place);
}

/**
 * @param place path of the SQLite file, made with its folder when missing (`:memory:` for one that is
 * forgotten), or a `postgres://` URL; a server is first spoken to with the first question
 */
export function openDatabase(place: string): Database {
	return isServer(place) ? openPostgres<Tables>(place) : openSqlite<Tables>(place, 'full');
}
