import { operation } from '#lib/server/http/operation.ts';
import { settleRefund } from '#lib/server/refund/settle-refund.ts';

export const PUT = operation('settleRefund', ({ backend, caller, params, body }) =>
	settleRefund(backend, caller, params.id, body),
);
