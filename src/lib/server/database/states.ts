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

/** What a vend is for; each is one row of `vend/kinds.ts`. */
export const VEND_KINDS = ['credit', 'fbe', 'free-issue', 'engineering', 'key-change'] as const;

/** Where a vend's money comes from: a payment of the customer's, a vendor's float, or nowhere. */
export const FUNDINGS = ['payment', 'float', 'none'] as const;

/** `unknown`: the provider was asked and did not say; the last three are final. */
export const PAYMENT_ROW_STATES = [
	'created',
	'pending',
	'unknown',
	'paid',
	'failed',
	'expired',
] as const;

/** Of a charge in the sandbox provider's book. */
export const CHARGE_STATES = ['pending', 'approved', 'declined'] as const;

/** Of a message to a customer's phone. The last two are final. */
export const MESSAGE_STATES = ['queued', 'sent', 'unknown', 'delivered', 'failed'] as const;

/** Of a wish that a second person must agree to. All but the first are final. */
export const APPROVAL_STATES = ['proposed', 'approved', 'rejected', 'expired'] as const;

/** Of a shift, sales or banking batch. */
export const BATCH_STATES = ['open', 'closed'] as const;
export const BATCH_KINDS = ['shift', 'sales', 'banking'] as const;
