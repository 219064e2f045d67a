/**
 * Asks about payments that have ended, a few times with growing pauses, then no more. A provider's message
 * that comes later still is acted on.
 */
import type { Backend } from '../backend.ts';
import type { PaymentWatchRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { describeError } from '../log.ts';
import { WATCH_PAUSES_MS } from './payment-watch.ts';
import { settlePayment } from './settle-payment.ts';

/** Payments looked at in one round. */
const BATCH = 100;

/** One round. A provider that is silent is asked at the next look. */
export async function watchPayments(backend: Backend): Promise<void> {
	const { database, clock } = backend;
	const due = await database
		.selectFrom('payment_watch')
		.selectAll()
		.where('next_look_at_ms', '<=', clock.nowMs())
		.orderBy('next_look_at_ms')
		.limit(BATCH)
		.execute();
	for (const row of due)
		try {
			if (await claim(backend, row)) await settlePayment(backend, row.payment_id);
		} catch (error) {
			backend.log('error', 'recovery-failed', { payment: row.payment_id, ...describeError(error) });
		}
}

/** Of several processes one gets the look; the last look ends the watch. */
async function claim({ database, clock }: Backend, row: PaymentWatchRow): Promise<boolean> {
	const looks = row.looks + 1;
	const pauseMs = WATCH_PAUSES_MS[looks];
	return await transact(database, async (write) => {
		if (pauseMs === undefined) {
			const ended = await write
				.deleteFrom('payment_watch')
				.where('payment_id', '=', row.payment_id)
				.where('looks', '=', row.looks)
				.executeTakeFirst();
			return ended.numDeletedRows > 0n;
		}
		const claimed = await write
			.updateTable('payment_watch')
			.set({ looks, next_look_at_ms: clock.nowMs() + pauseMs })
			.where('payment_id', '=', row.payment_id)
			.where('looks', '=', row.looks)
			.executeTakeFirst();
		return claimed.numUpdatedRows > 0n;
	});
}
