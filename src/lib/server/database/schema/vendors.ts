/** Who sells for the utility, where, and what is counted and paid in, as rows. */
import type { BatchKind, BatchState } from '../states.ts';

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
	/** Of the journal that its device keeps; null: it keeps none. */
	device_id: string | null;
	/** Public JWK (ECDH P-256) to which sealed tokens are sealed. */
	sealing_key: string | null;
	/** `suspended`: its journal contradicts itself. */
	journal_state: 'active' | 'suspended' | null;
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
	/** Who stands at the till in this shift; null: nobody was named. */
	operator_id: string | null;
	/** Content hash of the request that closed it. */
	closing_hash: string | null;
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

/** Commission that was paid to a vendor: into the float or at the bank. */
export interface CommissionSettlementRow {
	id: string;
	utility_id: string;
	vendor_id: string;
	amount_minor: number;
	currency: string;
	paid_to: 'float' | 'bank';
	reference: string;
	content_hash: string;
	made_by: string;
	at_ms: number;
}

export interface VendorsTables {
	vendor: VendorRow;
	terminal: TerminalRow;
	batch: BatchRow;
	deposit: DepositRow;
	commission_settlement: CommissionSettlementRow;
}
