/** Statements by somebody who has taken the guards off the database: what a close must bring to light. */
import { DatabaseSync } from 'node:sqlite';
import { askPostgres } from '../../harness/postgres.ts';
import type { Shop } from './shop.ts';
import { ON_POSTGRES } from './test-database.ts';

export async function tamper({ place }: Shop, ...statements: string[]): Promise<void> {
	if (ON_POSTGRES)
		await askPostgres(place, [`set session_replication_role = replica`, ...statements].join(';\n'));
	else tamperWithFile(place, statements);
}

function tamperWithFile(path: string, statements: readonly string[]): void {
	const hand = new DatabaseSync(path);
	hand.exec('pragma foreign_keys = off');
	const triggers = hand.prepare(`select name from sqlite_master where type = 'trigger'`).all();
	for (const { name } of triggers) hand.exec(`drop trigger "${String(name)}"`);
	for (const statement of statements) hand.exec(statement);
	hand.close();
}
