import { operation } from '#lib/server/http/operation.ts';
import { listJobs } from '#lib/server/job/read-jobs.ts';

export const GET = operation('listJobs', ({ backend, caller, query }) =>
	listJobs(backend, caller, query),
);
