/** An issued vend in the books: its own ledger transaction, where money or the worth of energy moves. */
import type { CompiledQuery } from 'kysely';
import type { Write } from '../database/open.ts';
import type { VendRow } from '../database/schema.ts';
import { bookingOf } from '../ledger/book.ts';
import type { Entry } from '../ledger/entries.ts';
import { entriesOfCommission, entriesOfCredit, entriesOfGift } from '../ledger/vend-entries.ts';
import type { IssueOrder } from './issue-order.ts';

/** As queries. An engineering token or a key change moves nothing and books nothing. */
export function bookingOfVend(
	write: Write,
	row: VendRow,
	order: IssueOrder,
	issue: { readonly roundingGainDeciKwh: number; readonly nowMs: number },
): CompiledQuery[] {
	const entries = entriesOf(order, issue.roundingGainDeciKwh);
	if (entries.length === 0) return [];
	return bookingOf(write, {
		utilityId: row.utility_id,
		kind: 'vend',
		subjectId: row.id,
		atMs: issue.nowMs,
		currency: row.currency,
		entries,
	});
}

function entriesOf(order: IssueOrder, roundingGainDeciKwh: number): Entry[] {
	const { kind, waterfall, worth, commission, receipt } = order;
	if (kind === 'credit')
		return [
			...entriesOfCredit(receipt.drn, waterfall, roundingGainDeciKwh),
			...(commission === null
				? []
				: entriesOfCommission(
						commission.vendorId,
						waterfall.tenderedMinor,
						commission.basisPoints,
					)),
		];
	if (worth === null) return [];
	const bornBy = kind === 'fbe' ? 'fbe-subsidy' : 'free-issue-given';
	return entriesOfGift(bornBy, worth, { deciKwh: waterfall.energyDeciKwh, roundingGainDeciKwh });
}
