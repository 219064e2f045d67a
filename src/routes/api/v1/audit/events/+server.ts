import { auditPage } from '#lib/server/audit/read-entries.ts';
import { operation } from '#lib/server/http/operation.ts';

export const GET = operation('readAuditEvents', ({ backend, caller, query }) =>
	auditPage(backend.database, caller.utilityId, query),
);
