/** How the sandbox providers hand a message to the shop: signed, through the very door that real ones use. */
import type { Backend } from '../backend.ts';
import type { SandboxNoticeRow } from '../database/schema.ts';
import { signWebhook } from '../payment/webhook-signature.ts';
import { isRefusal } from '../refusal.ts';
import { doorOf } from './doors.ts';
import type { SendNotice } from './notices.ts';

/** Resolves when the shop has taken it. @throws when it was refused, or could not be acted on */
export function noticeSender(backend: Backend): SendNotice {
	return async ({ event_id: eventId, provider, reference }: SandboxNoticeRow) => {
		const body = JSON.stringify({ eventId, reference });
		const signature = signWebhook(backend.webhookSecret, body, backend.clock.nowMs());
		const taken = await doorOf(provider)?.(backend, body, signature);
		if (taken === undefined || isRefusal(taken)) throw new Error('the shop did not take it');
	};
}
