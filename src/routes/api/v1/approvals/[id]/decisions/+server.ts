import { decideApproval } from '#lib/server/approval/decide.ts';
import { operation } from '#lib/server/http/operation.ts';

export const POST = operation('decideApproval', ({ backend, caller, params, body }) =>
	decideApproval(backend, caller, params.id, body),
);
