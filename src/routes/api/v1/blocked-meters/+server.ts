import { operation } from '#lib/server/http/operation.ts';
import { listBlockedMeters } from '#lib/server/meter/read-blocks.ts';

export const GET = operation('listBlockedMeters', ({ backend, caller, query }) =>
	listBlockedMeters(backend, caller, query),
);
