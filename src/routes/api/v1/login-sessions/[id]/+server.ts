import { endSession } from '#lib/server/access/end-sessions.ts';
import { operation } from '#lib/server/http/operation.ts';

export const DELETE = operation('endSession', ({ backend, caller, params }) =>
	endSession(backend, caller, params.id),
);
