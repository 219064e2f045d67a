import { operation } from '#lib/server/http/operation.ts';
import { listAlarms } from '#lib/server/till/alarms.ts';

export const GET = operation('listTillAlarms', ({ backend, caller, query }) =>
	listAlarms(backend, caller, query),
);
