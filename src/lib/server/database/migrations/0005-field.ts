/** Technicians' devices, what they take along, and what they bring back. */
import type { Kysely } from 'kysely';
import { guardsOf } from './guards.ts';
import { index, table } from './table.ts';

export async function up(db: Kysely<never>): Promise<void> {
	await makeDevices(db);
	await makeJobs(db);
	await makeJournal(db);
	const guards = guardsOf(db);
	await guards.frozenColumns('field_device', [
		...['id', 'utility_id', 'operator_id', 'name', 'signing_key', 'sealing_key'],
		...['content_hash', 'registered_at_ms'],
	]);
	await guards.finalStates('field_device', ['revoked']);
	await guards.strictlyRising('journal_head', ['device_id'], 'sequence');
	await guards.frozenColumns('job', [
		...['id', 'utility_id', 'operator_id', 'request', 'content_hash', 'pack_hours'],
		...['made_by', 'made_at_ms'],
	]);
	await guards.finalStates('job', ['done', 'cancelled']);
	await guards.appendOnly('journal_entry');
	await guards.appendOnly('journal_fork');
	await guards.frozenColumns('token_delivery', ['vend_id', 'sequence', 'utility_id', 'drn']);
	await guards.finalStates('token_delivery', ['delivered']);
}

async function makeDevices(db: Kysely<never>): Promise<void> {
	await table(db, 'field_device', ['id'], {
		id: 'text',
		utility_id: 'text',
		operator_id: 'text',
		name: 'text',
		signing_key: 'text',
		sealing_key: 'text',
		content_hash: 'text',
		registered_at_ms: 'bigint',
		state: 'text',
		ended_at_ms: 'bigint?',
	})
		.addForeignKeyConstraint('field_device_utility', ['utility_id'], 'utility', ['id'])
		.addForeignKeyConstraint('field_device_operator', ['operator_id'], 'operator', ['id'])
		.execute();
	await index(db, 'field_device_by_operator', 'field_device', ['operator_id', 'state']);
	await table(db, 'journal_head', ['device_id'], {
		device_id: 'text',
		sequence: 'bigint',
		hash: 'text',
	})
		.addForeignKeyConstraint('journal_head_device', ['device_id'], 'field_device', ['id'])
		.execute();
}

async function makeJobs(db: Kysely<never>): Promise<void> {
	await table(db, 'meter_association', ['drn'], {
		drn: 'text',
		utility_id: 'text',
		generation: 'integer',
		profile: 'text',
		sealed: 'text',
		set_by: 'text',
		set_at_ms: 'bigint',
		handed_out_at_ms: 'bigint?',
		packs: 'integer',
	})
		.addForeignKeyConstraint('meter_association_meter', ['drn'], 'meter', ['drn'])
		.addForeignKeyConstraint('meter_association_utility', ['utility_id'], 'utility', ['id'])
		.execute();
	await index(db, 'meter_association_by_handing_out', 'meter_association', [
		...['utility_id', 'handed_out_at_ms', 'drn'],
	]);
	await table(db, 'job', ['id'], {
		id: 'text',
		utility_id: 'text',
		operator_id: 'text',
		request: 'text',
		content_hash: 'text',
		pack_hours: 'integer',
		made_by: 'text',
		made_at_ms: 'bigint',
		state: 'text',
		packed_at_ms: 'bigint?',
		closed_by: 'text?',
		closed_at_ms: 'bigint?',
		closing_note: 'text?',
	})
		.addForeignKeyConstraint('job_utility', ['utility_id'], 'utility', ['id'])
		.addForeignKeyConstraint('job_operator', ['operator_id'], 'operator', ['id'])
		.execute();
	await index(db, 'job_by_operator', 'job', ['operator_id', 'state']);
	await index(db, 'job_by_utility', 'job', ['utility_id', 'id']);
	await table(db, 'job_pack', ['id'], {
		id: 'text',
		utility_id: 'text',
		device_id: 'text',
		operator_id: 'text',
		issued_at_ms: 'bigint',
		valid_until_ms: 'bigint',
		jobs: 'text',
		drns: 'text',
		vends: 'text',
	})
		.addForeignKeyConstraint('job_pack_device', ['device_id'], 'field_device', ['id'])
		.execute();
	await index(db, 'job_pack_by_device', 'job_pack', ['device_id', 'valid_until_ms']);
	await index(db, 'job_pack_by_time', 'job_pack', ['valid_until_ms']);
}

async function makeJournal(db: Kysely<never>): Promise<void> {
	await table(db, 'journal_entry', ['id'], {
		id: 'text',
		utility_id: 'text',
		device_id: 'text',
		sequence: 'bigint',
		hash: 'text',
		operator_id: 'text',
		job_id: 'text?',
		drn: 'text?',
		vend_id: 'text?',
		kind: 'text',
		at_ms: 'bigint',
		offset_ms: 'bigint?',
		accepted_at_ms: 'bigint',
		findings: 'text',
		entry: 'text',
	})
		.addUniqueConstraint('journal_entry_place', ['device_id', 'sequence'])
		.addForeignKeyConstraint('journal_entry_device', ['device_id'], 'field_device', ['id'])
		.execute();
	await index(db, 'journal_entry_by_id', 'journal_entry', ['utility_id', 'id']);
	await index(db, 'journal_entry_by_meter', 'journal_entry', ['drn', 'id']);
	await index(db, 'journal_entry_by_vend', 'journal_entry', ['vend_id', 'id']);
	await table(db, 'journal_fork', ['device_id'], {
		device_id: 'text',
		utility_id: 'text',
		sequence: 'bigint',
		known_hash: 'text',
		other_id: 'text',
		other_hash: 'text',
		other_kind: 'text',
		other_entry: 'text',
		at_ms: 'bigint',
	})
		.addForeignKeyConstraint('journal_fork_device', ['device_id'], 'field_device', ['id'])
		.execute();
	await index(db, 'journal_fork_by_time', 'journal_fork', ['utility_id', 'at_ms']);
	await table(db, 'token_delivery', ['vend_id', 'sequence'], {
		vend_id: 'text',
		sequence: 'integer',
		utility_id: 'text',
		drn: 'text',
		state: 'text',
		entry_id: 'text',
		at_ms: 'bigint',
	})
		.addForeignKeyConstraint('token_delivery_token', ['vend_id', 'sequence'], 'vend_token', [
			...['vend_id', 'sequence'],
		])
		.execute();
	await index(db, 'token_delivery_by_meter', 'token_delivery', ['drn']);
}
