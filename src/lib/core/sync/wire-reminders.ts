/**
 * Reminders that a device asks the backend to send at a time, by Web Push. What they are about is known to the
 * device alone: the backend is told an instant, where to send to, and an id that the device finds its own row by.
 */
import * as v from 'valibot';
import { Id } from './wire.ts';

const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** An uncompressed point of P-256, base64url. */
const Point = v.pipe(v.string(), v.regex(/^B[A-Za-z0-9_-]{86}$/, 'not a point of P-256'));

/** `GET /api/v1/push-key`: what a browser subscribes with (VAPID, RFC 8292). */
export const PushKey = v.object({ publicKey: Point });

/** A push subscription as a browser gives it (RFC 8030, RFC 8291). */
export const PushSubscriptionShape = v.strictObject({
	endpoint: v.pipe(v.string(), v.maxLength(2_000)),
	p256dh: Point,
	auth: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/, 'not 16 octets')),
});

/** `PUT /api/v1/reminders/{id}`: another time or place takes the one before. Past: at once. */
export const ReminderRequest = v.strictObject({
	dueAtMs: instant,
	subscription: PushSubscriptionShape,
});

/** Kept under its id; `dueAtMs` as it was taken, which may be nearer than what was asked for. */
export const ReminderAnswer = v.object({ id: Id, dueAtMs: instant });

/** `DELETE /api/v1/reminders/{id}`: it is not there any more. */
export const ReminderRemoved = v.object({ id: Id });

/** What is inside the encrypted message: nothing but the device's own name for it. */
export const PushedReminder = v.object({ reminder: Id });

export type PushSubscriptionShape = v.InferOutput<typeof PushSubscriptionShape>;
export type ReminderRequest = v.InferOutput<typeof ReminderRequest>;
export type ReminderAnswer = v.InferOutput<typeof ReminderAnswer>;
