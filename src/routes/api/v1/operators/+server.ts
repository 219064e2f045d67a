import { listOperators } from '#lib/server/access/operators.ts';
import { operation } from '#lib/server/http/operation.ts';

export const GET = operation('listOperators', ({ backend, caller, query }) =>
	listOperators(backend, caller, query.after),
);
