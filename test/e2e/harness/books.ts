/** Looks into the backend's database from outside, read only: what was really sold and booked. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface BooksOfSale {
	readonly vends: number;
	/** The payment that was asked for, if it was. */
	readonly paymentId: string | null;
	readonly tokens: string[];
	/** Ledger transactions of the vend itself, not of its payment. */
	readonly booked: number;
	/** Sum over all entries of the whole ledger, minor units: zero, always. */
	readonly ledgerSum: number;
	/** TIDs of the whole database that were given twice to one meter. */
	readonly repeatedTids: number;
}

/** @param home the backend's state folder @param vendId the sale to look for */
export function readBooks(home: string, vendId: string): BooksOfSale {
	const database = new DatabaseSync(join(home, 'tokenline.db'), { readOnly: true });
	const count = (sql: string, ...values: string[]) =>
		Number((database.prepare(sql).get(...values) as { n: number | null }).n ?? 0);
	try {
		return {
			vends: count('select count(*) as n from vend where id = ?', vendId),
			paymentId:
				(database.prepare('select id from payment where vend_id = ?').get(vendId)?.id as
					string | undefined) ?? null,
			tokens: database
				.prepare('select digits from vend_token where vend_id = ?')
				.all(vendId)
				.map((row) => String(row.digits)),
			booked: count(
				`select count(*) as n from ledger_transaction where kind = 'vend' and subject_id = ?`,
				vendId,
			),
			ledgerSum: count('select sum(amount_minor) as n from ledger_entry'),
			repeatedTids: count(
				`select count(*) as n from (select 1 from vend_token
				 group by drn, base_year, tid having count(*) > 1)`,
			),
		};
	} finally {
		database.close();
	}
}

/** How many vends of a meter the backend has, whatever became of them. */
export function countVends(home: string, drn: string): number {
	const database = new DatabaseSync(join(home, 'tokenline.db'), { readOnly: true });
	try {
		return Number(database.prepare('select count(*) as n from vend where drn = ?').get(drn)?.n);
	} finally {
		database.close();
	}
}
