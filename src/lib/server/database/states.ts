/** The states of rows that move on, in the order in which they do. */

/**
 * `paid` is a vend whose money (or authority) is here and whose first transaction has not been. `refused` and
 * `reversed` are final; `issued` is final from the moment in which its digits are released.
 */
export const VEND_ROW_STATES = [
	'awaiting-payment',
	'paid',
	'issuing',
	'issued',
	'refused',
	'reversed',
] as const;
export type VendRowState = (typeof VEND_ROW_STATES)[number];

/** What a vend is for; each is one row of `vend/kinds.ts`. */
export const VEND_KINDS = ['credit', 'fbe', 'free-issue', 'engineering', 'key-change'] as const;
export type VendKind = (typeof VEND_KINDS)[number];

/** Where a vend's money comes from: a payment of the customer's, a vendor's float, or nowhere. */
export const FUNDINGS = ['payment', 'float', 'none'] as const;
export type Funding = (typeof FUNDINGS)[number];

/** `unknown`: the provider was asked and did not say; the last three are final. */
export const PAYMENT_ROW_STATES = [
	'created',
	'pending',
	'unknown',
	'paid',
	'failed',
	'expired',
] as const;
export type PaymentRowState = (typeof PAYMENT_ROW_STATES)[number];

/** Of a charge in the sandbox provider's book. */
export const CHARGE_STATES = ['pending', 'approved', 'declined'] as const;
export type ChargeState = (typeof CHARGE_STATES)[number];

/** Of a message to a customer's phone. The last two are final. */
export const MESSAGE_STATES = ['queued', 'sent', 'unknown', 'delivered', 'failed'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Of a wish that a second person must agree to. All but the first are final. */
export { APPROVAL_STATES, type ApprovalState } from '#lib/core/vending/approval.ts';

/** Of a shift, sales or banking batch. */
export const BATCH_STATES = ['open', 'closed'] as const;
export type BatchState = (typeof BATCH_STATES)[number];
export const BATCH_KINDS = ['shift', 'sales', 'banking'] as const;
export type BatchKind = (typeof BATCH_KINDS)[number];

/** Of a technician's device, whose last state is final, and of a job, whose last two are. */
export type { FieldDeviceState, JobState } from '#lib/core/field/job-terms.ts';
