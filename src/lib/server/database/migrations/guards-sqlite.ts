/**
 * What may happen to a row, kept by the database itself, so that no code of ours and no statement typed
 * by hand can break it: triggers in SQLite's words.
 */
import { sql, type Kysely } from 'kysely';

async function guard(db: Kysely<never>, name: string, when: string, then: string): Promise<void> {
	await sql.raw(`create trigger ${name} ${when} begin ${then}; end`).execute(db);
}

/** Rows are added and then stay as they are. */
export async function appendOnly(
	db: Kysely<never>,
	table: string,
	key: readonly string[],
): Promise<void> {
	const refuse = `select raise(abort, '${table} is append-only')`;
	await guard(db, `${table}_no_update`, `before update on ${table}`, refuse);
	await guard(db, `${table}_no_delete`, `before delete on ${table}`, refuse);
	await noReplace(db, table, key, refuse);
}

/** `insert or replace` deletes without asking the delete trigger: it is stopped before it does. */
async function noReplace(
	db: Kysely<never>,
	table: string,
	key: readonly string[],
	refuse: string,
): Promise<void> {
	const same = key.map((column) => `${column} = new.${column}`).join(' and ');
	const exists = `exists (select 1 from ${table} where ${same})`;
	await guard(db, `${table}_no_replace`, `before insert on ${table} when ${exists}`, refuse);
}

/** Rows whose request part never changes, which no longer change at all once final, and which stay. */
export async function frozenColumns(
	db: Kysely<never>,
	table: string,
	columns: readonly string[],
	finalStates: readonly string[],
): Promise<void> {
	const finals = finalStates.map((state) => `'${state}'`).join(', ');
	await guard(
		db,
		`${table}_request_frozen`,
		`before update of ${columns.join(', ')} on ${table}`,
		`select raise(abort, 'the request of a ${table} never changes')`,
	);
	await guard(
		db,
		`${table}_final_frozen`,
		`before update on ${table} when old.state in (${finals})`,
		`select raise(abort, 'a final ${table} never changes')`,
	);
	await guard(
		db,
		`${table}_no_delete`,
		`before delete on ${table}`,
		`select raise(abort, 'a ${table} is never deleted')`,
	);
	await noReplace(db, table, ['id'], `select raise(abort, 'a ${table} is never replaced')`);
}

/** Columns that are empty at first and keep what they are given. */
export async function setOnce(
	db: Kysely<never>,
	table: string,
	columns: readonly string[],
): Promise<void> {
	for (const column of columns)
		await guard(
			db,
			`${table}_${column}_once`,
			`before update of ${column} on ${table}
				when old.${column} is not null and new.${column} is not old.${column}`,
			`select raise(abort, 'the ${column} of a ${table} never changes')`,
		);
}

/** Counters, one per key, that only go up. */
export async function strictlyRising(
	db: Kysely<never>,
	table: string,
	key: readonly string[],
	column: string,
): Promise<void> {
	const refuse = `select raise(abort, '${table} only rises')`;
	const falls = `new.${column} <= old.${column}`;
	const moved = key.map((name) => `new.${name} <> old.${name}`).join(' or ');
	await guard(db, `${table}_rises`, `before update on ${table} when ${falls} or ${moved}`, refuse);
	await guard(db, `${table}_no_delete`, `before delete on ${table}`, refuse);
	await noReplace(db, table, key, refuse);
}

/**
 * A ledger transaction is open until its seal: entries come before, none after, and the seal is refused
 * unless they add up to zero in every currency.
 */
export async function sealedLedger(db: Kysely<never>): Promise<void> {
	await guard(
		db,
		'ledger_entry_before_seal',
		`before insert on ledger_entry when exists
			(select 1 from ledger_seal where transaction_id = new.transaction_id)`,
		`select raise(abort, 'the ledger transaction is sealed')`,
	);
	await guard(
		db,
		'ledger_seal_balanced',
		`before insert on ledger_seal when
			(select count(*) from ledger_entry where transaction_id = new.transaction_id) < 2
			or exists (select 1 from ledger_entry where transaction_id = new.transaction_id
				group by currency having sum(amount_minor) <> 0)`,
		`select raise(abort, 'the ledger transaction does not add up to zero')`,
	);
}
