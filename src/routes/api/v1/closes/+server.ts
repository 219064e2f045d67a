import { listCloses } from '#lib/server/close/read-close.ts';
import { operation } from '#lib/server/http/operation.ts';

export const GET = operation('listCloses', ({ backend, caller, query }) =>
	listCloses(backend, caller, query),
);
