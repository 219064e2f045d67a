/** What a device asks of the backend for its reminders; how a request ends is said in `call.ts`. */
import {
	PushKey,
	ReminderAnswer,
	ReminderRemoved,
	type ReminderRequest,
} from '#lib/core/sync/wire-reminders.ts';
import { call, send } from './call.ts';

export const reminderApi = {
	readPushKey: () => call(PushKey, '/api/v1/push-key'),
	putReminder: (id: string, request: ReminderRequest) =>
		send(ReminderAnswer, 'PUT', `/api/v1/reminders/${id}`, request),
	removeReminder: (id: string) =>
		call(ReminderRemoved, `/api/v1/reminders/${id}`, { method: 'DELETE' }),
};

export type ReminderApi = typeof reminderApi;
