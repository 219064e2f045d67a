import { operation } from '#lib/server/http/operation.ts';
import { putJob } from '#lib/server/job/put-job.ts';
import { readJob } from '#lib/server/job/read-jobs.ts';

export const PUT = operation('putJob', ({ backend, caller, params, body }) =>
	putJob(backend, caller, params.id, body),
);

export const GET = operation('readJob', ({ backend, caller, params }) =>
	readJob(backend, caller, params.id),
);
