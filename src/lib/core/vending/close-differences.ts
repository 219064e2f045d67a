/** Everything that a daily close can find to be amiss, as a closed list: one difference has one name. */

export const CLOSE_DIFFERENCES = [
	/** Tokens against the books. */
	'token-without-booking',
	'booking-without-token',
	'energy-differs',
	'money-differs',
	'reversal-without-booking',
	/** Tokens against the security module. */
	'token-without-request',
	'request-without-vend',
	'request-without-token',
	'request-count-differs',
	/** The books in themselves. */
	'transaction-not-zero',
	'trial-balance-not-zero',
	/** Rows kept beside the books against the books. */
	'float-differs',
	'arrears-differ',
	'left-over-differs',
	'held-differs',
	/** The numbers of receipts. */
	'receipt-gap',
	'receipt-counter-differs',
] as const;
export type CloseDifference = (typeof CLOSE_DIFFERENCES)[number];

/** Why the security module may have made what is no token: none of these is a difference. */
export const MODULE_EXPLANATIONS = [
	/** A vend that is being made at this moment. */
	'unfinished',
	/** The module made a part of what was then refused as a whole. */
	'refused',
] as const;
export type ModuleExplanation = (typeof MODULE_EXPLANATIONS)[number];
