import { operation } from '#lib/server/http/operation.ts';
import { putDeposit } from '#lib/server/vendor/deposits.ts';

export const PUT = operation('putDeposit', ({ backend, caller, params, body }) =>
	putDeposit(backend, caller, params.id, body),
);
