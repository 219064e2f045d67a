/**
 * What is done next about a message, and where it stands after the provider spoke: pure. One that may be
 * with the provider is never sent again before the provider has said that it never heard of it.
 */
import type { MessageRow } from '../database/schema.ts';
import type { MessageStatus } from './port.ts';

/** A token of yesterday helps nobody who has not asked otherwise: then a message is given up. */
export const MESSAGE_LIFE_MS = 24 * 60 * 60_000;

/**
 * - `send`: nobody has ever tried, so nothing can be with the provider.
 * - `ask`: it may be with the provider, by an answer or a process that was lost.
 * - `give-up`: too old to be of use, and nothing is known of it.
 * - `rest`: with the provider, and too old to be asked after.
 */
export type MessageStep = 'send' | 'ask' | 'give-up' | 'rest';

export function decideMessageStep(
	{ state, attempts, created_at_ms: createdAtMs }: MessageRow,
	nowMs: number,
): MessageStep {
	const isOld = nowMs >= createdAtMs + MESSAGE_LIFE_MS;
	if (state === 'sent') return isOld ? 'rest' : 'ask';
	if (attempts > 0) return isOld ? 'give-up' : 'ask';
	return isOld ? 'give-up' : 'send';
}

/** The state after a word of the provider; undefined: it never heard of the message. */
export function stateAfter(status: MessageStatus): 'sent' | 'delivered' | 'failed' | undefined {
	if (status.state === 'unknown') return undefined;
	return status.state === 'accepted' ? 'sent' : status.state;
}
