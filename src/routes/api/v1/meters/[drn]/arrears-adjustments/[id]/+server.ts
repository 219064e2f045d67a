import { operation } from '#lib/server/http/operation.ts';
import { putArrearsAdjustment } from '#lib/server/meter/arrears-adjustments.ts';

export const PUT = operation('putArrearsAdjustment', ({ backend, caller, params, body }) =>
	putArrearsAdjustment(backend, caller, params, body),
);
