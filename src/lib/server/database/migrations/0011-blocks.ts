/** Why a meter is not sold to, or sold to again: who decided it and when. The state itself stays in the meter's row. */
import type { Kysely } from 'kysely';
import { guardsOf } from './guards.ts';
import { index, table } from './table.ts';

export async function up(db: Kysely<never>): Promise<void> {
	await table(db, 'block_decision', ['id'], {
		id: 'text',
		utility_id: 'text',
		drn: 'text',
		sequence: 'integer',
		deed: 'text',
		reason: 'text',
		note: 'text',
		made_by: 'text',
		agreed_by: 'text?',
		at_ms: 'bigint',
		content_hash: 'text',
	})
		.addUniqueConstraint('block_decision_order', ['drn', 'sequence'])
		.addForeignKeyConstraint('block_decision_meter', ['drn'], 'meter', ['drn'])
		.addForeignKeyConstraint('block_decision_utility', ['utility_id'], 'utility', ['id'])
		.execute();
	await index(db, 'meter_by_state', 'meter', ['utility_id', 'state', 'drn']);
	await guardsOf(db).appendOnly('block_decision');
}
