/**
 * Brings a database to the present schema. The steps are a list in code, not a folder that is looked
 * through, so that they are the same in plain Node and inside the built server.
 */
import { Migrator, type Migration } from 'kysely/migration';
import type { Database } from './open.ts';
import * as sales from './migrations/0001-sales.ts';
import * as vendors from './migrations/0002-vendors.ts';
import * as access from './migrations/0003-access.ts';
import * as messagesAudit from './migrations/0004-messages-audit.ts';

/**
 * Forward only, and each so that the release before it can go on working beside: tables and columns are
 * added, never taken away or given another meaning.
 */
const MIGRATIONS: Record<string, Migration> = {
	'0001-sales': sales,
	'0002-vendors': vendors,
	'0003-access': access,
	'0004-messages-audit': messagesAudit,
};

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
