/** Opens the database, whichever of the two it is: the embedded one (SQLite) or a PostgreSQL server. */
import type { Kysely, Transaction } from 'kysely';
import { isServer } from './place.ts';
import { postgresDialect } from './postgres.ts';
import { Retried } from './retried.ts';
import { GroupCommit } from './group-commit.ts';
import { sqliteDialect } from './sqlite.ts';
import { OpenedDatabase } from './transactions.ts';
import type { Tables } from './schema.ts';

export type Database = Kysely<Tables>;
/** Inside `transact`: all or nothing. */
export type Write = Transaction<Tables>;

/**
 * @param place path of the SQLite file, made with its folder when missing (`:memory:` for one that is
 * forgotten), or a `postgres://` URL; a server is first spoken to with the first question
 */
export function openDatabase(place: string): Database {
	return isServer(place)
		? new OpenedDatabase<Tables>(postgresDialect(place), (database) => new Retried(database))
		: new OpenedDatabase<Tables>(
				sqliteDialect(place, 'full'),
				(database) => new GroupCommit(database),
			);
}
