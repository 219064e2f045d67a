/** Free basic electricity from a consumer's own phone: whether a utility gives it so, and to whom. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
	// What was so before this step: whoever shows that the account's phone is theirs.
	await db.schema
		.alterTable('utility')
		.addColumn('fbe_by_app', 'text', (column) => column.notNull().defaultTo('owner'))
		.execute();
}
