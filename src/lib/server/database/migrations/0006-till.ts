/** Tills that sell without a network: their journals, what the office lets them do, claims, sealed tokens. */
import type { Kysely } from 'kysely';
import { guardsOf } from './guards.ts';
import { index, table } from './table.ts';

export async function up(db: Kysely<never>): Promise<void> {
	await widenTerminal(db);
	await makeTerms(db);
	await makeJournal(db);
	await makeClaims(db);
	await makeReserve(db);
	const guards = guardsOf(db);
	await guards.strictlyRising('till_head', ['device_id'], 'sequence');
	for (const name of ['till_entry', 'till_outcome', 'till_missing', 'till_alarm', 'claim'])
		await guards.appendOnly(name);
	for (const name of ['reserve', 'reserve_seal', 'reserve_end']) await guards.appendOnly(name);
}

async function widenTerminal(db: Kysely<never>): Promise<void> {
	for (const name of ['device_id', 'sealing_key', 'journal_state'])
		await db.schema.alterTable('terminal').addColumn(name, 'text').execute();
}

async function makeTerms(db: Kysely<never>): Promise<void> {
	await table(db, 'offline_terms', ['vendor_id', 'set_at_ms'], {
		vendor_id: 'text',
		utility_id: 'text',
		terms: 'text',
		set_by: 'text',
		set_at_ms: 'bigint',
	})
		.addForeignKeyConstraint('offline_terms_vendor', ['vendor_id'], 'vendor', ['id'])
		.execute();
}

async function makeJournal(db: Kysely<never>): Promise<void> {
	await table(db, 'till_head', ['device_id'], {
		device_id: 'text',
		utility_id: 'text',
		terminal_id: 'text',
		signing_key: 'text',
		sequence: 'bigint',
		hash: 'text',
	})
		.addForeignKeyConstraint('till_head_terminal', ['terminal_id'], 'terminal', ['id'])
		.execute();
	await index(db, 'till_head_by_terminal', 'till_head', ['terminal_id']);
	await table(db, 'till_entry', ['id'], {
		id: 'text',
		utility_id: 'text',
		vendor_id: 'text',
		terminal_id: 'text',
		device_id: 'text',
		sequence: 'bigint',
		hash: 'text',
		kind: 'text',
		subject_id: 'text?',
		operator_id: 'text',
		at_ms: 'bigint',
		offset_ms: 'bigint?',
		taken_at_ms: 'bigint',
		known_sequence: 'bigint',
		provisional_count: 'bigint',
		provisional_minor: 'bigint',
		entry: 'text',
	})
		.addUniqueConstraint('till_entry_place', ['device_id', 'sequence'])
		.addForeignKeyConstraint('till_entry_head', ['device_id'], 'till_head', ['device_id'])
		.execute();
	await index(db, 'till_entry_by_subject', 'till_entry', ['subject_id', 'kind']);
	await index(db, 'till_entry_by_terminal', 'till_entry', ['terminal_id', 'taken_at_ms']);
	await table(db, 'till_outcome', ['entry_id'], {
		entry_id: 'text',
		state: 'text',
		code: 'text?',
		at_ms: 'bigint',
	})
		.addForeignKeyConstraint('till_outcome_entry', ['entry_id'], 'till_entry', ['id'])
		.execute();
	await table(db, 'till_unsettled', ['entry_id'], {
		entry_id: 'text',
		sequence: 'bigint',
		tries: 'integer',
		due_at_ms: 'bigint',
	})
		.addForeignKeyConstraint('till_unsettled_entry', ['entry_id'], 'till_entry', ['id'])
		.execute();
	await index(db, 'till_unsettled_by_due', 'till_unsettled', ['due_at_ms', 'sequence']);
	await table(db, 'till_missing', ['device_id', 'sequence'], {
		device_id: 'text',
		sequence: 'bigint',
		hash: 'text',
		told_at_ms: 'bigint',
	}).execute();
	await table(db, 'till_alarm', ['id'], {
		id: 'text',
		utility_id: 'text',
		vendor_id: 'text',
		terminal_id: 'text',
		device_id: 'text',
		kind: 'text',
		sequence: 'bigint',
		entry_id: 'text?',
		entry: 'text?',
		facts: 'text',
		at_ms: 'bigint',
	}).execute();
	await index(db, 'till_alarm_by_utility', 'till_alarm', ['utility_id', 'at_ms', 'id']);
	await index(db, 'till_alarm_by_device', 'till_alarm', ['device_id', 'kind', 'sequence']);
}

async function makeClaims(db: Kysely<never>): Promise<void> {
	await table(db, 'claim', ['sale_id'], {
		sale_id: 'text',
		utility_id: 'text',
		drn: 'text',
		code_hash: 'text',
		amount_minor: 'bigint',
		at_ms: 'bigint',
	}).execute();
	await index(db, 'claim_by_meter', 'claim', ['utility_id', 'drn', 'code_hash']);
}

async function makeReserve(db: Kysely<never>): Promise<void> {
	await table(db, 'reserve', ['vend_id'], {
		vend_id: 'text',
		utility_id: 'text',
		vendor_id: 'text',
		terminal_id: 'text',
		device_id: 'text',
		drn: 'text',
		denomination_minor: 'bigint',
		issued_at_ms: 'bigint',
		expires_at_ms: 'bigint',
	}).execute();
	await index(db, 'reserve_by_vendor', 'reserve', ['vendor_id', 'expires_at_ms']);
	await index(db, 'reserve_by_device', 'reserve', ['device_id']);
	await index(db, 'reserve_by_utility', 'reserve', ['utility_id', 'vend_id']);
	await table(db, 'reserve_seal', ['vend_id'], {
		vend_id: 'text',
		sealed: 'text',
	})
		.addForeignKeyConstraint('reserve_seal_reserve', ['vend_id'], 'reserve', ['vend_id'])
		.execute();
	await table(db, 'reserve_end', ['vend_id', 'state'], {
		vend_id: 'text',
		state: 'text',
		entry_id: 'text?',
		shift_batch_id: 'text?',
		operator_id: 'text?',
		tender: 'text?',
		at_ms: 'bigint',
	})
		.addForeignKeyConstraint('reserve_end_reserve', ['vend_id'], 'reserve', ['vend_id'])
		.execute();
	await index(db, 'reserve_end_by_shift', 'reserve_end', ['shift_batch_id']);
}
