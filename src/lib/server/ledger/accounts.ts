/**
 * The chart of accounts. Every account belongs to one utility; those of `OWNED_ACCOUNTS` there is one of per meter
 * or per vendor, and their id carries that owner's. Debit is positive, credit negative: what the utility has
 * or is owed against what it owes or has earned.
 */
export const ACCOUNT_KINDS = {
	'provider-clearing': 'money that a payment provider holds for us',
	bank: 'money at the bank: paid in by vendors, paid out to them and to payers',
	'agent-float': 'paid in by one vendor and not sold from yet; what one on credit owes is a debit',
	'customer-held': 'paid for a vend that has no token yet',
	'refund-due': 'paid for a vend that was refused or reversed: owed to the payer',
	suspense: 'money that came when no vend waited for it',
	'charged-back': 'taken back by a provider after it was used: owed by the payer',
	'service-fee': 'earned by fees',
	'vat-payable': 'owed to the revenue authority',
	'fixed-charge': 'earned by fixed monthly charges',
	'energy-sales': 'earned by energy, whoever bears it',
	'rounding-given': 'energy given because a token can only round up',
	'fbe-subsidy': 'energy given as free basic electricity',
	'free-issue-given': 'energy given by the office',
	'reserve-returned':
		'given back to vendors for sealed tokens that may have been used all the same',
	'commission-expense': 'cost of what vendors earn',
	'commission-payable': 'earned by one vendor and not settled yet',
	'opening-balance': 'what was there before the first sale',
	'arrears-adjusted': 'arrears that the office set up, and those that it let go',
	arrears: 'owed by the customer of one meter',
	'left-over': 'too little for 0.1 kWh: owed to the customer of one meter',
} as const;

export type AccountKind = keyof typeof ACCOUNT_KINDS;

/** Kinds of which every owner has one: a meter by its number, a vendor by its id. */
export const OWNED_ACCOUNTS = {
	arrears: 'meter',
	'left-over': 'meter',
	'agent-float': 'vendor',
	'commission-payable': 'vendor',
} as const satisfies Partial<Record<AccountKind, 'meter' | 'vendor'>>;

export type OwnedAccountKind = keyof typeof OWNED_ACCOUNTS;

/** One account of a utility's books, its kind and its owner where it has one. */
export type Account =
	| Exclude<AccountKind, OwnedAccountKind>
	| { readonly kind: OwnedAccountKind; readonly owner: string };

/** `lakeside:energy-sales`, `lakeside:arrears:37204100000`. */
export function accountId(utilityId: string, account: Account): string {
	return typeof account === 'string'
		? `${utilityId}:${account}`
		: `${utilityId}:${account.kind}:${account.owner}`;
}

export function kindOfAccount(account: Account): AccountKind {
	return typeof account === 'string' ? account : account.kind;
}
