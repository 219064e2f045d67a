import { listApprovals } from '#lib/server/approval/read.ts';
import { operation } from '#lib/server/http/operation.ts';

export const GET = operation('listApprovals', ({ backend, caller, query }) =>
	listApprovals(backend, caller, query),
);
