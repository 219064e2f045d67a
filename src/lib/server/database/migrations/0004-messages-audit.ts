/** What is told to customers' phones, what was done by whom, and which node issued when. */
import type { Kysely } from 'kysely';
import { guardsOf } from './guards.ts';
import { index, table } from './table.ts';

export async function up(db: Kysely<never>): Promise<void> {
	await table(db, 'message', ['id'], {
		id: 'text',
		utility_id: 'text',
		phone: 'text',
		template: 'text',
		subject_id: 'text',
		facts: 'text',
		language: 'text',
		state: 'text',
		state_at_ms: 'bigint',
		created_at_ms: 'bigint',
		attempts: 'integer',
		next_attempt_at_ms: 'bigint',
		provider_reference: 'text?',
	})
		.addUniqueConstraint('message_once', ['template', 'subject_id', 'phone'])
		.execute();
	await index(db, 'message_by_state', 'message', ['state', 'next_attempt_at_ms']);
	await index(db, 'message_by_reference', 'message', ['provider_reference']);
	await table(db, 'message_event', ['provider', 'event_id'], {
		provider: 'text',
		event_id: 'text',
		message_id: 'text',
		received_at_ms: 'bigint',
	}).execute();
	await table(db, 'sandbox_message', ['reference'], {
		reference: 'text',
		phone: 'text',
		text: 'text',
		sent_at_ms: 'bigint',
		state: 'text',
	}).execute();
	await index(db, 'sandbox_message_by_time', 'sandbox_message', ['sent_at_ms']);
	await table(db, 'audit_event', ['id'], {
		id: 'text',
		utility_id: 'text',
		at_ms: 'bigint',
		actor: 'text',
		origin: 'text',
		action: 'text',
		subject_kind: 'text',
		subject_id: 'text',
		facts: 'text',
	}).execute();
	await index(db, 'audit_event_by_subject', 'audit_event', ['subject_id', 'at_ms']);
	await index(db, 'audit_event_by_time', 'audit_event', ['utility_id', 'at_ms']);
	await table(db, 'audit_queue', ['event_id'], { event_id: 'text', utility_id: 'text' })
		.addForeignKeyConstraint('audit_queue_of_event', ['event_id'], 'audit_event', ['id'])
		.execute();
	await table(db, 'audit_seal', ['utility_id', 'sequence'], {
		utility_id: 'text',
		sequence: 'bigint',
		event_id: 'text',
		hash: 'text',
	})
		.addUniqueConstraint('audit_seal_event', ['event_id'])
		.addForeignKeyConstraint('audit_seal_of_event', ['event_id'], 'audit_event', ['id'])
		.execute();
	await table(db, 'audit_root', ['utility_id', 'date'], {
		utility_id: 'text',
		date: 'text',
		sequence: 'bigint',
		hash: 'text',
		signed_at_ms: 'bigint',
		public_key: 'text',
		signature: 'text',
	}).execute();
	await table(db, 'node_mark', ['node_id'], { node_id: 'text', at_ms: 'bigint' }).execute();
	const guards = guardsOf(db);
	await guards.finalButErasable('message', ['delivered', 'failed'], {
		column: 'phone',
		others: [
			...['id', 'utility_id', 'template', 'subject_id', 'facts', 'language', 'state'],
			...['state_at_ms', 'created_at_ms', 'attempts', 'next_attempt_at_ms', 'provider_reference'],
		],
	});
	await guards.appendOnly('message_event');
	await guards.appendOnly('audit_event');
	await guards.appendOnly('audit_seal');
	await guards.appendOnly('audit_root');
	await guards.strictlyRising('node_mark', ['node_id'], 'at_ms');
}
