/** Jobs as those who may see them see them: a technician their own, the office all. */
import type { JobAnswer, JobList, JobQuery } from '#lib/core/sync/wire-jobs.ts';
import type { Caller } from '../access/caller.ts';
import { decideAuthority } from '../access/roles.ts';
import { inScope } from '../access/scope.ts';
import type { Backend } from '../backend.ts';
import type { JobRow } from '../database/schema.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { findJob, jobAnswer } from './job-row.ts';

const PAGE = 50;

/** The row, for whoever may see it. Refusal: `not-found`, for a colleague's too. */
export function decideJobSight(caller: Caller, row: JobRow | undefined): JobRow | Refusal {
	const found = inScope(caller, row);
	if (isRefusal(found)) return found;
	const mine = ownOnly(caller);
	return mine === undefined || found.operator_id === mine ? found : { refusal: 'not-found' };
}

/** The one whose jobs alone the caller sees; undefined: everybody's. */
function ownOnly(caller: Caller): string | undefined {
	const isAny = decideAuthority(caller, 'job.read-any') === undefined;
	return isAny ? undefined : (caller.operatorId ?? '');
}

/** Refusal: `not-found`. */
export async function readJob(
	{ database }: Pick<Backend, 'database'>,
	caller: Caller,
	id: string,
): Promise<JobAnswer | Refusal> {
	const row = decideJobSight(caller, await findJob(database, id));
	return isRefusal(row) ? row : await jobAnswer(database, row);
}

/** A page, the newest ids first. */
export async function listJobs(
	{ database }: Pick<Backend, 'database'>,
	caller: Caller,
	{ state, before }: JobQuery,
): Promise<JobList> {
	const mine = ownOnly(caller);
	let wanted = database.selectFrom('job').selectAll().where('utility_id', '=', caller.utilityId);
	if (mine !== undefined) wanted = wanted.where('operator_id', '=', mine);
	if (state !== undefined) wanted = wanted.where('state', '=', state);
	if (before !== undefined) wanted = wanted.where('id', '<', before);
	const rows = await wanted
		.orderBy('id', 'desc')
		.limit(PAGE + 1)
		.execute();
	const page = rows.slice(0, PAGE);
	const jobs: JobAnswer[] = [];
	for (const row of page) jobs.push(await jobAnswer(database, row));
	return { jobs, next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null };
}
