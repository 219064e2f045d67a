import { operation } from '#lib/server/http/operation.ts';
import { putReminder, removeReminder } from '#lib/server/reminder/put-reminder.ts';

export const PUT = operation('putReminder', ({ backend, caller, params, body }) =>
	putReminder(backend, caller, params.id, body),
);

export const DELETE = operation('removeReminder', ({ backend, caller, params }) =>
	removeReminder(backend, caller, params.id),
);
