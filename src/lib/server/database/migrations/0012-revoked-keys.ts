/** The keys of tills that were revoked: known for what they are when another device has taken the till's place. */
import type { Kysely } from 'kysely';
import { guardsOf } from './guards.ts';
import { index, table } from './table.ts';

export async function up(db: Kysely<never>): Promise<void> {
	await table(db, 'revoked_key', ['id'], {
		id: 'text',
		utility_id: 'text',
		terminal_id: 'text',
		public_key: 'text',
		at_ms: 'bigint',
	})
		.addForeignKeyConstraint('revoked_key_terminal', ['terminal_id'], 'terminal', ['id'])
		.execute();
	await index(db, 'revoked_key_by_terminal', 'revoked_key', ['terminal_id', 'at_ms', 'id']);
	await guardsOf(db).appendOnly('revoked_key');
}
