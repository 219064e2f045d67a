/** The states of rows that move on, in the order in which they do. */

/** `paid` is a vend whose money is here and whose first transaction has not been; the last two are final. */
export const VEND_ROW_STATES = [
	'awaiting-payment',
	'paid',
	'issuing',
	'issued',
	'refused',
] as const;

/** All but the first are final. */
export const PAYMENT_ROW_STATES = ['pending', 'paid', 'failed', 'expired'] as const;

/** Of a charge in the sandbox provider's book. */
export const CHARGE_STATES = ['pending', 'approved', 'declined'] as const;
