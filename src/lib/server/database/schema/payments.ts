/** Payments, and the sandbox providers’ own books, as rows. */
import type { ChargeState, PaymentRowState } from '../states.ts';

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

/**
 * Money of a payment beside the one that paid for its vend: minor units, negative where the provider took it
 * back. Its id is the payment's own for the first money that came so.
 */
export interface PaymentMovementRow {
	id: string;
	payment_id: string;
	amount_minor: number;
	currency: string;
	at_ms: number;
}

/** A payment that has ended and is asked about a while longer. */
export interface PaymentWatchRow {
	payment_id: string;
	looks: number;
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
	failure: 'declined' | 'no-funds' | 'expired' | null;
	/** A declined charge that the provider takes back its word on: paid from this instant on. */
	turns_approved_at_ms: number | null;
	/** What was really paid, where that is not what was asked for. */
	paid_minor: number | null;
	/** In which currency, where that is another one. */
	paid_currency: string | null;
	/** Paid a second time from this instant on. */
	paid_again_at_ms: number | null;
	/** Paid, and taken back by the provider from this instant on. */
	taken_back_at_ms: number | null;
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

/** The sandbox message provider's own book; nothing but its adapter and its page reads or writes it. */
export interface SandboxMessageRow {
	reference: string;
	phone: string;
	text: string;
	sent_at_ms: number;
	state: 'accepted' | 'delivered' | 'failed';
}

/** Money that was owed to a payer, or that nobody waited for, and where it went. */
export interface RefundRow {
	id: string;
	utility_id: string;
	/** The account that it stood on. */
	owed_as: 'refund-due' | 'suspense';
	/** The vend that it was owed for, or the payment that it came by. */
	subject_id: string;
	way: 'provider' | 'bank' | 'arrears';
	/** Whose arrears were paid with it. */
	drn: string | null;
	reference: string;
	amount_minor: number;
	currency: string;
	content_hash: string;
	made_by: string;
	at_ms: number;
}

export interface PaymentsTables {
	payment: PaymentRow;
	payment_event: PaymentEventRow;
	payment_movement: PaymentMovementRow;
	payment_watch: PaymentWatchRow;
	refund: RefundRow;
	sandbox_charge: SandboxChargeRow;
	sandbox_notice: SandboxNoticeRow;
	sandbox_message: SandboxMessageRow;
}
