import { proposeApproval } from '#lib/server/approval/propose.ts';
import { readApproval } from '#lib/server/approval/read.ts';
import { operation } from '#lib/server/http/operation.ts';

export const PUT = operation('proposeApproval', ({ backend, caller, params, body }) =>
	proposeApproval(backend, caller, params.id, body),
);

export const GET = operation('readApproval', ({ backend, caller, params }) =>
	readApproval(backend, caller, params.id),
);
