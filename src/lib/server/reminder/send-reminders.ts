/**
 * Sends the reminders whose time has come, as a round of every process: each is claimed by one. What was sent
 * is forgotten, and so is everything of a subscription that has ended. One that may have been sent already may
 * be sent again: a device shows a reminder under its id once.
 */
import { backOffMs } from '#lib/core/units/back-off.ts';
import type { Backend } from '../backend.ts';
import type { ReminderRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { describeError } from '../log.ts';
import { sendPush, type PushOutcome } from '../push/send-push.ts';

const BATCH = 100;
/** The first pause is also the lease: longer than a push service may take over an answer. */
const BACK_OFF = { firstMs: 60_000, lastMs: 60 * 60_000 };
/** A day late it says nothing that is still true. */
export const REMINDER_LIFE_MS = 24 * 60 * 60_000;

type Own = Pick<Backend, 'database' | 'clock' | 'log' | 'pushKey' | 'push'>;

export async function sendReminders(backend: Own, signal?: AbortSignal): Promise<void> {
	for (const reminder of await dueReminders(backend)) {
		if (signal?.aborted) return;
		try {
			if (await claim(backend, reminder)) await remind(backend, reminder);
		} catch (error) {
			backend.log('error', 'reminder-failed', { about: reminder.id, ...describeError(error) });
		}
	}
}

async function dueReminders({ database, clock }: Own): Promise<ReminderRow[]> {
	return await database
		.selectFrom('reminder')
		.selectAll()
		.where('next_attempt_at_ms', '<=', clock.nowMs())
		.orderBy('next_attempt_at_ms')
		.limit(BATCH)
		.execute();
}

/** Puts the next attempt off; of several processes one gets it, and none where it was moved meanwhile. */
async function claim({ database, clock }: Own, reminder: ReminderRow): Promise<boolean> {
	const attempts = reminder.attempts + 1;
	const pauseMs = backOffMs(attempts, BACK_OFF, Math.random());
	const claimed = await transact(database, (write) =>
		write
			.updateTable('reminder')
			.set({ attempts, next_attempt_at_ms: clock.nowMs() + pauseMs })
			.where('id', '=', reminder.id)
			.where('attempts', '=', reminder.attempts)
			.where('due_at_ms', '=', reminder.due_at_ms)
			.executeTakeFirst(),
	);
	return claimed.numUpdatedRows > 0n;
}

async function remind(backend: Own, reminder: ReminderRow): Promise<void> {
	const { id, endpoint, p256dh, auth, due_at_ms: dueAtMs } = reminder;
	const content = JSON.stringify({ reminder: id });
	const lateMs = backend.clock.nowMs() - dueAtMs;
	const outcome =
		// The first attempt is made however late: this server may have been off.
		reminder.attempts > 0 && lateMs >= REMINDER_LIFE_MS
			? 'never'
			: await sendPush(backend, {
					...{ endpoint, p256dh, auth, content },
					...{ name: id, keepMs: REMINDER_LIFE_MS },
				});
	if (outcome !== 'sent') backend.log('info', 'reminder-not-sent', { about: id, outcome });
	await settle(backend, reminder, outcome);
}

async function settle({ database }: Own, reminder: ReminderRow, outcome: PushOutcome) {
	if (outcome === 'later') return;
	await transact(database, (write) => {
		const leaving = write.deleteFrom('reminder');
		return outcome === 'gone'
			? leaving.where('endpoint_hash', '=', reminder.endpoint_hash).execute()
			: // Moved while it was being sent: the new time stands.
				leaving
					.where('id', '=', reminder.id)
					.where('due_at_ms', '=', reminder.due_at_ms)
					.where('endpoint_hash', '=', reminder.endpoint_hash)
					.execute();
	});
}
