/** A delivery receipt: signed, fresh, acted on once, and a reason to ask the provider rather than its word. */
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import { readNotice } from '../payment/webhook-signature.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { stateAfter } from './decide-message.ts';
import { move } from './send-messages.ts';

/**
 * Refusals: `readNotice`. A receipt for a message that is not ours is taken and changes nothing.
 * @throws {Fault} `provider-unavailable`: not acted on, to be sent again
 */
export async function receiveReceipt(
	backend: Backend,
	body: string,
	signature: string | null,
): Promise<{ received: true } | Refusal> {
	const notice = readNotice(backend.webhookSecret, body, signature, backend.clock.nowMs());
	if (isRefusal(notice)) return notice;
	const { eventId, reference } = notice;
	const state = stateAfter(await backend.messenger.status(reference));
	if (state !== undefined && (await isOurs(backend, reference))) {
		await move(backend, reference, state);
		await transact(backend.database, (write) => record(write, backend, eventId, reference));
	}
	return { received: true };
}

async function isOurs({ database }: Backend, id: string): Promise<boolean> {
	const row = await database
		.selectFrom('message')
		.select('id')
		.where('id', '=', id)
		.executeTakeFirst();
	return row !== undefined;
}

async function record(
	write: Write,
	{ messenger, clock }: Backend,
	eventId: string,
	messageId: string,
): Promise<void> {
	const event = { provider: messenger.name, event_id: eventId };
	const known = await write
		.selectFrom('message_event')
		.select('event_id')
		.where('provider', '=', event.provider)
		.where('event_id', '=', eventId)
		.executeTakeFirst();
	if (known !== undefined) return;
	await write
		.insertInto('message_event')
		.values({ ...event, message_id: messageId, received_at_ms: clock.nowMs() })
		.execute();
}
