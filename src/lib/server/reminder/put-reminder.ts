/**
 * Takes in a reminder, moves it, or takes it away. Who knows its id may: it is made by chance on one device
 * and shown by no endpoint. What it is about is not known here.
 */
import { createHash } from 'node:crypto';
import type { ReminderAnswer, ReminderRequest } from '#lib/core/sync/wire-reminders.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import { transact } from '../database/transact.ts';
import { decideEndpoint } from '../push/decide-endpoint.ts';
import type { Refusal } from '../refusal.ts';

/** Reminders of one subscription: a household has a few meters. */
export const MOST_REMINDERS = 40;
/** No estimate reaches further; the device tells anew long before. */
const FURTHEST_MS = 400 * 24 * 60 * 60_000;

type Own = Pick<Backend, 'database' | 'clock' | 'push'>;

/** Refusals: `push-endpoint`, `reminders-exceeded`, `id-reused` (by another utility). */
export async function putReminder(
	{ database, clock, push }: Own,
	{ utilityId }: Pick<Caller, 'utilityId'>,
	id: string,
	{ dueAtMs: askedMs, subscription }: ReminderRequest,
): Promise<ReminderAnswer | Refusal> {
	const { endpoint, p256dh, auth } = subscription;
	const place = decideEndpoint(endpoint, push);
	if ('refusal' in place) return place;
	const nowMs = clock.nowMs();
	const dueAtMs = Math.min(askedMs, nowMs + FURTHEST_MS);
	const change = {
		...{ endpoint, endpoint_hash: endpointHash(endpoint), p256dh, auth },
		...{ due_at_ms: dueAtMs, attempts: 0, next_attempt_at_ms: dueAtMs },
	};
	return await transact(database, async (write) => {
		const others = await write
			.selectFrom('reminder')
			.select(({ fn }) => fn.countAll<number>().as('rows'))
			.where('endpoint_hash', '=', change.endpoint_hash)
			.where('id', '<>', id)
			.executeTakeFirstOrThrow();
		if (Number(others.rows) >= MOST_REMINDERS)
			return { refusal: 'reminders-exceeded', facts: { most: MOST_REMINDERS } };
		const put = await write
			.insertInto('reminder')
			.values({ id, utility_id: utilityId, created_at_ms: nowMs, ...change })
			.onConflict((conflict) =>
				conflict.column('id').doUpdateSet(change).where('reminder.utility_id', '=', utilityId),
			)
			.executeTakeFirst();
		return put.numInsertedOrUpdatedRows ? { id, dueAtMs } : { refusal: 'id-reused' };
	});
}

/** Refusal: `not-found`, for one that was sent, too. */
export async function removeReminder(
	{ database }: Own,
	{ utilityId }: Pick<Caller, 'utilityId'>,
	id: string,
): Promise<{ readonly id: string } | Refusal> {
	const removed = await transact(database, (write) =>
		write
			.deleteFrom('reminder')
			.where('id', '=', id)
			.where('utility_id', '=', utilityId)
			.executeTakeFirst(),
	);
	return removed.numDeletedRows > 0n ? { id } : { refusal: 'not-found' };
}

/** Endpoints are long; what they are found by is not. */
export const endpointHash = (endpoint: string): string =>
	createHash('sha256').update(endpoint).digest('base64url');
