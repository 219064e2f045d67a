/** Whether a sealed token is made for a meter: pure. Money in minor units, instants in epoch milliseconds. */
import type { ReserveTerms } from '#lib/core/vending/offline-terms.ts';
import { isRegular } from '#lib/core/vending/reserve-plan.ts';
import type { Refusal } from '../../refusal.ts';

export interface ReserveFacts {
	/** Of the vendor, now; null: switched off. */
	readonly terms: ReserveTerms | null;
	readonly denominationMinor: number;
	/** When this vendor sold to the meter. */
	readonly soldAtMs: readonly number[];
	/** What the device has, and has not said the end of. */
	readonly out: { readonly count: number; readonly sumMinor: number };
}

/**
 * The terms that it would be made by, or why not. Order: `reserve-not-allowed`, `reserve-denomination`,
 * `reserve-meter`, `reserve-count-cap`, `reserve-sum-cap`.
 */
export function decideReserve(
	{ terms, denominationMinor, soldAtMs, out }: ReserveFacts,
	nowMs: number,
): ReserveTerms | Refusal {
	if (terms === null) return { refusal: 'reserve-not-allowed' };
	if (!terms.denominationsMinor.includes(denominationMinor))
		return { refusal: 'reserve-denomination' };
	if (!isRegular(soldAtMs, nowMs)) return { refusal: 'reserve-meter' };
	if (out.count + 1 > terms.count) return { refusal: 'reserve-count-cap' };
	if (out.sumMinor + denominationMinor > terms.sumMinor) return { refusal: 'reserve-sum-cap' };
	return terms;
}
