/** The guards as triggers in SQLite's words. */
import { sql, type Kysely } from 'kysely';
import type { Guards } from './guards.ts';
import { uniquesOf, type Unique } from './uniques-sqlite.ts';

export function sqliteGuards(db: Kysely<never>): Guards {
	const guard = async (name: string, when: string, refusal: string): Promise<void> => {
		const then = `select raise(abort, '${refusal}')`;
		await sql.raw(`create trigger if not exists ${name} ${when} begin ${then}; end`).execute(db);
	};
	const noDelete = (table: string, refusal = `a ${table} is never deleted`) =>
		guard(`${table}_no_delete`, `before delete on ${table}`, refusal);
	/**
	 * `insert or replace` and `update or replace` delete whatever row is in the way, by any of its unique
	 * columns, without asking the delete trigger: they are stopped before they do.
	 */
	const noReplace = async (table: string, refusal = `a ${table} is never replaced`) => {
		const uniques = await uniquesOf(db, table);
		const inTheWay = (unique: Unique, isUpdate: boolean) =>
			`exists (select 1 from ${table} as other where ${unique.columns
				.map((column) => `other.${column} = new.${column}`)
				.concat(unique.where === undefined ? [] : [unique.where('other'), unique.where('new')])
				.concat(isUpdate ? ['other.rowid <> old.rowid'] : [])
				.join(' and ')})`;
		const any = (isUpdate: boolean) =>
			uniques.map((unique) => inTheWay(unique, isUpdate)).join(' or ');
		const columns = [...new Set(uniques.flatMap((unique) => unique.moves))].join(', ');
		await guard(`${table}_no_replace`, `before insert on ${table} when ${any(false)}`, refusal);
		await guard(
			`${table}_no_update_replace`,
			`before update of ${columns} on ${table} when ${any(true)}`,
			refusal,
		);
	};
	return {
		async appendOnly(table) {
			const refusal = `${table} is append-only`;
			await guard(`${table}_no_update`, `before update on ${table}`, refusal);
			await noDelete(table, refusal);
			await noReplace(table, refusal);
		},
		async frozenColumns(table, columns) {
			const changed = columns.map((column) => `new.${column} is not old.${column}`).join(' or ');
			await guard(
				`${table}_request_frozen`,
				`before update of ${columns.join(', ')} on ${table} when ${changed}`,
				`the request of a ${table} never changes`,
			);
			await noReplace(table);
		},
		async finalStates(table, states) {
			const finals = states.map((state) => `'${state}'`).join(', ');
			await guard(
				`${table}_final_frozen`,
				`before update on ${table} when old.state in (${finals})`,
				`a final ${table} never changes`,
			);
			await noDelete(table);
			await noReplace(table);
		},
		async finalButErasable(table, states, { column, others }) {
			const finals = states.map((state) => `'${state}'`).join(', ');
			const same = others.map((other) => `new.${other} is old.${other}`).join(' and ');
			await guard(
				`${table}_final_frozen`,
				`before update on ${table} when old.state in (${finals})
					and not (new.${column} = 'erased:' || old.id and ${same})`,
				`a final ${table} never changes`,
			);
			await noDelete(table);
			await noReplace(table);
		},
		async setOnce(table, columns) {
			for (const column of columns)
				await guard(
					`${table}_${column}_once`,
					`before update of ${column} on ${table}
						when old.${column} is not null and new.${column} is not old.${column}`,
					`the ${column} of a ${table} never changes`,
				);
		},
		async strictlyRising(table, key, column) {
			const refusal = `${table} only rises`;
			const falls = `new.${column} <= old.${column}`;
			const moved = key.map((name) => `new.${name} <> old.${name}`).join(' or ');
			await guard(`${table}_rises`, `before update on ${table} when ${falls} or ${moved}`, refusal);
			await noDelete(table, refusal);
			await noReplace(table, refusal);
		},
		async issuedVendStays() {
			const released = `new.state = 'issued' and old.released_at_ms is null
				and new.released_at_ms is not null and new.answer is old.answer`;
			const reversed = `new.state = 'reversed' and old.released_at_ms is null
				and new.released_at_ms is null`;
			await guard(
				'vend_issued_stays',
				`before update on vend when old.state = 'issued'
					and not (${released}) and not (${reversed})`,
				'an issued vend is released once, or reversed before that',
			);
		},
		async sealedLedger() {
			await guard(
				'ledger_entry_before_seal',
				`before insert on ledger_entry when exists
					(select 1 from ledger_seal where transaction_id = new.transaction_id)`,
				'the ledger transaction is sealed',
			);
			await guard(
				'ledger_seal_balanced',
				`before insert on ledger_seal when
					(select count(*) from ledger_entry where transaction_id = new.transaction_id) < 2
					or exists (select 1 from ledger_entry where transaction_id = new.transaction_id
						group by currency having sum(amount_minor) <> 0)`,
				'the ledger transaction does not add up to zero',
			);
		},
	};
}
