/** Ends a vend without a token. Money that had come for it moves to what is owed to the payer. */
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { Write } from '../database/open.ts';
import type { VendRow } from '../database/schema.ts';
import { book } from '../ledger/book.ts';
import { entriesOfRefund } from '../ledger/vend-entries.ts';

/** Inside the transaction that found the reason. The vend is `awaiting-payment`, `paid` or `issuing`. */
export async function refuseVend(
	write: Write,
	row: VendRow,
	code: RefusalCode,
	nowMs: number,
): Promise<void> {
	const refundMinor = row.state === 'awaiting-payment' ? 0 : row.amount_minor;
	const answer: VendAnswer = {
		id: row.id,
		state: 'refused',
		paymentId: row.payment_id,
		code,
		refundMinor,
	};
	await write
		.updateTable('vend')
		.set({ state: 'refused', state_at_ms: nowMs, answer: JSON.stringify(answer) })
		.where('id', '=', row.id)
		.execute();
	if (refundMinor === 0) return;
	await book(write, {
		utilityId: row.utility_id,
		kind: 'refund',
		subjectId: row.id,
		atMs: nowMs,
		currency: row.currency,
		entries: entriesOfRefund(null, refundMinor, code),
	});
}
