/**
 * Whoever changes what belongs to one meter (its account, its TIDs, its vends) first takes the meter, so
 * that two nodes never decide on the same facts. SQLite needs no more than its one writer.
 */
import { isPostgres } from './dialect.ts';
import type { Write } from './open.ts';

export async function lockMeter(write: Write, drn: string): Promise<void> {
	if (!isPostgres(write)) return;
	await write.selectFrom('meter').select('drn').where('drn', '=', drn).forUpdate().execute();
}
