import { listPasskeys, registerPasskey } from '#lib/server/access/passkeys.ts';
import { operation } from '#lib/server/http/operation.ts';

export const GET = operation('listPasskeys', ({ backend, caller, query }) =>
	listPasskeys(backend, caller, query.operatorId),
);

export const POST = operation('registerPasskey', ({ backend, caller, url, body }) =>
	registerPasskey(backend, caller, url, body),
);
