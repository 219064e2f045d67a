import { requestCode } from '#lib/server/access/one-time-code.ts';
import { operation } from '#lib/server/http/operation.ts';

export const POST = operation('requestCode', ({ backend, caller, body }) =>
	requestCode(backend, caller, body),
);
