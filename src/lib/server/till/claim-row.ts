/** The claim code of a sale, stored with its entry: a customer can ask from the moment that the sale has arrived. */
import { serverTimeOf } from '#lib/core/sync/journal-chain.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { ClaimRow, TillEntryRow } from '../database/schema.ts';
import { hashClaim } from './claim-code.ts';
import type { ReadEntry } from './read-rows.ts';
import { amountOf } from './sale-amount.ts';

/** Of a sale that can be read, and of a meter number that can be typed: nobody could ask for another. Pure. */
export function claimOf(
	homeSecret: Uint8Array,
	{ id, utility_id }: TillEntryRow,
	{ entry, sale }: ReadEntry,
): ClaimRow[] {
	const number = sale && decideMeterNumber(sale.request.drn);
	if (number === undefined || 'refusal' in number) return [];
	const { drn } = number;
	const code_hash = hashClaim(homeSecret, utility_id, drn, sale?.claimCode ?? '');
	const amount_minor = sale ? amountOf(sale) : 0;
	// Whatever a device says of its clock, it is a number that can be read again.
	const at_ms = Math.min(serverTimeOf(entry), Number.MAX_SAFE_INTEGER);
	return [{ sale_id: id, utility_id, drn, code_hash, amount_minor, at_ms }];
}
