/** Opens the database, whichever of the two it is: the embedded one (SQLite) or a PostgreSQL server. */
import type { Kysely, Transaction } from 'kysely';
import { isServer } from './place.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './schema.ts';

export type Database = Kysely<Tables>;
/** Inside `transact`: all or nothing. */
export type Write = Transaction<Tables>;

/**
 * @param place path of the SQLite file, made with its folder when missing (`:memory:` for one that is
 * forgotten), or a `postgres://` URL; a server is first spoken to with the first question
 */
export function openDatabase(place: string): Database {
	return isServer(place) ? openPostgres<Tables>(place) : openSqlite<Tables>(place, 'full');
}
