import { closeBatch } from '#lib/server/batch/close-batch.ts';
import { operation } from '#lib/server/http/operation.ts';

export const POST = operation('closeBatch', ({ backend, caller, params, body }) =>
	closeBatch(backend, caller, params.id, body),
);
