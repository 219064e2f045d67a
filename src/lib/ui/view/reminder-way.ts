/** By which way a reminder reaches its person, as far as this device knows. Pure. */
import type { Granted } from '#lib/browser/device/notifications.ts';
import type { Connection } from '#lib/browser/sync/connection.ts';
import type { Reminder } from '#lib/core/sync/reminders.ts';

/** `waiting`: by a push, once the backend has heard of it. */
export type ReminderWay = 'push' | 'waiting' | 'inApp' | 'blocked';

export function reminderWay(
	{ handedIn }: Pick<Reminder, 'handedIn'>,
	granted: Granted,
	connection: Connection,
): ReminderWay {
	if (handedIn) return 'push';
	if (granted === 'denied') return 'blocked';
	return granted === 'granted' && connection !== 'online' ? 'waiting' : 'inApp';
}
