import { putOperator, readOperator } from '#lib/server/access/operators.ts';
import { operation } from '#lib/server/http/operation.ts';

export const PUT = operation('putOperator', ({ backend, caller, params, body }) =>
	putOperator(backend, caller, params.id, body),
);

export const GET = operation('readOperator', ({ backend, caller, params }) =>
	readOperator(backend, caller, params.id),
);
