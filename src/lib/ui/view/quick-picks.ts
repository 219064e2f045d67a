/** Amounts to choose with one tap: round ones, from a little above the least a utility sells for. */
import type { AmountLimits } from '#lib/core/vending/request-checks.ts';

const ROUND = [1, 2, 5];
const MOST_PICKS = 4;
/** The smallest choice is some of the smallest sales: hardly anybody wants the least. */
const LEAST_SALES = 4;

/** Up to four round amounts in minor units, rising, within the limits. */
export function quickPicks(
	limits: Pick<AmountLimits, 'minTenderMinor' | 'maxTenderMinor'>,
): number[] {
	const picks: number[] = [];
	const least = Math.max(limits.minTenderMinor * LEAST_SALES, 1);
	for (let power = 1; power <= limits.maxTenderMinor; power *= 10)
		for (const step of ROUND) {
			const amountMinor = step * power;
			if (amountMinor >= least && amountMinor <= limits.maxTenderMinor) picks.push(amountMinor);
			if (picks.length === MOST_PICKS) return picks;
		}
	return picks;
}
