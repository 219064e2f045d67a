/** `POST /jobs/{id}/closings`: a job is done, or taken back. Packs that carry it run out by themselves. */
import type { JobAnswer, JobClosingRequest } from '#lib/core/sync/wire-jobs.ts';
import { actorOf, type Caller } from '../access/caller.ts';
import { decideAuthority } from '../access/roles.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { lockJob } from '../database/lock.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { findJob, jobAnswer } from './job-row.ts';
import { decideJobSight } from './read-jobs.ts';

/**
 * The same end again: the same answer. Order: `not-found` (also a colleague's), `not-allowed` (only the
 * office takes a job back), `job-closed` (it ended otherwise).
 */
export async function closeJob(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	caller: Caller,
	id: string,
	{ state, note }: JobClosingRequest,
): Promise<JobAnswer | Refusal> {
	return await transact(database, async (write) => {
		await lockJob(write, id);
		const row = decideJobSight(caller, await findJob(write, id));
		if (isRefusal(row)) return row;
		const denied = state === 'cancelled' ? decideAuthority(caller, 'job.manage') : undefined;
		if (denied !== undefined) return denied;
		if (row.state === state) return await jobAnswer(write, row);
		if (row.state !== 'open') return { refusal: 'job-closed' };
		const nowMs = clock.nowMs();
		const change = {
			...{ state, closed_by: actorOf(caller), closed_at_ms: nowMs, closing_note: note },
		};
		await write.updateTable('job').set(change).where('id', '=', id).execute();
		const subject = { kind: 'job', id };
		await recordDeed(write, caller, { action: `job-${state}`, subject }, nowMs);
		return await jobAnswer(write, { ...row, ...change });
	});
}
