/** Loads what looks after reminders where this device has one. */
import { app } from './app.svelte.ts';

export async function startReminders(): Promise<void> {
	try {
		if ((await app.store.reminders.count()) === 0) return;
		const { reminderDesk } = await import('./reminder-desk.svelte.ts');
		reminderDesk.start();
	} catch {
		// No store, or the file could not be had: the next visit tries again.
	}
}
