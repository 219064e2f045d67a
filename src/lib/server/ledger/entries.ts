/** Entries of the books as values: what is debited and credited, in lists that add up to zero. */
import type { Account } from './accounts.ts';

export interface Entry {
	readonly account: Account;
	/** Debit positive, credit negative. */
	readonly amountMinor: number;
	readonly step: string;
	readonly energyDeciKwh?: number;
}

/** One account is debited and the other credited. */
export function transfer(
	amountMinor: number,
	accounts: { readonly debit: Account; readonly credit: Account },
	step: string,
): Entry[] {
	return [
		{ account: accounts.debit, amountMinor, step },
		{ account: accounts.credit, amountMinor: 0 - amountMinor, step },
	];
}
