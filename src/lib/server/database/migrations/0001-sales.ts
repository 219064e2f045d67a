/**
 * Who is sold to, sales, payments and the books. What the tables hold is said in ../schema.ts; what may
 * happen to a row, in ./guards.ts.
 */
import type { Kysely } from 'kysely';
import { guardsOf } from './guards.ts';
import { index, table } from './table.ts';

export async function up(db: Kysely<never>): Promise<void> {
	await estate(db);
	await sales(db);
	await payments(db);
	await ledger(db);
}

/** Who is sold to, under which key, at which price. */
async function estate(db: Kysely<never>): Promise<void> {
	await table(db, 'utility', ['id'], {
		id: 'text',
		name: 'text',
		address: 'text',
		vat_number: 'text',
		help_line: 'text',
		currency_code: 'text',
		currency_minor_digits: 'integer',
		time_zone: 'text',
		min_tender_minor: 'bigint',
		max_tender_minor: 'bigint',
		host_name: 'text?',
		key_change_policy: 'text',
		fbe_counts_in_blocks: 'integer',
	})
		.addUniqueConstraint('utility_host_name', ['host_name'])
		.execute();
	await table(db, 'supply_group', ['sgc'], {
		sgc: 'text',
		utility_id: 'text',
		name: 'text',
		current_krn: 'integer',
		blind_tariff_id: 'text?',
	})
		.addForeignKeyConstraint('supply_group_utility', ['utility_id'], 'utility', ['id'])
		.execute();
	await table(db, 'supply_group_key', ['sgc', 'krn'], {
		sgc: 'text',
		krn: 'integer',
		utility_id: 'text',
		base_year: 'integer',
		ken: 'integer',
		dkga: 'integer',
		kt: 'integer',
		slot: 'text',
		public_test: 'integer',
		active_from_ms: 'bigint',
		issue_until_ms: 'bigint?',
		unit_limit_deci_kwh: 'bigint?',
	})
		.addForeignKeyConstraint('supply_group_key_group', ['sgc'], 'supply_group', ['sgc'])
		.addForeignKeyConstraint('supply_group_key_utility', ['utility_id'], 'utility', ['id'])
		.execute();
	await table(db, 'tariff', ['id', 'version'], {
		id: 'text',
		version: 'integer',
		utility_id: 'text',
		valid_from_ms: 'bigint',
		definition: 'text',
	})
		.addForeignKeyConstraint('tariff_utility', ['utility_id'], 'utility', ['id'])
		.execute();
	await table(db, 'customer', ['id'], {
		id: 'text',
		utility_id: 'text',
		name: 'text',
		phone: 'text?',
		address: 'text',
		account_number: 'text',
	})
		.addForeignKeyConstraint('customer_utility', ['utility_id'], 'utility', ['id'])
		.execute();
	await index(db, 'customer_by_phone', 'customer', ['utility_id', 'phone']);
	await table(db, 'meter', ['drn'], {
		drn: 'text',
		utility_id: 'text',
		customer_id: 'text',
		area: 'text',
		label: 'text',
		state: 'text',
		tariff_id: 'text',
		sgc: 'text',
		krn: 'integer',
		ti: 'text',
		next_sgc: 'text?',
		next_ti: 'text?',
		ea: 'integer',
		tct: 'text',
		takes_three_kct: 'integer',
		resource: 'text',
		phases: 'integer',
		dlms_profile: 'text?',
		manufactured_at_ms: 'bigint',
	})
		.addForeignKeyConstraint('meter_utility', ['utility_id'], 'utility', ['id'])
		.addForeignKeyConstraint('meter_customer', ['customer_id'], 'customer', ['id'])
		.execute();
	await index(db, 'meter_by_customer', 'meter', ['customer_id']);
	await index(db, 'meter_by_sgc', 'meter', ['sgc', 'krn']);
	await table(db, 'virtual_meter', ['drn'], {
		drn: 'text',
		sgc: 'text',
		krn: 'integer',
		ti: 'text',
	})
		.addForeignKeyConstraint('virtual_meter_of', ['drn'], 'meter', ['drn'])
		.addForeignKeyConstraint('virtual_meter_key', ['sgc', 'krn'], 'supply_group_key', [
			'sgc',
			'krn',
		])
		.execute();
	await table(db, 'account', ['drn'], {
		drn: 'text',
		month: 'text',
		bought_deci_kwh: 'bigint',
		fixed_charge_due: 'integer',
		arrears_minor: 'bigint',
		left_over_minor: 'bigint',
		arrears_plan: 'text?',
		arrears_paid_minor: 'bigint',
		fbe_deci_kwh: 'bigint',
		fbe_month: 'text?',
		last_vend_id: 'text?',
	})
		.addForeignKeyConstraint('account_meter', ['drn'], 'meter', ['drn'])
		.execute();
	await guardsOf(db).appendOnly('tariff');
	await guardsOf(db).appendOnly('virtual_meter');
}

async function sales(db: Kysely<never>): Promise<void> {
	await table(db, 'vend', ['id'], {
		id: 'text',
		utility_id: 'text',
		kind: 'text',
		funding: 'text',
		drn: 'text',
		payment_id: 'text?',
		vendor_id: 'text?',
		terminal_id: 'text?',
		operator_id: 'text?',
		shift_batch_id: 'text?',
		approval_id: 'text?',
		amount_minor: 'bigint',
		currency: 'text',
		pay_type: 'text?',
		content_hash: 'text',
		request: 'text',
		quoted_waterfall: 'text',
		accepted_at_ms: 'bigint',
		issuing_point: 'text',
		notify_phone: 'text?',
		state: 'text',
		state_at_ms: 'bigint',
		issue_order: 'text?',
		tid: 'integer?',
		base_year: 'integer?',
		receipt_number: 'bigint?',
		answer: 'text?',
		released_at_ms: 'bigint?',
	})
		.addUniqueConstraint('vend_payment', ['payment_id'])
		.addUniqueConstraint('vend_approval', ['approval_id'])
		.addUniqueConstraint('vend_tid', ['drn', 'base_year', 'tid'])
		.addUniqueConstraint('vend_receipt', ['utility_id', 'issuing_point', 'receipt_number'])
		.addForeignKeyConstraint('vend_meter', ['drn'], 'meter', ['drn'])
		.execute();
	await index(db, 'vend_by_state', 'vend', ['state', 'state_at_ms']);
	await index(db, 'vend_by_meter', 'vend', ['drn', 'accepted_at_ms']);
	await index(db, 'vend_by_vendor', 'vend', ['vendor_id', 'accepted_at_ms']);
	await index(db, 'vend_by_shift', 'vend', ['shift_batch_id']);
	await index(db, 'vend_by_phone', 'vend', ['notify_phone', 'accepted_at_ms']);
	await index(db, 'vend_by_utility', 'vend', ['utility_id', 'state_at_ms']);
	await db.schema
		.createIndex('vend_by_terminal')
		.on('vend')
		.columns(['terminal_id', 'accepted_at_ms'])
		.where('terminal_id' as never, 'is not', null)
		.execute();
	// One at a time per meter: each is priced on the account as the one before it left it.
	await db.schema
		.createIndex('vend_one_issuing_per_meter')
		.on('vend')
		.column('drn')
		.unique()
		.where('state' as never, '=', 'issuing' as never)
		.execute();
	// Those that wait behind it, in their order.
	await db.schema
		.createIndex('vend_waiting_per_meter')
		.on('vend')
		.columns(['drn', 'state_at_ms', 'id'])
		.where('state' as never, '=', 'paid' as never)
		.execute();
	await table(db, 'vend_token', ['vend_id', 'sequence'], {
		vend_id: 'text',
		sequence: 'integer',
		kind: 'text',
		drn: 'text',
		sgc: 'text',
		krn: 'integer',
		base_year: 'integer?',
		tid: 'integer?',
		digits: 'text',
		energy_deci_kwh: 'bigint',
		made_at_ms: 'bigint',
	})
		.addUniqueConstraint('vend_token_tid', ['drn', 'base_year', 'tid'])
		.addForeignKeyConstraint('vend_token_vend', ['vend_id'], 'vend', ['id'])
		.execute();
	await index(db, 'vend_token_by_digits', 'vend_token', ['digits']);
	await index(db, 'vend_token_by_time', 'vend_token', ['made_at_ms']);
	await table(db, 'tid_high_water', ['drn', 'base_year'], {
		drn: 'text',
		base_year: 'integer',
		last_tid: 'integer',
	}).execute();
	await table(db, 'tid_floor', ['id'], { id: 'integer', not_before_ms: 'bigint' }).execute();
	await table(db, 'receipt_counter', ['issuing_point'], {
		issuing_point: 'text',
		last_number: 'bigint',
	}).execute();
	await table(db, 'reprint', ['id'], {
		id: 'text',
		vend_id: 'text',
		utility_id: 'text',
		copy: 'integer',
		terminal_id: 'text?',
		operator_id: 'text?',
		at_ms: 'bigint',
	})
		.addUniqueConstraint('reprint_copy', ['vend_id', 'copy'])
		.addForeignKeyConstraint('reprint_of_vend', ['vend_id'], 'vend', ['id'])
		.execute();
	const guards = guardsOf(db);
	await guards.frozenColumns('vend', [
		...['id', 'utility_id', 'kind', 'funding', 'drn', 'payment_id', 'vendor_id', 'terminal_id'],
		...['operator_id', 'shift_batch_id', 'approval_id', 'amount_minor', 'currency', 'pay_type'],
		...['content_hash', 'request', 'quoted_waterfall', 'accepted_at_ms', 'issuing_point'],
		'notify_phone',
	]);
	await guards.finalStates('vend', ['refused', 'reversed']);
	await guards.issuedVendStays();
	await guards.setOnce('vend', [
		...['issue_order', 'tid', 'base_year', 'receipt_number', 'released_at_ms'],
	]);
	await guards.appendOnly('vend_token');
	await guards.appendOnly('reprint');
	await guards.strictlyRising('tid_high_water', ['drn', 'base_year'], 'last_tid');
	await guards.strictlyRising('tid_floor', ['id'], 'not_before_ms');
	await guards.strictlyRising('receipt_counter', ['issuing_point'], 'last_number');
}

async function payments(db: Kysely<never>): Promise<void> {
	await table(db, 'payment', ['id'], {
		id: 'text',
		utility_id: 'text',
		vend_id: 'text',
		amount_minor: 'bigint',
		currency: 'text',
		method: 'text',
		content_hash: 'text',
		created_at_ms: 'bigint',
		expires_at_ms: 'bigint',
		state: 'text',
		state_at_ms: 'bigint',
		attempts: 'integer',
		next_look_at_ms: 'bigint',
	})
		.addUniqueConstraint('payment_vend', ['vend_id'])
		.addForeignKeyConstraint('payment_of_vend', ['vend_id'], 'vend', ['id'])
		.execute();
	await index(db, 'payment_by_state', 'payment', ['state', 'next_look_at_ms']);
	await table(db, 'payment_event', ['provider', 'event_id'], {
		provider: 'text',
		event_id: 'text',
		payment_id: 'text',
		received_at_ms: 'bigint',
	}).execute();
	await table(db, 'sandbox_charge', ['reference'], {
		reference: 'text',
		payee: 'text',
		description: 'text',
		amount_minor: 'bigint',
		currency: 'text',
		currency_minor_digits: 'integer',
		return_path: 'text',
		expires_at_ms: 'bigint',
		state: 'text',
		effective_at_ms: 'bigint',
		failure: 'text?',
		turns_approved_at_ms: 'bigint?',
		paid_minor: 'bigint?',
	}).execute();
	await table(db, 'sandbox_notice', ['event_id'], {
		event_id: 'text',
		provider: 'text',
		reference: 'text',
		due_at_ms: 'bigint',
		attempts: 'integer',
		taken_at_ms: 'bigint?',
	}).execute();
	await index(db, 'sandbox_notice_by_due', 'sandbox_notice', ['taken_at_ms', 'due_at_ms']);
	const guards = guardsOf(db);
	await guards.frozenColumns('payment', [
		...['id', 'utility_id', 'vend_id', 'amount_minor', 'currency', 'method', 'content_hash'],
		'created_at_ms',
	]);
	await guards.finalStates('payment', ['paid', 'failed', 'expired']);
	await guards.appendOnly('payment_event');
}

async function ledger(db: Kysely<never>): Promise<void> {
	await table(db, 'ledger_account', ['id'], {
		id: 'text',
		utility_id: 'text',
		kind: 'text',
	}).execute();
	await table(db, 'ledger_seal', ['transaction_id'], { transaction_id: 'text' }).execute();
	// Every transaction owes a seal when it is committed, and a seal is only given to one that is balanced.
	await table(db, 'ledger_transaction', ['id'], {
		id: 'text',
		utility_id: 'text',
		kind: 'text',
		subject_id: 'text',
		at_ms: 'bigint',
	})
		.addUniqueConstraint('ledger_transaction_once', ['kind', 'subject_id'])
		.addForeignKeyConstraint(
			'ledger_transaction_seal',
			['id'],
			'ledger_seal',
			['transaction_id'],
			(constraint) => constraint.deferrable().initiallyDeferred(),
		)
		.execute();
	await index(db, 'ledger_transaction_by_time', 'ledger_transaction', ['utility_id', 'at_ms']);
	await table(db, 'ledger_entry', ['transaction_id', 'position'], {
		transaction_id: 'text',
		position: 'integer',
		account_id: 'text',
		amount_minor: 'bigint',
		currency: 'text',
		step: 'text',
		energy_deci_kwh: 'bigint',
		at_ms: 'bigint',
	})
		.addForeignKeyConstraint('ledger_entry_transaction', ['transaction_id'], 'ledger_transaction', [
			'id',
		])
		.addForeignKeyConstraint('ledger_entry_account', ['account_id'], 'ledger_account', ['id'])
		.execute();
	// A balance, and a page of a statement with the balance before it, are read from this alone.
	await index(db, 'ledger_entry_by_account', 'ledger_entry', [
		...['account_id', 'at_ms', 'transaction_id', 'position', 'amount_minor'],
	]);
	const guards = guardsOf(db);
	await guards.appendOnly('ledger_account');
	await guards.appendOnly('ledger_transaction');
	await guards.appendOnly('ledger_entry');
	await guards.appendOnly('ledger_seal');
	await guards.sealedLedger();
}
