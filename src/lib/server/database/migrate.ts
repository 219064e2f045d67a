/**
 * Brings a database to the present schema. The steps are a list in code, not a folder that is looked
 * through, so that they are the same in plain Node and inside the built server.
 */
import { Migrator, type Migration } from 'kysely/migration';
import type { Database } from './open.ts';
import * as first from './migrations/0001-first.ts';

const MIGRATIONS: Record<string, Migration> = { '0001-first': first };

/** Runs the steps that are missing; answers how many there were. @throws when one fails: nothing of it stays */
export async function migrate(database: Database): Promise<number> {
	const migrator = new Migrator({
		db: database,
		provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
	});
	const { error, results } = await migrator.migrateToLatest();
	if (error !== undefined) throw error;
	return results?.length ?? 0;
}
