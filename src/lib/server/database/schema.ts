/**
 * The tables as types. Portable columns only: ids and JSON as text, money, energy and instants as whole
 * numbers, yes and no as 1 and 0. What a row may become is kept by the database itself (migrations/).
 */
import type { VEND_ROW_STATES, PAYMENT_ROW_STATES, CHARGE_STATES } from './states.ts';

export type VendRowState = (typeof VEND_ROW_STATES)[number];
export type PaymentRowState = (typeof PAYMENT_ROW_STATES)[number];
export type ChargeState = (typeof CHARGE_STATES)[number];

export interface UtilityRow {
	id: string;
	name: string;
	address: string;
	vat_number: string;
	help_line: string;
	currency_code: string;
	currency_minor_digits: number;
	time_zone: string;
	min_tender_minor: number;
	max_tender_minor: number;
}

/** Attributes of a vending key. Its bytes are in the security module only, under `slot`. */
export interface SupplyGroupKeyRow {
	sgc: string;
	krn: number;
	utility_id: string;
	base_year: number;
	ken: number;
	dkga: number;
	kt: number;
	slot: string;
	public_test: number;
}

/** One immutable version of a tariff; `definition` is a `Tariff` as JSON. */
export interface TariffRow {
	id: string;
	version: number;
	utility_id: string;
	valid_from_ms: number;
	definition: string;
}

export interface MeterRow {
	drn: string;
	utility_id: string;
	owner_name: string;
	area: string;
	/** What a virtual meter is called; empty for a real one. */
	label: string;
	state: 'active' | 'blocked';
	tariff_id: string;
	sgc: string;
	krn: number;
	ti: string;
	ea: number;
	tct: string;
	manufactured_at_ms: number;
}

export interface AccountRow {
	drn: string;
	month: string;
	bought_deci_kwh: number;
	fixed_charge_due: number;
	arrears_minor: number;
	left_over_minor: number;
}

export interface VendRow {
	id: string;
	utility_id: string;
	drn: string;
	payment_id: string;
	amount_minor: number;
	currency: string;
	/** SHA-256 over the canonical request, hex. */
	content_hash: string;
	request: string;
	/** What the payer was promised, as JSON. */
	quoted_waterfall: string;
	accepted_at_ms: number;
	/** The issuing point whose receipts are numbered without a gap. */
	terminal: string;
	state: VendRowState;
	state_at_ms: number;
	/** Set by the first transaction: all that the token and the receipt are made from, as JSON. */
	issue_order: string | null;
	tid: number | null;
	base_year: number | null;
	receipt_number: number | null;
	/** Set when final: the answer's very bytes. */
	answer: string | null;
}

export interface VendTokenRow {
	vend_id: string;
	sequence: number;
	drn: string;
	base_year: number;
	tid: number;
	digits: string;
	energy_deci_kwh: number;
}

export interface TidHighWaterRow {
	drn: string;
	base_year: number;
	last_tid: number;
}

export interface ReceiptCounterRow {
	issuing_point: string;
	last_number: number;
}

export interface PaymentRow {
	id: string;
	utility_id: string;
	vend_id: string;
	amount_minor: number;
	currency: string;
	method: string;
	content_hash: string;
	created_at_ms: number;
	expires_at_ms: number;
	state: PaymentRowState;
	state_at_ms: number;
}

/** A message of a provider that was acted on: a second one with the same id changes nothing. */
export interface PaymentEventRow {
	provider: string;
	event_id: string;
	payment_id: string;
	received_at_ms: number;
}

/** The sandbox provider's own book; nothing but its adapter and its page reads or writes it. */
export interface SandboxChargeRow {
	reference: string;
	payee: string;
	description: string;
	amount_minor: number;
	currency: string;
	currency_minor_digits: number;
	return_path: string;
	expires_at_ms: number;
	state: ChargeState;
}

export interface LedgerAccountRow {
	id: string;
	utility_id: string;
	kind: string;
}

export interface LedgerTransactionRow {
	id: string;
	utility_id: string;
	kind: string;
	/** The vend or payment it books; once per kind. */
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
}

export interface LedgerSealRow {
	transaction_id: string;
}

export interface Tables {
	utility: UtilityRow;
	supply_group_key: SupplyGroupKeyRow;
	tariff: TariffRow;
	meter: MeterRow;
	account: AccountRow;
	vend: VendRow;
	vend_token: VendTokenRow;
	tid_high_water: TidHighWaterRow;
	receipt_counter: ReceiptCounterRow;
	payment: PaymentRow;
	payment_event: PaymentEventRow;
	sandbox_charge: SandboxChargeRow;
	ledger_account: LedgerAccountRow;
	ledger_transaction: LedgerTransactionRow;
	ledger_entry: LedgerEntryRow;
	ledger_seal: LedgerSealRow;
}
