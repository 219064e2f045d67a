import { setPassword } from '#lib/server/access/set-password.ts';
import { operation } from '#lib/server/http/operation.ts';

export const PUT = operation('setPassword', ({ backend, caller, params, body }) =>
	setPassword(backend, caller, params.id, body),
);
