import { readRoot } from '#lib/server/audit/sign-roots.ts';
import { operation } from '#lib/server/http/operation.ts';

export const GET = operation('readAuditRoot', ({ backend, caller, params }) =>
	readRoot(backend, caller, params.date),
);
