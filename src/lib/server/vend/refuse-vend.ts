/** Ends a vend without a token. Money that had come for it goes back to where it came from. */
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import { recordDeed } from '../audit/record.ts';
import type { Write } from '../database/open.ts';
import type { VendRow } from '../database/schema.ts';
import { askerOf } from './asker.ts';
import { giveBack } from './held-money.ts';

/**
 * Inside the transaction that found the reason. The vend is `awaiting-payment`, `paid` or `issuing`. Answers
 * the row as it is now.
 */
export async function refuseVend(
	write: Write,
	row: VendRow,
	code: RefusalCode,
	nowMs: number,
): Promise<VendRow> {
	const refundMinor = await giveBack(write, row, code, nowMs);
	const answer: VendAnswer = {
		id: row.id,
		state: 'refused',
		paymentId: row.payment_id,
		code,
		refundMinor,
	};
	const subject = { kind: 'vend', id: row.id };
	const facts = { code, refundMinor, kind: row.kind };
	await recordDeed(write, askerOf(row), { action: 'vend-refused', subject, facts }, nowMs);
	return await write
		.updateTable('vend')
		.set({ state: 'refused', state_at_ms: nowMs, answer: JSON.stringify(answer) })
		.where('id', '=', row.id)
		.where('state', '=', row.state)
		.returningAll()
		.executeTakeFirstOrThrow();
}
