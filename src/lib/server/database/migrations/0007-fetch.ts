/** Where the money is after a payment has ended, and purchases that are fetched again by phone and meter. */
import type { Kysely } from 'kysely';
import { guardsOf } from './guards.ts';
import { index, table } from './table.ts';

export async function up(db: Kysely<never>): Promise<void> {
	await table(db, 'payment_movement', ['id'], {
		id: 'text',
		payment_id: 'text',
		amount_minor: 'bigint',
		currency: 'text',
		at_ms: 'bigint',
	})
		.addForeignKeyConstraint('payment_movement_of_payment', ['payment_id'], 'payment', ['id'])
		.execute();
	await index(db, 'payment_movement_by_payment', 'payment_movement', ['payment_id']);
	await table(db, 'payment_watch', ['payment_id'], {
		payment_id: 'text',
		looks: 'integer',
		next_look_at_ms: 'bigint',
	})
		.addForeignKeyConstraint('payment_watch_of_payment', ['payment_id'], 'payment', ['id'])
		.execute();
	await index(db, 'payment_watch_by_due', 'payment_watch', ['next_look_at_ms']);
	await table(db, 'fetch_code', ['id'], {
		id: 'text',
		utility_id: 'text',
		pair_hash: 'text',
		attempts: 'integer',
		expires_at_ms: 'bigint',
		used_at_ms: 'bigint?',
	}).execute();
	await index(db, 'fetch_code_by_pair', 'fetch_code', ['pair_hash', 'expires_at_ms']);
	await index(db, 'fetch_code_by_expiry', 'fetch_code', ['expires_at_ms']);
	await widenSandboxCharge(db);
	await guardsOf(db).appendOnly('payment_movement');
}

/** More endings to try out. */
async function widenSandboxCharge(db: Kysely<never>): Promise<void> {
	for (const name of ['paid_again_at_ms', 'taken_back_at_ms'])
		await db.schema.alterTable('sandbox_charge').addColumn(name, 'bigint').execute();
	await db.schema.alterTable('sandbox_charge').addColumn('paid_currency', 'text').execute();
}
