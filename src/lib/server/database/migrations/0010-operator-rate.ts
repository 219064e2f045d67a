/** How fast an operator sells is looked at with every sale of theirs. */
import type { Kysely } from 'kysely';
import { index } from './table.ts';

export async function up(db: Kysely<never>): Promise<void> {
	await index(db, 'till_entry_by_operator', 'till_entry', ['operator_id', 'at_ms', 'kind']);
}
