/** The few places in which the two databases differ ask here which one they speak to. */
import { PostgresAdapter, type Kysely } from 'kysely';

export function isPostgres(database: Pick<Kysely<never>, 'getExecutor'>): boolean {
	return database.getExecutor().adapter instanceof PostgresAdapter;
}
