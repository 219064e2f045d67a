import { removePasskey } from '#lib/server/access/passkeys.ts';
import { operation } from '#lib/server/http/operation.ts';

export const DELETE = operation('removePasskey', ({ backend, caller, params }) =>
	removePasskey(backend, caller, params.credentialId),
);
