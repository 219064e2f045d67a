import { endSessionsOf, listSessionsOf } from '#lib/server/access/end-sessions.ts';
import { operation } from '#lib/server/http/operation.ts';

export const GET = operation('listOperatorSessions', ({ backend, caller, params }) =>
	listSessionsOf(backend, caller, params.id),
);

export const DELETE = operation('endOperatorSessions', ({ backend, caller, params }) =>
	endSessionsOf(backend, caller, params.id),
);
