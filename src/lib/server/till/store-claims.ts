/** The claim codes of sales, stored with their entries: a customer can ask from the moment that the sale has arrived. */
import { serverTimeOf } from '#lib/core/sync/journal-chain.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { Write } from '../database/open.ts';
import type { ClaimRow, TillEntryRow } from '../database/schema.ts';
import { amountOf } from './carry-out-sale.ts';
import { hashClaim } from './claim-code.ts';
import type { ReadEntry } from './read-rows.ts';

/** Of sales that can be read, and of a meter number that can be typed: nobody could ask for another. */
export async function storeClaims(
	write: Write,
	homeSecret: Uint8Array,
	entries: readonly { readonly row: TillEntryRow; readonly read: ReadEntry }[],
): Promise<void> {
	const claims = entries.flatMap(({ row, read }) => claimOf(homeSecret, row, read));
	for (let at = 0; at < claims.length; at += ROWS_AT_ONCE)
		await write
			.insertInto('claim')
			.values(claims.slice(at, at + ROWS_AT_ONCE))
			.execute();
}

const ROWS_AT_ONCE = 200;

function claimOf(
	homeSecret: Uint8Array,
	{ id, utility_id }: TillEntryRow,
	{ entry, sale }: ReadEntry,
): ClaimRow[] {
	const number = sale && decideMeterNumber(sale.request.drn);
	if (number === undefined || 'refusal' in number) return [];
	const { drn } = number;
	const code_hash = hashClaim(homeSecret, utility_id, drn, sale?.claimCode ?? '');
	const amount_minor = sale ? amountOf(sale) : 0;
	return [{ sale_id: id, utility_id, drn, code_hash, amount_minor, at_ms: serverTimeOf(entry) }];
}
