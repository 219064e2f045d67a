/**
 * Payments that have ended and are looked at a while longer: money may come after all, a second time, or be
 * taken back, and the provider's message about it may be lost.
 */
import type { Write } from '../database/open.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Before each look, after the one before. About ten days in all. */
export const WATCH_PAUSES_MS: readonly [number, ...number[]] = [
	...([MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 12 * HOUR_MS] as const),
	...[36 * HOUR_MS, 192 * HOUR_MS],
];

/** In the transaction in which the payment ends. */
export async function watchPayment(write: Write, paymentId: string, nowMs: number): Promise<void> {
	await write
		.insertInto('payment_watch')
		.values({ payment_id: paymentId, looks: 0, next_look_at_ms: nowMs + WATCH_PAUSES_MS[0] })
		.execute();
}
