/**
 * How the sandbox providers sign their messages: HMAC-SHA-256 over the instant of sending and the body's very bytes,
 * in the header `sandbox-signature: t=<ms>,v1=<hex>`. An old instant is refused, so that a message that
 * was overheard is of no use later.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { ProviderNotice } from '#lib/core/sync/wire-messages.ts';
import { parseJson } from '../http/read-body.ts';
import type { Refusal } from '../refusal.ts';

export const SIGNATURE_HEADER = 'sandbox-signature';
/** How far the instant of sending may be from now, either way. */
export const MAX_SIGNATURE_AGE_MS = 5 * 60_000;

const HEADER = /^t=(\d{1,15}),v1=([0-9a-f]{64})$/;

/** The header's value for a body sent at an instant. */
export function signWebhook(secret: Uint8Array, body: string, atMs: number): string {
	return `t=${atMs},v1=${digest(secret, body, atMs).toString('hex')}`;
}

/** Whether the header was made by someone who has the secret, for this body, not long ago. */
export function isSignatureRight(
	secret: Uint8Array,
	body: string,
	header: string | null,
	nowMs: number,
): boolean {
	const [, at, signature] = HEADER.exec(header ?? '') ?? [];
	if (at === undefined || signature === undefined) return false;
	if (Math.abs(nowMs - Number(at)) > MAX_SIGNATURE_AGE_MS) return false;
	return timingSafeEqual(digest(secret, body, Number(at)), Buffer.from(signature, 'hex'));
}

function digest(secret: Uint8Array, body: string, atMs: number): Buffer {
	return createHmac('sha256', secret).update(`${atMs}.${body}`).digest();
}

/** A provider's message. Order: `webhook-signature` (also for one too old), `body-not-json`, `body-shape`. */
export function readNotice(
	secret: Uint8Array,
	body: string,
	signature: string | null,
	nowMs: number,
): ProviderNotice | Refusal {
	if (!isSignatureRight(secret, body, signature, nowMs)) return { refusal: 'webhook-signature' };
	const parsed = parseJson(body, ProviderNotice);
	return 'refusal' in parsed ? parsed : parsed.value;
}
