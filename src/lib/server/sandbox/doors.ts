/** Whose messages are taken, by the name in the webhook's path. */
import type { Backend } from '../backend.ts';
import { receiveReceipt } from '../message/receipt.ts';
import { receiveWebhook } from '../payment/webhook.ts';
import type { Refusal } from '../refusal.ts';

type Door = (
	backend: Backend,
	body: string,
	signature: string | null,
) => Promise<{ received: true } | Refusal>;

export const DOORS = {
	sandbox: receiveWebhook,
	'sandbox-sms': receiveReceipt,
} as const satisfies Record<string, Door>;

export function doorOf(provider: string): Door | undefined {
	return Object.hasOwn(DOORS, provider) ? DOORS[provider as keyof typeof DOORS] : undefined;
}
