/** The books as rows. */

export interface LedgerAccountRow {
	id: string;
	utility_id: string;
	kind: string;
}

export interface LedgerTransactionRow {
	id: string;
	utility_id: string;
	kind: string;
	/** The vend, payment, deposit … it books; once per kind. */
	subject_id: string;
	at_ms: number;
}

export interface LedgerEntryRow {
	transaction_id: string;
	position: number;
	account_id: string;
	/** Debit positive, credit negative. */
	amount_minor: number;
	currency: string;
	step: string;
	energy_deci_kwh: number;
	/** Of its transaction: an account is read in the order of time. */
	at_ms: number;
}

export interface LedgerSealRow {
	transaction_id: string;
}

/** A civil day of a utility, reconciled: immutable. */
export interface DailyCloseRow {
	utility_id: string;
	/** `2026-11-20`, in the utility's time zone. */
	date: string;
	closed_at_ms: number;
	closed_by: string;
	/** What the security module had carried out at that moment, for all utilities; null: it does not tell. */
	requests: number | null;
	/** Vends in the making at that moment, of all utilities. */
	unfinished: number;
	/** A `CloseReport` as JSON. */
	report: string;
}

export interface LedgerTables {
	ledger_account: LedgerAccountRow;
	ledger_transaction: LedgerTransactionRow;
	ledger_entry: LedgerEntryRow;
	ledger_seal: LedgerSealRow;
	daily_close: DailyCloseRow;
}
