import { operation } from '#lib/server/http/operation.ts';
import { settleCommission } from '#lib/server/vendor/settle-commission.ts';

export const PUT = operation('settleCommission', ({ backend, caller, params, body }) =>
	settleCommission(backend, caller, params.id, body),
);
