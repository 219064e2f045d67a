/** One push to one subscription (RFC 8030): asked once, and what the push service said of it. */
import { createHash } from 'node:crypto';
import type { Backend } from '../backend.ts';
import { decideEndpoint } from './decide-endpoint.ts';
import { encryptPush } from './encrypt-push.ts';

export interface Push {
	readonly endpoint: string;
	/** As the subscription has them, base64url. */
	readonly p256dh: string;
	readonly auth: string;
	readonly content: string;
	/** A later message under the same name takes the place of one that was not delivered yet. */
	readonly name: string;
	/** How long the push service keeps it for a device that is off. */
	readonly keepMs: number;
}

/**
 * - `sent`: the push service has it.
 * - `gone`: the subscription has ended; nothing goes there any more.
 * - `never`: it does not take this one, and would not later either.
 * - `later`: it is overloaded, or out of reach; it may have it all the same.
 */
export type PushOutcome = 'sent' | 'gone' | 'never' | 'later';

const TIMEOUT_MS = 10_000;
/** Section 5.4 of RFC 8030. */
const TOPIC_CHARACTERS = 32;

export async function sendPush(
	{ pushKey, push: settings, clock }: Pick<Backend, 'pushKey' | 'push' | 'clock'>,
	push: Push,
): Promise<PushOutcome> {
	// Looked at again: the list may have changed since it was taken in.
	const place = decideEndpoint(push.endpoint, settings);
	if ('refusal' in place) return 'never';
	const { endpoint } = place;
	const receiver = { p256dh: octets(push.p256dh), auth: octets(push.auth) };
	let body: Buffer;
	try {
		body = encryptPush(Buffer.from(push.content), receiver);
	} catch {
		// The right length, and no point of the curve.
		return 'never';
	}
	try {
		const response = await fetch(endpoint, {
			method: 'POST',
			headers: {
				authorization: await pushKey.authorization(endpoint.origin, clock.nowMs()),
				'content-encoding': 'aes128gcm',
				'content-type': 'application/octet-stream',
				ttl: String(Math.floor(push.keepMs / 1_000)),
				topic: topicOf(push.name),
				urgency: 'normal',
			},
			body: new Uint8Array(body),
			// A push service answers itself; whoever sends us on may have anywhere in mind.
			redirect: 'manual',
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		await response.body?.cancel();
		return outcomeOf(response.status);
	} catch {
		return 'later';
	}
}

/** RFC 8030 says 404 of a subscription that has expired, and push services say 410. */
export function outcomeOf(status: number): PushOutcome {
	if (status >= 200 && status < 300) return 'sent';
	if (status === 404 || status === 410) return 'gone';
	if (status === 429 || status >= 500) return 'later';
	return 'never';
}

const octets = (text: string): Buffer => Buffer.from(text, 'base64url');

const topicOf = (name: string): string =>
	createHash('sha256').update(name).digest('base64url').slice(0, TOPIC_CHARACTERS);
