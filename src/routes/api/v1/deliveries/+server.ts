import { listEntries } from '#lib/server/delivery/read-entries.ts';
import { operation } from '#lib/server/http/operation.ts';

export const GET = operation('listDeliveries', ({ backend, caller, query }) =>
	listEntries(backend, caller, query),
);
