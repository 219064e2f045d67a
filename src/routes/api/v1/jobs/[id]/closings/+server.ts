import { operation } from '#lib/server/http/operation.ts';
import { closeJob } from '#lib/server/job/close-job.ts';

export const POST = operation('closeJob', ({ backend, caller, params, body }) =>
	closeJob(backend, caller, params.id, body),
);
