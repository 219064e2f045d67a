/** What was found in the drawer against what should be in it: pure. */
import type { BatchAnswer, BatchClosingRequest, BatchTotals } from '#lib/core/sync/wire-vendors.ts';
import { TENDER_METHODS, type TenderMethod } from '#lib/core/sync/wire.ts';

export type Counted = NonNullable<BatchAnswer['counted']>;

/** Every pay type that something was sold for, or that was counted, and its difference by name. */
export function countCash(totals: BatchTotals, counted: BatchClosingRequest): Counted {
	const differences = TENDER_METHODS.flatMap((payType) => {
		const sold = totals.byPayType.find((row) => row.payType === payType);
		const countedMinor = countedOf(counted, payType);
		if (sold === undefined && countedMinor === 0) return [];
		return [differenceOf(payType, sold?.amountMinor ?? 0, countedMinor)];
	});
	return { cash: counted.cash, reference: counted.reference, differences };
}

function countedOf({ cash, others }: BatchClosingRequest, payType: TenderMethod): number {
	return payType === 'cash'
		? cash.reduce((sum, { denominationMinor, count }) => sum + denominationMinor * count, 0)
		: others.reduce((sum, row) => sum + (row.payType === payType ? row.amountMinor : 0), 0);
}

function differenceOf(payType: TenderMethod, expectedMinor: number, countedMinor: number) {
	const differenceMinor = countedMinor - expectedMinor;
	const verdict = differenceMinor === 0 ? 'exact' : differenceMinor > 0 ? 'over' : 'short';
	return { payType, expectedMinor, countedMinor, differenceMinor, verdict } as const;
}
