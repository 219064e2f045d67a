/** Endpoints of reminders by Web Push. */
import {
	PushKey,
	ReminderAnswer,
	ReminderRemoved,
	ReminderRequest,
} from '#lib/core/sync/wire-reminders.ts';
import { rows } from './row.ts';

export const reminderOperations = rows({
	readPushKey: {
		method: 'GET',
		path: '/api/v1/push-key',
		summary: 'The key that a browser subscribes to pushes of this backend with (VAPID).',
		capability: 'reminder.set',
		answers: { 200: PushKey },
		refusals: [],
	},
	putReminder: {
		method: 'PUT',
		path: '/api/v1/reminders/{id}',
		summary:
			'Asks for one push at a time, about something that only the asking device knows. Asked again under the same id, another time or subscription takes the place of the one before.',
		capability: 'reminder.set',
		body: ReminderRequest,
		answers: { 200: ReminderAnswer },
		refusals: ['push-endpoint', 'reminders-exceeded', 'id-reused'],
		rate: 'reminder',
	},
	removeReminder: {
		method: 'DELETE',
		path: '/api/v1/reminders/{id}',
		summary: 'Takes a reminder back.',
		capability: 'reminder.set',
		answers: { 200: ReminderRemoved },
		refusals: ['not-found'],
		rate: 'reminder',
	},
});
