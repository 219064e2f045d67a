import { operation } from '#lib/server/http/operation.ts';
import { readStatement } from '#lib/server/vendor/statement.ts';

export const GET = operation('readStatement', ({ backend, caller, params, query }) =>
	readStatement(backend, caller, params.vendor, query),
);
