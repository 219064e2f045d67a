import { operation } from '#lib/server/http/operation.ts';
import { reprintVend } from '#lib/server/vend/reprint.ts';

export const POST = operation('reprintVend', ({ backend, caller, params, body }) =>
	reprintVend(backend, caller, params.id, body),
);
