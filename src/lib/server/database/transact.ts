/** Every write of the backend goes through here: all of it or nothing, on the disk before it is answered. */
import type { Database, Write } from './open.ts';
import type { Tables } from './schema.ts';
import { OpenedDatabase } from './transactions.ts';

/**
 * Runs `work` in one transaction. It may be run again from its beginning when the database asks for that
 * (two nodes wanted the same row), so it does nothing but read and write through `write`.
 */
export async function transact<Result>(
	database: Database,
	work: (write: Write) => Promise<Result>,
): Promise<Result> {
	if (!(database instanceof OpenedDatabase))
		throw new TypeError('only a database that openDatabase gave has transactions');
	return await (database as OpenedDatabase<Tables>).transactions.run(work);
}
