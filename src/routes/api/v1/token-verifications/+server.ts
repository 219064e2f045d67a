import { operation } from '#lib/server/http/operation.ts';
import { verifyToken } from '#lib/server/vend/verify-token.ts';

export const POST = operation('verifyToken', ({ backend, caller, body }) =>
	verifyToken(backend, caller, body),
);
