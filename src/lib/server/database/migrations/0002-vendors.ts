/** Who sells for the utility: vendors with a float, their terminals, their batches, the office's daily close. */
import type { Kysely } from 'kysely';
import { guardsOf } from './guards.ts';
import { index, table } from './table.ts';

export async function up(db: Kysely<never>): Promise<void> {
	await table(db, 'vendor', ['id'], {
		id: 'text',
		utility_id: 'text',
		name: 'text',
		state: 'text',
		float_minor: 'bigint',
		credit_limit_minor: 'bigint',
		commission_basis_points: 'integer',
		blind_vend: 'integer',
	})
		.addForeignKeyConstraint('vendor_utility', ['utility_id'], 'utility', ['id'])
		.execute();
	await table(db, 'terminal', ['id'], {
		id: 'text',
		utility_id: 'text',
		vendor_id: 'text',
		name: 'text',
		state: 'text',
		enrolment_code_hash: 'text?',
		enrolment_expires_at_ms: 'bigint?',
		public_key: 'text?',
		enrolled_at_ms: 'bigint?',
	})
		.addUniqueConstraint('terminal_enrolment_code', ['enrolment_code_hash'])
		.addForeignKeyConstraint('terminal_vendor', ['vendor_id'], 'vendor', ['id'])
		.execute();
	await table(db, 'batch', ['id'], {
		id: 'text',
		utility_id: 'text',
		vendor_id: 'text',
		terminal_id: 'text?',
		kind: 'text',
		parent_id: 'text?',
		content_hash: 'text',
		state: 'text',
		opened_at_ms: 'bigint',
		opened_by: 'text',
		operator_id: 'text?',
		closing_hash: 'text?',
		closed_at_ms: 'bigint?',
		closed_by: 'text?',
		totals: 'text?',
	})
		.addForeignKeyConstraint('batch_vendor', ['vendor_id'], 'vendor', ['id'])
		.execute();
	await index(db, 'batch_by_vendor', 'batch', ['vendor_id', 'kind', 'state']);
	await index(db, 'batch_by_parent', 'batch', ['parent_id']);
	// A terminal has one shift at a time.
	await db.schema
		.createIndex('batch_one_open_shift')
		.on('batch')
		.column('terminal_id')
		.unique()
		.where('state' as never, '=', 'open' as never)
		.execute();
	await table(db, 'deposit', ['id'], {
		id: 'text',
		utility_id: 'text',
		vendor_id: 'text',
		amount_minor: 'bigint',
		currency: 'text',
		banking_reference: 'text',
		batch_id: 'text?',
		content_hash: 'text',
		made_by: 'text',
		at_ms: 'bigint',
	})
		.addUniqueConstraint('deposit_reference', ['utility_id', 'banking_reference'])
		.addForeignKeyConstraint('deposit_vendor', ['vendor_id'], 'vendor', ['id'])
		.execute();
	await table(db, 'commission_settlement', ['id'], {
		id: 'text',
		utility_id: 'text',
		vendor_id: 'text',
		amount_minor: 'bigint',
		currency: 'text',
		paid_to: 'text',
		reference: 'text',
		content_hash: 'text',
		made_by: 'text',
		at_ms: 'bigint',
	})
		.addForeignKeyConstraint('commission_settlement_vendor', ['vendor_id'], 'vendor', ['id'])
		.execute();
	// What is owed for a vend, or came in for one that was over, is settled once.
	await table(db, 'refund', ['id'], {
		id: 'text',
		utility_id: 'text',
		owed_as: 'text',
		subject_id: 'text',
		way: 'text',
		drn: 'text?',
		reference: 'text',
		amount_minor: 'bigint',
		currency: 'text',
		content_hash: 'text',
		made_by: 'text',
		at_ms: 'bigint',
	})
		.addUniqueConstraint('refund_once', ['owed_as', 'subject_id'])
		.addForeignKeyConstraint('refund_utility', ['utility_id'], 'utility', ['id'])
		.execute();
	await table(db, 'arrears_adjustment', ['id'], {
		id: 'text',
		utility_id: 'text',
		drn: 'text',
		amount_minor: 'bigint',
		currency: 'text',
		reason: 'text',
		content_hash: 'text',
		made_by: 'text',
		at_ms: 'bigint',
	})
		.addForeignKeyConstraint('arrears_adjustment_meter', ['drn'], 'meter', ['drn'])
		.addForeignKeyConstraint('arrears_adjustment_utility', ['utility_id'], 'utility', ['id'])
		.execute();
	await table(db, 'daily_close', ['utility_id', 'date'], {
		utility_id: 'text',
		date: 'text',
		closed_at_ms: 'bigint',
		closed_by: 'text',
		requests: 'bigint?',
		unfinished: 'integer',
		report: 'text',
	}).execute();
	const guards = guardsOf(db);
	await guards.finalStates('batch', ['closed']);
	await guards.frozenColumns('batch', [
		...['id', 'utility_id', 'vendor_id', 'terminal_id', 'kind', 'content_hash'],
		...['opened_at_ms', 'opened_by', 'operator_id', 'parent_id'],
	]);
	await guards.appendOnly('deposit');
	await guards.appendOnly('commission_settlement');
	await guards.appendOnly('refund');
	await guards.appendOnly('arrears_adjustment');
	await guards.appendOnly('daily_close');
}
