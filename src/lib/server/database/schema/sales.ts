/** Vends, their tokens, and the counters that only rise, as rows. */
import type { TenderMethod } from '#lib/core/sync/wire.ts';
import type { Funding, VendKind, VendRowState } from '../states.ts';

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
	/** What the customer paid with at a till; null for what was not sold at one. */
	pay_type: TenderMethod | null;
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

export interface SalesTables {
	vend: VendRow;
	vend_token: VendTokenRow;
	tid_high_water: TidHighWaterRow;
	tid_floor: TidFloorRow;
	receipt_counter: ReceiptCounterRow;
	reprint: ReprintRow;
}
