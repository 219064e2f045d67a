/** Reminders that devices asked for: kept until they are sent. */
import type { Kysely } from 'kysely';
import { index, table } from './table.ts';

export async function up(db: Kysely<never>): Promise<void> {
	await table(db, 'reminder', ['id'], {
		id: 'text',
		utility_id: 'text',
		endpoint: 'text',
		endpoint_hash: 'text',
		p256dh: 'text',
		auth: 'text',
		due_at_ms: 'bigint',
		attempts: 'integer',
		next_attempt_at_ms: 'bigint',
		created_at_ms: 'bigint',
	}).execute();
	await index(db, 'reminder_by_attempt', 'reminder', ['next_attempt_at_ms']);
	await index(db, 'reminder_by_endpoint', 'reminder', ['endpoint_hash']);
}
