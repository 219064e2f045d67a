/**
 * The chart of accounts. Every account belongs to one utility; those of a meter carry its number too.
 * Debit is positive, credit negative: what the utility has or is owed against what it owes or has earned.
 */
export const ACCOUNT_KINDS = {
	'provider-clearing': 'money that a payment provider holds for us',
	'customer-held': 'paid for a vend that has no token yet',
	'refund-due': 'paid for a vend that was refused: owed to the payer',
	suspense: 'money that came when no vend waited for it',
	'service-fee': 'earned by fees',
	'vat-payable': 'owed to the revenue authority',
	'fixed-charge': 'earned by fixed monthly charges',
	'energy-sales': 'earned by energy',
	'rounding-given': 'energy given because a token can only round up',
	'opening-balance': 'what was there before the first sale',
	arrears: 'owed by the customer of one meter',
	'left-over': 'too little for 0.1 kWh: owed to the customer of one meter',
} as const;

export type AccountKind = keyof typeof ACCOUNT_KINDS;

/** The id of an account; `drn` for the two kinds that a meter has of its own. */
export function accountId(utilityId: string, kind: AccountKind, drn?: string): string {
	return drn === undefined ? `${utilityId}:${kind}` : `${utilityId}:${kind}:${drn}`;
}
