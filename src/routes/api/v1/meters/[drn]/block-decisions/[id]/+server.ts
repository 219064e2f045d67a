import { operation } from '#lib/server/http/operation.ts';
import { putBlockDecision } from '#lib/server/meter/block-decisions.ts';

export const PUT = operation('putBlockDecision', ({ backend, caller, params, body }) =>
	putBlockDecision(backend, caller, params, body),
);
