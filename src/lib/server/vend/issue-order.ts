/**
 * What the first transaction of an issue writes down: all that the tokens, the receipt and the books are
 * made from, whoever makes them and whenever. Kept as JSON in the vend's row; it never changes.
 */
import type { EngineeringWish } from '#lib/core/sync/wire-approvals.ts';
import type { Receipt, Utility } from '#lib/core/sync/wire.ts';
import type { Waterfall } from '#lib/core/vending/waterfall.ts';
import type { AccountRow, MeterRow, VendKind } from '../database/schema.ts';

/** A vending key and the tariff index that a meter is on with it. */
export interface KeyPlace {
	readonly slot: string;
	readonly sgc: string;
	readonly krn: number;
	readonly kt: number;
	readonly baseYear: number;
	readonly ti: string;
}

/** The key-change set that comes first, from where the meter is to where the order's key is. */
export interface KeyChangeStep {
	readonly from: KeyPlace;
	readonly to: KeyPlace;
	readonly sections: 2 | 3 | 4;
}

/** A token that carries energy. */
export interface CreditStep {
	readonly make: 'credit';
	readonly energyDeciKwh: number;
	readonly key: KeyPlace;
	readonly tid: number;
}

/** A class 2 token for one meter. */
export interface ManagementStep {
	readonly make: 'management';
	readonly wish: Exclude<EngineeringWish, { kind: 'meter-test' }>;
	readonly key: KeyPlace;
	readonly tid: number;
}

/** A class 1 token: without a key, without a TID, the same for every meter. */
export interface TestStep {
	readonly make: 'meter-test';
	readonly wish: Extract<EngineeringWish, { kind: 'meter-test' }>;
}

export type TokenStep = CreditStep | ManagementStep | TestStep;

/** What an account is put back to when the vend comes to nothing. */
export type AccountMark = Pick<
	AccountRow,
	| 'month'
	| 'bought_deci_kwh'
	| 'fixed_charge_due'
	| 'arrears_minor'
	| 'arrears_paid_minor'
	| 'left_over_minor'
	| 'fbe_month'
	| 'last_vend_id'
>;

/** Where the office has a meter, and where it plans to move it. */
export type MeterMark = Pick<MeterRow, 'sgc' | 'krn' | 'ti' | 'next_sgc' | 'next_ti'>;

/** What the receipt says that is known before the token is. */
export type ReceiptFacts = Pick<
	Receipt,
	| 'customerMasked'
	| 'drn'
	| 'sgc'
	| 'krn'
	| 'ti'
	| 'ea'
	| 'tct'
	| 'tariffName'
	| 'vendor'
	| 'operator'
	| 'tender'
> & { readonly utility: Utility };

export interface IssueOrder {
	readonly vendId: string;
	readonly kind: VendKind;
	/** The server's clock in the first transaction: what the module is told, however often it is asked. */
	readonly begunAtMs: number;
	readonly keyChange: KeyChangeStep | null;
	/** Null: the key-change tokens are all. */
	readonly token: TokenStep | null;
	readonly waterfall: Waterfall;
	/** Of energy that nobody paid for: what it would have cost. */
	readonly worth: { readonly amountMinor: number; readonly lastPriceE4: number } | null;
	/** Of a sale from a float. */
	readonly commission: { readonly vendorId: string; readonly basisPoints: number } | null;
	/** The account and the meter without this vend. */
	readonly before: { readonly account: AccountMark; readonly meter: MeterMark };
	readonly receipt: ReceiptFacts;
}

/** The order of a vend that was begun. */
export function orderOf(row: { readonly issue_order: string | null }): IssueOrder {
	if (row.issue_order === null) throw new TypeError('a vend that was not begun has no order');
	return JSON.parse(row.issue_order) as IssueOrder;
}
