/** The first schema. What the tables hold is said in ../schema.ts; what may happen to a row, in ./guards-sqlite.ts. */
import type { ColumnDataType, CreateTableBuilder, Kysely } from 'kysely';
import {
	appendOnly,
	frozenColumns,
	sealedLedger,
	setOnce,
	strictlyRising,
} from './guards-sqlite.ts';

/** Column name → type, each not null unless the type ends in `?`. */
type Columns = Record<string, 'text' | 'bigint' | 'integer' | 'text?' | 'bigint?' | 'integer?'>;

function table(
	db: Kysely<never>,
	name: string,
	columns: Columns,
): CreateTableBuilder<string, string> {
	let builder: CreateTableBuilder<string, string> = db.schema.createTable(name);
	for (const [column, type] of Object.entries(columns))
		builder = builder.addColumn(column, type.replace('?', '') as ColumnDataType, (definition) =>
			type.endsWith('?') ? definition : definition.notNull(),
		);
	return builder;
}

export async function up(db: Kysely<never>): Promise<void> {
	await estate(db);
	await sales(db);
	await payments(db);
	await ledger(db);
}

/** Who is sold to, under which key, at which price. */
async function estate(db: Kysely<never>): Promise<void> {
	await table(db, 'utility', {
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
	})
		.addPrimaryKeyConstraint('utility_pk', ['id'])
		.execute();
	await table(db, 'supply_group_key', {
		sgc: 'text',
		krn: 'integer',
		utility_id: 'text',
		base_year: 'integer',
		ken: 'integer',
		dkga: 'integer',
		kt: 'integer',
		slot: 'text',
		public_test: 'integer',
	})
		.addPrimaryKeyConstraint('supply_group_key_pk', ['sgc', 'krn'])
		.addForeignKeyConstraint('supply_group_key_utility', ['utility_id'], 'utility', ['id'])
		.execute();
	await table(db, 'tariff', {
		id: 'text',
		version: 'integer',
		utility_id: 'text',
		valid_from_ms: 'bigint',
		definition: 'text',
	})
		.addPrimaryKeyConstraint('tariff_pk', ['id', 'version'])
		.addForeignKeyConstraint('tariff_utility', ['utility_id'], 'utility', ['id'])
		.execute();
	await table(db, 'meter', {
		drn: 'text',
		utility_id: 'text',
		owner_name: 'text',
		area: 'text',
		label: 'text',
		state: 'text',
		tariff_id: 'text',
		sgc: 'text',
		krn: 'integer',
		ti: 'text',
		ea: 'integer',
		tct: 'text',
		manufactured_at_ms: 'bigint',
	})
		.addPrimaryKeyConstraint('meter_pk', ['drn'])
		.addForeignKeyConstraint('meter_utility', ['utility_id'], 'utility', ['id'])
		.execute();
	await table(db, 'account', {
		drn: 'text',
		month: 'text',
		bought_deci_kwh: 'bigint',
		fixed_charge_due: 'integer',
		arrears_minor: 'bigint',
		left_over_minor: 'bigint',
	})
		.addPrimaryKeyConstraint('account_pk', ['drn'])
		.addForeignKeyConstraint('account_meter', ['drn'], 'meter', ['drn'])
		.execute();
	await appendOnly(db, 'tariff', ['id', 'version']);
}

async function sales(db: Kysely<never>): Promise<void> {
	await table(db, 'vend', {
		id: 'text',
		utility_id: 'text',
		drn: 'text',
		payment_id: 'text',
		amount_minor: 'bigint',
		currency: 'text',
		content_hash: 'text',
		request: 'text',
		quoted_waterfall: 'text',
		accepted_at_ms: 'bigint',
		terminal: 'text',
		state: 'text',
		state_at_ms: 'bigint',
		issue_order: 'text?',
		tid: 'integer?',
		base_year: 'integer?',
		receipt_number: 'bigint?',
		answer: 'text?',
	})
		.addPrimaryKeyConstraint('vend_pk', ['id'])
		.addUniqueConstraint('vend_payment', ['payment_id'])
		.addUniqueConstraint('vend_tid', ['drn', 'base_year', 'tid'])
		.addUniqueConstraint('vend_receipt', ['utility_id', 'terminal', 'receipt_number'])
		.addForeignKeyConstraint('vend_meter', ['drn'], 'meter', ['drn'])
		.execute();
	await db.schema
		.createIndex('vend_by_state')
		.on('vend')
		.columns(['state', 'state_at_ms'])
		.execute();
	await db.schema
		.createIndex('vend_by_meter')
		.on('vend')
		.columns(['drn', 'accepted_at_ms'])
		.execute();
	// One at a time per meter: each is priced on the account as the one before it left it.
	await db.schema
		.createIndex('vend_one_issuing_per_meter')
		.on('vend')
		.column('drn')
		.unique()
		.where('state' as never, '=', 'issuing' as never)
		.execute();
	await table(db, 'vend_token', {
		vend_id: 'text',
		sequence: 'integer',
		drn: 'text',
		base_year: 'integer',
		tid: 'integer',
		digits: 'text',
		energy_deci_kwh: 'bigint',
	})
		.addPrimaryKeyConstraint('vend_token_pk', ['vend_id', 'sequence'])
		.addUniqueConstraint('vend_token_tid', ['drn', 'base_year', 'tid'])
		.addForeignKeyConstraint('vend_token_vend', ['vend_id'], 'vend', ['id'])
		.execute();
	await table(db, 'tid_high_water', { drn: 'text', base_year: 'integer', last_tid: 'integer' })
		.addPrimaryKeyConstraint('tid_high_water_pk', ['drn', 'base_year'])
		.execute();
	await table(db, 'receipt_counter', { issuing_point: 'text', last_number: 'bigint' })
		.addPrimaryKeyConstraint('receipt_counter_pk', ['issuing_point'])
		.execute();
	await frozenColumns(
		db,
		'vend',
		[
			...['id', 'utility_id', 'drn', 'payment_id', 'amount_minor', 'currency'],
			...['content_hash', 'request', 'quoted_waterfall', 'accepted_at_ms', 'terminal'],
		],
		['issued', 'refused'],
	);
	await setOnce(db, 'vend', ['issue_order', 'tid', 'base_year', 'receipt_number']);
	await appendOnly(db, 'vend_token', ['vend_id', 'sequence']);
	await strictlyRising(db, 'tid_high_water', ['drn', 'base_year'], 'last_tid');
	await strictlyRising(db, 'receipt_counter', ['issuing_point'], 'last_number');
}

async function payments(db: Kysely<never>): Promise<void> {
	await table(db, 'payment', {
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
	})
		.addPrimaryKeyConstraint('payment_pk', ['id'])
		.addUniqueConstraint('payment_vend', ['vend_id'])
		.addForeignKeyConstraint('payment_of_vend', ['vend_id'], 'vend', ['id'])
		.execute();
	await db.schema
		.createIndex('payment_by_state')
		.on('payment')
		.columns(['state', 'created_at_ms'])
		.execute();
	await table(db, 'payment_event', {
		provider: 'text',
		event_id: 'text',
		payment_id: 'text',
		received_at_ms: 'bigint',
	})
		.addPrimaryKeyConstraint('payment_event_pk', ['provider', 'event_id'])
		.execute();
	await table(db, 'sandbox_charge', {
		reference: 'text',
		payee: 'text',
		description: 'text',
		amount_minor: 'bigint',
		currency: 'text',
		currency_minor_digits: 'integer',
		return_path: 'text',
		expires_at_ms: 'bigint',
		state: 'text',
	})
		.addPrimaryKeyConstraint('sandbox_charge_pk', ['reference'])
		.execute();
	await frozenColumns(
		db,
		'payment',
		['id', 'utility_id', 'vend_id', 'amount_minor', 'currency', 'method', 'content_hash'],
		['paid', 'failed', 'expired'],
	);
	await appendOnly(db, 'payment_event', ['provider', 'event_id']);
}

async function ledger(db: Kysely<never>): Promise<void> {
	await table(db, 'ledger_account', { id: 'text', utility_id: 'text', kind: 'text' })
		.addPrimaryKeyConstraint('ledger_account_pk', ['id'])
		.execute();
	await table(db, 'ledger_seal', { transaction_id: 'text' })
		.addPrimaryKeyConstraint('ledger_seal_pk', ['transaction_id'])
		.addForeignKeyConstraint(
			'ledger_seal_transaction',
			['transaction_id'],
			'ledger_transaction',
			['id'],
			(constraint) => constraint.deferrable().initiallyDeferred(),
		)
		.execute();
	// Every transaction owes a seal when it is committed, and a seal is only given to one that is balanced.
	await table(db, 'ledger_transaction', {
		id: 'text',
		utility_id: 'text',
		kind: 'text',
		subject_id: 'text',
		at_ms: 'bigint',
	})
		.addPrimaryKeyConstraint('ledger_transaction_pk', ['id'])
		.addUniqueConstraint('ledger_transaction_once', ['kind', 'subject_id'])
		.addForeignKeyConstraint(
			'ledger_transaction_seal',
			['id'],
			'ledger_seal',
			['transaction_id'],
			(constraint) => constraint.deferrable().initiallyDeferred(),
		)
		.execute();
	await table(db, 'ledger_entry', {
		transaction_id: 'text',
		position: 'integer',
		account_id: 'text',
		amount_minor: 'bigint',
		currency: 'text',
		step: 'text',
		energy_deci_kwh: 'bigint',
	})
		.addPrimaryKeyConstraint('ledger_entry_pk', ['transaction_id', 'position'])
		.addForeignKeyConstraint('ledger_entry_transaction', ['transaction_id'], 'ledger_transaction', [
			'id',
		])
		.addForeignKeyConstraint('ledger_entry_account', ['account_id'], 'ledger_account', ['id'])
		.execute();
	await db.schema
		.createIndex('ledger_entry_by_account')
		.on('ledger_entry')
		.column('account_id')
		.execute();
	await appendOnly(db, 'ledger_account', ['id']);
	await appendOnly(db, 'ledger_transaction', ['id']);
	await appendOnly(db, 'ledger_entry', ['transaction_id', 'position']);
	await appendOnly(db, 'ledger_seal', ['transaction_id']);
	await sealedLedger(db);
}
