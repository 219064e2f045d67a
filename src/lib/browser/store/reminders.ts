/** The reminders of this device: read and changed in one transaction, whatever other tabs and the service worker do. */
import type { Reminder, ReminderKind } from '#lib/core/sync/reminders.ts';
import { reminderOf } from '#lib/core/sync/reminders.ts';
import type { TokenlineStore } from './store.ts';

export async function readReminders(store: TokenlineStore): Promise<Reminder[]> {
	return store.reminders.toArray();
}

/** Stores a reminder in the place of one of the same meter and kind that may be there. */
export async function putReminder(store: TokenlineStore, reminder: Reminder): Promise<void> {
	await store.transaction('rw', store.reminders, async () => {
		await switchOffReminder(store, reminder.kind, reminder.drn);
		await store.reminders.add(reminder);
	});
}

/** It is kept, switched off, until the backend has heard of it. */
export async function switchOffReminder(
	store: TokenlineStore,
	kind: ReminderKind,
	drn: string,
): Promise<void> {
	await store.transaction('rw', store.reminders, async () => {
		const own = await store.reminders.where('drn').equals(drn).toArray();
		const on = reminderOf(own, kind, drn);
		if (on) await store.reminders.put({ ...on, off: true });
	});
}

/** @param change gives the same value back where there is nothing to write */
export async function changeReminder(
	store: TokenlineStore,
	id: string,
	change: (reminder: Reminder) => Reminder,
): Promise<void> {
	await store.transaction('rw', store.reminders, async () => {
		const reminder = await store.reminders.get(id);
		if (!reminder) return;
		const next = change(reminder);
		if (next !== reminder) await store.reminders.put(next);
	});
}
