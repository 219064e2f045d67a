import { searchToken } from '#lib/server/audit/token-search.ts';
import { operation } from '#lib/server/http/operation.ts';

export const POST = operation('searchToken', ({ backend, caller, body }) =>
	searchToken(backend, caller, body),
);
