import { listTerminals } from '#lib/server/access/terminals.ts';
import { operation } from '#lib/server/http/operation.ts';

export const GET = operation('listTerminals', ({ backend, caller }) =>
	listTerminals(backend, caller),
);
