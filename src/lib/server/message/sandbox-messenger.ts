/**
 * The sandbox's messages to phones: nothing is sent anywhere, but kept in a book of its own, which the demo
 * shows. It behaves as real ones do: accepted first, delivered a moment later, with a signed receipt; a
 * number that ends in `0000` belongs to a phone that is switched off.
 */
import type { Clock } from '../clock.ts';
import type { Database } from '../database/open.ts';
import type { SandboxMessageRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { oweNotice } from '../sandbox/notices.ts';
import type { MessageProvider, MessageStatus } from './port.ts';

export const SANDBOX_MESSENGER = 'sandbox-sms';

/** From accepted to delivered, or to failed. */
export const DELIVERY_MS = 2_000;

export function sandboxMessenger(database: Database, clock: Clock): MessageProvider {
	return {
		name: SANDBOX_MESSENGER,
		async send({ reference, phone, text }) {
			const nowMs = clock.nowMs();
			await transact(database, async (write) => {
				const kept = await write
					.insertInto('sandbox_message')
					.values({ reference, phone, text, sent_at_ms: nowMs, state: outcomeOf(phone) })
					.onConflict((conflict) => conflict.column('reference').doNothing())
					.executeTakeFirst();
				if (kept.numInsertedOrUpdatedRows === 0n) return;
				const dueAtMs = nowMs + DELIVERY_MS;
				await oweNotice(write, {
					eventId: `${reference}:receipt`,
					provider: SANDBOX_MESSENGER,
					reference,
					dueAtMs,
				});
			});
			return 'accepted';
		},
		async status(reference) {
			const row = await database
				.selectFrom('sandbox_message')
				.selectAll()
				.where('reference', '=', reference)
				.executeTakeFirst();
			return row === undefined ? { state: 'unknown' } : messageStatusOf(row, clock.nowMs());
		},
	};
}

function outcomeOf(phone: string): SandboxMessageRow['state'] {
	return phone.endsWith('0000') ? 'failed' : 'delivered';
}

/** What a message is at a moment: on its way first, then what it comes to. */
export function messageStatusOf(row: SandboxMessageRow, nowMs: number): MessageStatus {
	return { state: nowMs < row.sent_at_ms + DELIVERY_MS ? 'accepted' : row.state };
}
