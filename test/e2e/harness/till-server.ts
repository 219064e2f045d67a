/** The backend's side of a till's books, read from its database from outside. Money in minor units. */
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

export interface ServerVend {
	readonly id: string;
	readonly drn: string;
	readonly amountMinor: number;
	readonly state: string;
	readonly receiptNumber: number | null;
	/** Digits in the order of entry. */
	readonly tokens: readonly string[];
	/** Ledger transactions of the vend itself. */
	readonly booked: number;
}

export interface ServerEntry {
	readonly id: string;
	readonly sequence: number;
	readonly hash: string;
	readonly kind: string;
	/** What has become of it; null: not final. */
	readonly state: string | null;
	readonly code: string | null;
}

export interface ServerBooks {
	readonly vends: readonly ServerVend[];
	readonly entries: readonly ServerEntry[];
	readonly alarms: readonly { readonly kind: string; readonly sequence: number }[];
	/** Closed ones: their totals as JSON. */
	readonly batches: readonly { readonly id: string; readonly totals: string | null }[];
	readonly depositedMinor: number;
	/** By the vendor's own row, and by the ledger. */
	readonly floatMinor: number;
	readonly floatInLedgerMinor: number;
	/** Over all entries of the ledger. */
	readonly ledgerSum: number;
	/** TIDs that were given twice to one meter. */
	readonly repeatedTids: number;
}

export interface WhoseBooks {
	readonly terminalId: string;
	readonly vendorId: string;
}

/** @param home the backend's state folder */
export function readServer(home: string, { terminalId, vendorId }: WhoseBooks): ServerBooks {
	const database = new DatabaseSync(join(home, 'tokenline.db'), { readOnly: true });
	const rows = <Row>(sql: string, ...values: SQLInputValue[]): Row[] =>
		database.prepare(sql).all(...values) as Row[];
	const sum = (sql: string, ...values: SQLInputValue[]): number =>
		rows<{ n: number | null }>(sql, ...values)[0]?.n ?? 0;
	try {
		const tokens = rows<{ vend_id: string; digits: string }>(
			`select vend_id, digits from vend_token where vend_id in
			 (select id from vend where terminal_id = ?) order by vend_id, sequence`,
			terminalId,
		);
		const vends = rows<Omit<ServerVend, 'tokens'>>(
			`select id, drn, amount_minor as amountMinor, state, receipt_number as receiptNumber,
			 (select count(*) from ledger_transaction
			  where kind = 'vend' and subject_id = vend.id) as booked
			 from vend where terminal_id = ? order by id`,
			terminalId,
		);
		return {
			vends: vends.map((vend) => ({
				...vend,
				tokens: tokens.filter((token) => token.vend_id === vend.id).map(({ digits }) => digits),
			})),
			entries: rows<ServerEntry>(
				`select id, sequence, hash, kind, state, code from till_entry
				 left join till_outcome on entry_id = id where terminal_id = ? order by sequence`,
				terminalId,
			),
			alarms: rows('select kind, sequence from till_alarm where terminal_id = ?', terminalId),
			batches: rows('select id, totals from batch where vendor_id = ?', vendorId),
			depositedMinor: sum(
				'select sum(amount_minor) as n from deposit where vendor_id = ?',
				vendorId,
			),
			floatMinor: sum('select float_minor as n from vendor where id = ?', vendorId),
			// What the utility owes a vendor stands on the credit side.
			floatInLedgerMinor: -sum(
				'select sum(amount_minor) as n from ledger_entry where account_id like ?',
				`%:agent-float:${vendorId}`,
			),
			ledgerSum: sum('select sum(amount_minor) as n from ledger_entry'),
			repeatedTids: sum(
				`select count(*) as n from (select 1 from vend_token where tid is not null
				 group by drn, base_year, tid having count(*) > 1)`,
			),
		};
	} finally {
		database.close();
	}
}
