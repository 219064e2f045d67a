/**
 * The tables as types. Portable columns only: ids and JSON as text, money, energy and instants as whole
 * numbers, yes and no as 1 and 0. What a row may become is kept by the database itself (migrations/).
 */
import type {
	APPROVAL_STATES,
	BATCH_KINDS,
	BATCH_STATES,
	CHARGE_STATES,
	FUNDINGS,
	MESSAGE_STATES,
	PAYMENT_ROW_STATES,
	VEND_KINDS,
	VEND_ROW_STATES,
} from './states.ts';

export type VendRowState = (typeof VEND_ROW_STATES)[number];
export type VendKind = (typeof VEND_KINDS)[number];
export type Funding = (typeof FUNDINGS)[number];
export type PaymentRowState = (typeof PAYMENT_ROW_STATES)[number];
export type ChargeState = (typeof CHARGE_STATES)[number];
export type MessageState = (typeof MESSAGE_STATES)[number];
export type ApprovalState = (typeof APPROVAL_STATES)[number];
export type BatchState = (typeof BATCH_STATES)[number];
export type BatchKind = (typeof BATCH_KINDS)[number];

/** A tenant. */
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
	/** Guests who come by this host name are this utility's; null for the one that takes all others. */
	host_name: string | null;
	/** What a credit does when the meter's key is behind: `automatic` puts the key-change set before it. */
	key_change_policy: 'automatic' | 'refuse';
	/** Whether free basic electricity fills the month's blocks, 1 or 0. */
	fbe_counts_in_blocks: number;
}

/** A supply group and the key revision that its meters are to be on. */
export interface SupplyGroupRow {
	sgc: string;
	utility_id: string;
	name: string;
	current_krn: number;
	/** Tariff of a meter that was first sold to from its card's data; null: no such sales in this group. */
	blind_tariff_id: string | null;
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
	/** ACT: no token before. */
	active_from_ms: number;
	/** IUT: no token from then on; null for no end. */
	issue_until_ms: number | null;
	/** ULM: units that the module gives out under it in all, 0.1 kWh; null for no limit. */
	unit_limit_deci_kwh: number | null;
}

/** One immutable version of a tariff; `definition` is a `Tariff` as JSON. */
export interface TariffRow {
	id: string;
	version: number;
	utility_id: string;
	valid_from_ms: number;
	definition: string;
}

export interface CustomerRow {
	id: string;
	utility_id: string;
	name: string;
	/** E.164, or null. */
	phone: string | null;
	address: string;
	account_number: string;
}

/**
 * A meter. `sgc`, `krn` and `ti` are what it has been given key-change tokens for last; `next_sgc` and
 * `next_ti` what it is to be moved to with its next sale, where the office has planned that.
 */
export interface MeterRow {
	drn: string;
	utility_id: string;
	customer_id: string;
	area: string;
	/** What a virtual meter is called; empty for a real one. */
	label: string;
	state: 'active' | 'blocked';
	tariff_id: string;
	sgc: string;
	krn: number;
	ti: string;
	next_sgc: string | null;
	next_ti: string | null;
	ea: number;
	tct: string;
	/** Whether its 64-bit key-change set may be of three tokens, 1 or 0. */
	takes_three_kct: number;
	resource: 'electricity';
	phases: number;
	dlms_profile: string | null;
	manufactured_at_ms: number;
}

/** A meter of the public-test estate: the key it had when it was made, from which the app makes it anew. */
export interface VirtualMeterRow {
	drn: string;
	sgc: string;
	krn: number;
	ti: string;
}

export interface AccountRow {
	drn: string;
	month: string;
	bought_deci_kwh: number;
	fixed_charge_due: number;
	arrears_minor: number;
	left_over_minor: number;
	/** An `ArrearsPlan` as JSON; null: the tariff's rule. */
	arrears_plan: string | null;
	/** Entitlement per calendar month, 0.1 kWh; 0: none. */
	fbe_deci_kwh: number;
	/** Last month for which it was given; null: never. */
	fbe_month: string | null;
	/** The vend whose first transaction was the last of this meter's: no other can be taken back. */
	last_vend_id: string | null;
}

export interface VendRow {
	id: string;
	utility_id: string;
	kind: VendKind;
	funding: Funding;
	drn: string;
	/** Funding `payment` only. */
	payment_id: string | null;
	/** Who sold it: funding `float`, and whatever else a terminal asked for. */
	vendor_id: string | null;
	terminal_id: string | null;
	operator_id: string | null;
	/** Open shift of the terminal when it was taken in. */
	shift_batch_id: string | null;
	/** What a second person agreed to, for the kinds that need one. */
	approval_id: string | null;
	amount_minor: number;
	currency: string;
	/** SHA-256 over the canonical request, hex. */
	content_hash: string;
	request: string;
	/** What the payer was promised, as JSON. */
	quoted_waterfall: string;
	accepted_at_ms: number;
	/** The issuing point whose receipts are numbered without a gap: a terminal's id, `WEB` or `OFFICE`. */
	issuing_point: string;
	/** Where the token is told of by message; E.164. */
	notify_phone: string | null;
	state: VendRowState;
	state_at_ms: number;
	/** Set by the first transaction: all that the token and the receipt are made from, as JSON. */
	issue_order: string | null;
	tid: number | null;
	base_year: number | null;
	receipt_number: number | null;
	/** Set when final: the answer's very bytes. */
	answer: string | null;
	/** When the first answer, message or print that carries the digits began; never before it is committed. */
	released_at_ms: number | null;
}

/** One token of a vend, in the order of entry. */
export interface VendTokenRow {
	vend_id: string;
	sequence: number;
	kind: string;
	drn: string;
	/** What it was encrypted under. */
	sgc: string;
	krn: number;
	/** Null for a key-change section or a meter test, which carry no TID. */
	base_year: number | null;
	tid: number | null;
	digits: string;
	energy_deci_kwh: number;
	made_at_ms: number;
}

export interface TidHighWaterRow {
	drn: string;
	base_year: number;
	last_tid: number;
}

/** After a restore: no token with a TID of this instant's minute or below, in any meter. Only rises. */
export interface TidFloorRow {
	id: number;
	not_before_ms: number;
}

export interface ReceiptCounterRow {
	issuing_point: string;
	last_number: number;
}

export interface ReprintRow {
	id: string;
	vend_id: string;
	utility_id: string;
	/** 1 for the first. */
	copy: number;
	terminal_id: string | null;
	operator_id: string | null;
	at_ms: number;
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
	/** How often the provider was asked about it since it last said anything new. */
	attempts: number;
	/** Not asked about again by itself before this instant. */
	next_look_at_ms: number;
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
	/** When the payer's decision takes effect at the provider: a delay that was asked for on its page. */
	effective_at_ms: number;
	/** Why it was declined; null for one that was not. */
	failure: 'declined' | 'no-funds' | null;
	/** A declined charge that the provider takes back its word on: paid from this instant on. */
	turns_approved_at_ms: number | null;
	/** What was really paid, where that is not what was asked for. */
	paid_minor: number | null;
}

/** A signed message that the sandbox providers owe the shop, until the shop has taken it. */
export interface SandboxNoticeRow {
	event_id: string;
	provider: 'sandbox' | 'sandbox-sms';
	/** The charge or message it tells of. */
	reference: string;
	/** Not sent before; put off with each attempt. */
	due_at_ms: number;
	attempts: number;
	taken_at_ms: number | null;
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
}

export interface LedgerSealRow {
	transaction_id: string;
}

/** Who sells for the utility. `float_minor` is the ledger's float account, kept here so that it can be held to its limit. */
export interface VendorRow {
	id: string;
	utility_id: string;
	name: string;
	state: 'active' | 'suspended';
	float_minor: number;
	credit_limit_minor: number;
	/** Of what was tendered, accrued apart from the float. */
	commission_basis_points: number;
	/** Whether meters may be sold to from card data alone, 1 or 0. */
	blind_vend: number;
}

/** A till. Until it is enrolled it has a code and no key. */
export interface TerminalRow {
	/** Short and readable, printed on receipts: `T-001`. */
	id: string;
	utility_id: string;
	vendor_id: string;
	name: string;
	state: 'awaiting-enrolment' | 'active' | 'revoked';
	/** SHA-256 of the one-time enrolment code, hex. */
	enrolment_code_hash: string | null;
	enrolment_expires_at_ms: number | null;
	/** Public JWK of its device key (ECDSA P-256), canonical JSON. */
	public_key: string | null;
	enrolled_at_ms: number | null;
}

export interface BatchRow {
	id: string;
	utility_id: string;
	vendor_id: string;
	/** Shift batches only. */
	terminal_id: string | null;
	kind: BatchKind;
	/** The sales batch of a shift, the banking batch of a sales batch. */
	parent_id: string | null;
	content_hash: string;
	state: BatchState;
	opened_at_ms: number;
	opened_by: string;
	closed_at_ms: number | null;
	closed_by: string | null;
	/** Totals and what was counted, as JSON; written once, when it is closed. */
	totals: string | null;
}

export interface DepositRow {
	id: string;
	utility_id: string;
	vendor_id: string;
	amount_minor: number;
	currency: string;
	banking_reference: string;
	batch_id: string | null;
	content_hash: string;
	made_by: string;
	at_ms: number;
}

/** A civil day of a utility, reconciled: immutable. */
export interface DailyCloseRow {
	utility_id: string;
	/** `2026-11-20`, in the utility's time zone. */
	date: string;
	closed_at_ms: number;
	closed_by: string;
	/** A `CloseReport` as JSON. */
	report: string;
}

/** A person with a password: an agent's operator, a technician, somebody of the office. */
export interface OperatorRow {
	id: string;
	utility_id: string;
	login: string;
	name: string;
	/** JSON array of `Role`. */
	roles: string;
	vendor_id: string | null;
	state: 'active' | 'suspended';
	/** PHC string of argon2id; null: signs in by passkey only. */
	password_hash: string | null;
}

/**
 * Wrong attempts to sign in under one name, whether there is such a name or not: a lock tells nobody which
 * names exist. `key` is a keyed hash of utility and name, for people type their password there too.
 */
export interface SignInAttemptRow {
	key: string;
	failed: number;
	last_at_ms: number;
	locked_until_ms: number;
}

export interface PasskeyRow {
	credential_id: string;
	operator_id: string;
	/** COSE public key, base64url. */
	public_key: string;
	counter: number;
	name: string;
	created_at_ms: number;
}

/** A random value that a passkey or a new phone must answer to, once. */
export interface ChallengeRow {
	id: string;
	purpose: 'passkey-registration' | 'passkey-assertion';
	operator_id: string | null;
	challenge: string;
	expires_at_ms: number;
}

/** A signed-in person: an operator, or a consumer by phone. Only the token's hash is kept. */
export interface LoginSessionRow {
	id: string;
	/** How the token comes. It is good that way only, so that one taken from a cookie is of no use elsewhere. */
	carrier: 'cookie' | 'bearer';
	/** SHA-256 of the token, hex; changes with each rotation. */
	token_hash: string;
	/** The one before, which still answers for a moment after a rotation. */
	previous_token_hash: string | null;
	rotated_at_ms: number;
	/** When the present token first came back; null: the answer that carried it may have been lost. */
	token_used_at_ms: number | null;
	utility_id: string;
	operator_id: string | null;
	phone: string | null;
	created_at_ms: number;
	used_at_ms: number;
	expires_at_ms: number;
	ended_at_ms: number | null;
}

/** Code sent to a consumer's phone. The six digits are nowhere: they follow from the id and the home's secret. */
export interface OneTimeCodeRow {
	id: string;
	utility_id: string;
	phone: string;
	attempts: number;
	expires_at_ms: number;
	used_at_ms: number | null;
}

/** A wish that a second person must agree to before anything happens. */
export interface ApprovalRow {
	id: string;
	utility_id: string;
	kind: string;
	content_hash: string;
	request: string;
	reason: string;
	proposed_by: string;
	proposed_at_ms: number;
	state: ApprovalState;
	decided_by: string | null;
	decided_at_ms: number | null;
	decision_note: string | null;
}

/** A message to a phone, queued in the transaction that made it necessary. Its text is made when it is sent. */
export interface MessageRow {
	id: string;
	utility_id: string;
	phone: string;
	template: string;
	/** The vend or code it tells of. */
	subject_id: string;
	/** JSON: what the template needs and may be stored. Never digits of a token, never a code. */
	facts: string;
	language: string;
	state: MessageState;
	state_at_ms: number;
	created_at_ms: number;
	attempts: number;
	next_attempt_at_ms: number;
	provider_reference: string | null;
}

/** A delivery receipt that was acted on. */
export interface MessageEventRow {
	provider: string;
	event_id: string;
	message_id: string;
	received_at_ms: number;
}

/** The sandbox message provider's own book; nothing but its adapter and its page reads or writes it. */
export interface SandboxMessageRow {
	reference: string;
	phone: string;
	text: string;
	sent_at_ms: number;
	state: 'accepted' | 'delivered' | 'failed';
}

/** Something somebody did, or was refused. Written in the transaction of the deed. Never digits, never a secret. */
export interface AuditEventRow {
	id: string;
	utility_id: string;
	at_ms: number;
	/** `operator:…`, `terminal:…`, `consumer`, `guest`, `provider:…` or `system`. */
	actor: string;
	/** Where from: terminal, or the address of a person's device. */
	origin: string;
	action: string;
	subject_kind: string;
	subject_id: string;
	/** JSON. */
	facts: string;
}

/** The chain: each event in its place, over the one before. */
export interface AuditSealRow {
	sequence: number;
	event_id: string;
	/** SHA-256 over the previous hash and the canonical event, hex. */
	hash: string;
}

/** When each node was last known to issue, so that an older copy of the database is known for what it is. */
export interface NodeMarkRow {
	node_id: string;
	at_ms: number;
}

export interface Tables {
	utility: UtilityRow;
	supply_group: SupplyGroupRow;
	supply_group_key: SupplyGroupKeyRow;
	tariff: TariffRow;
	customer: CustomerRow;
	meter: MeterRow;
	virtual_meter: VirtualMeterRow;
	account: AccountRow;
	vend: VendRow;
	vend_token: VendTokenRow;
	tid_high_water: TidHighWaterRow;
	tid_floor: TidFloorRow;
	receipt_counter: ReceiptCounterRow;
	reprint: ReprintRow;
	payment: PaymentRow;
	payment_event: PaymentEventRow;
	sandbox_charge: SandboxChargeRow;
	sandbox_notice: SandboxNoticeRow;
	ledger_account: LedgerAccountRow;
	ledger_transaction: LedgerTransactionRow;
	ledger_entry: LedgerEntryRow;
	ledger_seal: LedgerSealRow;
	vendor: VendorRow;
	terminal: TerminalRow;
	batch: BatchRow;
	deposit: DepositRow;
	daily_close: DailyCloseRow;
	operator: OperatorRow;
	sign_in_attempt: SignInAttemptRow;
	passkey: PasskeyRow;
	challenge: ChallengeRow;
	login_session: LoginSessionRow;
	one_time_code: OneTimeCodeRow;
	approval: ApprovalRow;
	message: MessageRow;
	message_event: MessageEventRow;
	sandbox_message: SandboxMessageRow;
	audit_event: AuditEventRow;
	audit_seal: AuditSealRow;
	node_mark: NodeMarkRow;
}
