/** What a sale of a till is counted by. */
import type { TillSale } from '#lib/core/sync/till-journal.ts';

/** Minor units, whatever its request says; 0 for what is no sale. Pure. */
export function amountOf({ request }: TillSale): number {
	if (request.kind !== 'credit') return 0;
	const { amountMinor } = request;
	return Number.isSafeInteger(amountMinor) && amountMinor > 0 ? amountMinor : 0;
}
