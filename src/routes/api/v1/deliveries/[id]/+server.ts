import { takeEntry } from '#lib/server/delivery/take-entry.ts';
import { operation } from '#lib/server/http/operation.ts';

export const PUT = operation('recordDelivery', ({ backend, caller, params, body }) =>
	takeEntry(backend, caller, params.id, body),
);
