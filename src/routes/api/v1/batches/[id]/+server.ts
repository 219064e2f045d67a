import { readBatch } from '#lib/server/batch/batch-answer.ts';
import { openBatch } from '#lib/server/batch/open-batch.ts';
import { operation } from '#lib/server/http/operation.ts';

export const GET = operation('readBatch', ({ backend, caller, params }) =>
	readBatch(backend, caller, params.id),
);

export const PUT = operation('openBatch', ({ backend, caller, params, body }) =>
	openBatch(backend, caller, params.id, body),
);
