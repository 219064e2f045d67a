/** A provider's message: signed, fresh, acted on once, and never believed without asking the provider. */
import * as v from 'valibot';
import type { Backend } from '../backend.ts';
import type { Refusal } from '../refusal.ts';
import { issueVend } from '../vend/issue-vend.ts';
import { settlePayment } from './settle-payment.ts';
import { isSignatureRight } from './webhook-signature.ts';

const Message = v.object({
	eventId: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
	reference: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
});
export type WebhookMessage = v.InferOutput<typeof Message>;

/**
 * Order: `webhook-signature` (also for one too old), `body-not-json`, `body-shape`. A message about a
 * payment that is not ours is taken and changes nothing.
 */
export async function receiveWebhook(
	backend: Backend,
	body: string,
	signature: string | null,
): Promise<{ received: true } | Refusal> {
	if (!isSignatureRight(backend.webhookSecret, body, signature, backend.clock.nowMs()))
		return { refusal: 'webhook-signature' };
	const message = readMessage(body);
	if ('refusal' in message) return message;
	const event = { provider: backend.provider.name, eventId: message.eventId };
	const vendId = await settlePayment(backend, message.reference, event);
	if (vendId !== undefined) await issueVend(backend, vendId);
	return { received: true };
}

function readMessage(body: string): WebhookMessage | Refusal {
	let json: unknown;
	try {
		json = JSON.parse(body);
	} catch {
		return { refusal: 'body-not-json' };
	}
	const message = v.safeParse(Message, json);
	return message.success ? message.output : { refusal: 'body-shape' };
}
