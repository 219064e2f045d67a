/** What was found in a drawer against what should be in it, as till and backend count it alike: pure. */
import type { BatchAnswer, BatchClosingRequest, BatchTotals } from './wire-vendors.ts';
import { TENDER_METHODS, type TenderMethod } from './wire.ts';

export type Counted = NonNullable<BatchAnswer['counted']>;

/** What should be there of one pay type, minor units. */
export interface ShouldBe {
	readonly payType: TenderMethod;
	/** Below nothing: more went back to customers than was taken. */
	readonly expectedMinor: number;
}

/**
 * By what was sold alone, as the backend counts a drawer: the money of sales that came to nothing, and what of it
 * went back in which shift, is in the till's own count only.
 */
export const soldMoney = ({ byPayType }: Pick<BatchTotals, 'byPayType'>): ShouldBe[] =>
	byPayType.map(({ payType, amountMinor }) => ({ payType, expectedMinor: amountMinor }));

/** Every pay type that something is expected of, or that was counted, and its difference by name. */
export function countCash(
	expected: readonly ShouldBe[],
	counted: Readonly<BatchClosingRequest>,
): Counted {
	const differences = TENDER_METHODS.flatMap((payType) => {
		const should = expected.find((row) => row.payType === payType);
		const countedMinor = countedOf(counted, payType);
		if (should === undefined && countedMinor === 0) return [];
		return [differenceOf(payType, should?.expectedMinor ?? 0, countedMinor)];
	});
	return { cash: counted.cash, reference: counted.reference, differences };
}

/** What was counted of one pay type. */
export function countedOf({ cash, others }: BatchClosingRequest, payType: TenderMethod): number {
	return payType === 'cash'
		? cash.reduce((sum, { denominationMinor, count }) => sum + denominationMinor * count, 0)
		: others.reduce((sum, row) => sum + (row.payType === payType ? row.amountMinor : 0), 0);
}

function differenceOf(payType: TenderMethod, expectedMinor: number, countedMinor: number) {
	const differenceMinor = countedMinor - expectedMinor;
	const verdict = differenceMinor === 0 ? 'exact' : differenceMinor > 0 ? 'over' : 'short';
	return { payType, expectedMinor, countedMinor, differenceMinor, verdict } as const;
}

/** How a till's own totals differ from the backend's. */
export interface TotalsDifference {
	/** Till less backend. */
	readonly countDifference: number;
	readonly amountDifferenceMinor: number;
}

/**
 * What a till had counted up against the books; undefined: the same. A sale that the till had not heard of yet
 * when it closed, and that was refused since, makes a difference that is nobody's mistake.
 */
export function totalsDifference(
	till: Pick<BatchTotals, 'sold'>,
	books: Pick<BatchTotals, 'sold'>,
): TotalsDifference | undefined {
	const countDifference = till.sold.count - books.sold.count;
	const amountDifferenceMinor = till.sold.amountMinor - books.sold.amountMinor;
	if (countDifference === 0 && amountDifferenceMinor === 0) return undefined;
	return { countDifference, amountDifferenceMinor };
}
