/** `PUT /jobs/{id}`: the office gives a technician work. What a job asks for never changes. */
import type { JobAnswer, JobRequest } from '#lib/core/sync/wire-jobs.ts';
import { actorOf, type Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { contentHash } from '../content-hash.ts';
import type { JobRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { checkJob } from './check-job.ts';
import { findJob, jobAnswer } from './job-row.ts';

/** Same id and contents: the same job. Order: `id-reused`, those of `checkJob`. */
export async function putJob(
	{ database, clock, field }: Pick<Backend, 'database' | 'clock' | 'field'>,
	caller: Caller,
	id: string,
	asked: JobRequest,
): Promise<JobAnswer | Refusal> {
	const { hash } = contentHash(asked);
	return await transact(database, async (write) => {
		const known = await findJob(write, id);
		if (known !== undefined)
			return known.content_hash === hash && known.utility_id === caller.utilityId
				? await jobAnswer(write, known)
				: { refusal: 'id-reused' };
		const request = await checkJob(write, caller, asked, field);
		if (isRefusal(request)) return request;
		const nowMs = clock.nowMs();
		const row: JobRow = {
			...{ id, utility_id: caller.utilityId, operator_id: request.operatorId },
			...{ request: JSON.stringify(request), content_hash: hash },
			pack_hours: request.packHours ?? field.packHours,
			...{ made_by: actorOf(caller), made_at_ms: nowMs, state: 'open', packed_at_ms: null },
			...{ closed_by: null, closed_at_ms: null, closing_note: null },
		};
		await write.insertInto('job').values(row).execute();
		const facts = {
			...{ technician: request.operatorId, meters: request.meters.length, lab: request.lab },
			drns: request.meters.map(({ drn }) => drn).join(' '),
		};
		await recordDeed(
			write,
			caller,
			{ action: 'job-made', subject: { kind: 'job', id }, facts },
			nowMs,
		);
		return await jobAnswer(write, row);
	});
}
