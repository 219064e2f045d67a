/** The guards as trigger functions in PostgreSQL's words. */
import { sql, type Kysely } from 'kysely';
import type { Guards } from './guards.ts';

export function postgresGuards(db: Kysely<never>): Guards {
	/** @param refuseIf over OLD and NEW; false lets the statement go on with the row as it is */
	const guard = async (
		name: string,
		event: 'insert' | 'update' | 'delete',
		table: string,
		refuseIf: string,
		refusal: string,
	) => {
		// A condition that asks no other row is the trigger's own: the function is called only to refuse.
		const asksRows = refuseIf.includes('select');
		const check = asksRows ? `if ${refuseIf} then ` : '';
		const body = `${check}raise exception '${refusal}';${asksRows ? ' end if;' : ''}`;
		await makeFunction(db, name, body, event);
		const when = asksRows || refuseIf === 'true' ? '' : ` when (${refuseIf})`;
		await makeTrigger(db, name, `before ${event} on ${table} for each row${when}`);
	};
	/** Emptying a table asks no row's trigger: it needs one of its own. */
	const noTruncate = async (table: string, refusal: string) => {
		const name = `${table}_no_truncate`;
		await makeFunction(db, name, `raise exception '${refusal}';`, 'delete');
		await makeTrigger(db, name, `before truncate on ${table}`);
	};
	const noDelete = async (table: string, refusal = `a ${table} is never deleted`) => {
		await guard(`${table}_no_delete`, 'delete', table, 'true', refusal);
		await noTruncate(table, refusal);
	};
	return {
		async appendOnly(table) {
			const refusal = `${table} is append-only`;
			await guard(`${table}_no_update`, 'update', table, 'true', refusal);
			await noDelete(table, refusal);
		},
		async frozenColumns(table, columns) {
			const changed = columns
				.map((column) => `new.${column} is distinct from old.${column}`)
				.join(' or ');
			const refusal = `the request of a ${table} never changes`;
			await guard(`${table}_request_frozen`, 'update', table, changed, refusal);
		},
		async finalStates(table, states) {
			const finals = states.map((state) => `'${state}'`).join(', ');
			const refusal = `a final ${table} never changes`;
			await guard(`${table}_final_frozen`, 'update', table, `old.state in (${finals})`, refusal);
			await noDelete(table);
		},
		async finalButErasable(table, states, { column, others }) {
			const finals = states.map((state) => `'${state}'`).join(', ');
			const same = others
				.map((other) => `new.${other} is not distinct from old.${other}`)
				.join(' and ');
			const refuseIf = `old.state in (${finals})
				and not (new.${column} = 'erased:' || old.id and ${same})`;
			await guard(
				`${table}_final_frozen`,
				'update',
				table,
				refuseIf,
				`a final ${table} never changes`,
			);
			await noDelete(table);
		},
		async setOnce(table, columns) {
			for (const column of columns)
				await guard(
					`${table}_${column}_once`,
					'update',
					table,
					`old.${column} is not null and new.${column} is distinct from old.${column}`,
					`the ${column} of a ${table} never changes`,
				);
		},
		async strictlyRising(table, key, column) {
			const refusal = `${table} only rises`;
			const moved = key.map((name) => `new.${name} <> old.${name}`).join(' or ');
			const falls = `new.${column} <= old.${column} or ${moved}`;
			await guard(`${table}_rises`, 'update', table, falls, refusal);
			await noDelete(table, refusal);
		},
		async issuedVendStays() {
			const released = `new.state = 'issued' and old.released_at_ms is null
				and new.released_at_ms is not null and new.answer is not distinct from old.answer`;
			const reversed = `new.state = 'reversed' and old.released_at_ms is null
				and new.released_at_ms is null`;
			await guard(
				'vend_issued_stays',
				'update',
				'vend',
				`old.state = 'issued' and not (${released}) and not (${reversed})`,
				'an issued vend is released once, or reversed before that',
			);
		},
		async sealedLedger() {
			await guard(
				'ledger_entry_before_seal',
				'insert',
				'ledger_entry',
				'exists (select 1 from ledger_seal where transaction_id = new.transaction_id)',
				'the ledger transaction is sealed',
			);
			await guard(
				'ledger_seal_balanced',
				'insert',
				'ledger_seal',
				`(select count(*) from ledger_entry where transaction_id = new.transaction_id) < 2
				or exists (select 1 from ledger_entry where transaction_id = new.transaction_id
					group by currency having sum(amount_minor) <> 0)`,
				'the ledger transaction does not add up to zero',
			);
		},
	};
}

async function makeFunction(
	db: Kysely<never>,
	name: string,
	body: string,
	event: 'insert' | 'update' | 'delete',
): Promise<void> {
	await sql
		.raw(
			`create or replace function ${name}() returns trigger language plpgsql as $guard$
			begin ${body} return ${event === 'delete' ? 'old' : 'new'}; end $guard$`,
		)
		.execute(db);
}

async function makeTrigger(db: Kysely<never>, name: string, when: string): Promise<void> {
	await sql.raw(`create or replace trigger ${name} ${when} execute function ${name}()`).execute(db);
}
