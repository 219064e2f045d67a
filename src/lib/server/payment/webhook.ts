/** A payment provider's message: signed, fresh, acted on once, and never believed without asking the provider. */
import type { Backend } from '../backend.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { issueVend } from '../vend/issue-vend.ts';
import { settlePayment } from './settle-payment.ts';
import { readNotice } from './webhook-signature.ts';

/**
 * Refusals: `readNotice`. A message about a payment that is not ours is taken and changes nothing.
 * @throws {Fault} `provider-unavailable`: not acted on, to be sent again
 */
export async function receiveWebhook(
	backend: Backend,
	body: string,
	signature: string | null,
): Promise<{ received: true } | Refusal> {
	const notice = readNotice(backend.webhookSecret, body, signature, backend.clock.nowMs());
	if (isRefusal(notice)) return notice;
	const event = { provider: backend.provider.name, eventId: notice.eventId };
	const vendId = await settlePayment(backend, notice.reference, event);
	if (vendId !== undefined) await issueVend(backend, vendId);
	return { received: true };
}
