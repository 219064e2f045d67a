/** Jobs as rows, and as they are told of. */
import type { JobAnswer, JobRequest } from '#lib/core/sync/wire-jobs.ts';
import type { Database } from '../database/open.ts';
import type { JobRow } from '../database/schema.ts';

export async function findJob(database: Database, id: string): Promise<JobRow | undefined> {
	return await database.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst();
}

/** What the office asked for, meter numbers in their plain form. */
export function requestOf(row: Pick<JobRow, 'request'>): JobRequest {
	return JSON.parse(row.request) as JobRequest;
}

export async function jobAnswer(database: Database, row: JobRow): Promise<JobAnswer> {
	const { reason, note, lab, meters } = requestOf(row);
	const operator = await database
		.selectFrom('operator')
		.select('name')
		.where('id', '=', row.operator_id)
		.executeTakeFirstOrThrow();
	const areas = await areasOf(
		database,
		meters.map(({ drn }) => drn),
	);
	return {
		...{ id: row.id, state: row.state, operatorId: row.operator_id, operatorName: operator.name },
		...{ madeAtMs: row.made_at_ms, reason, note, packHours: row.pack_hours, lab },
		meters: meters.map((meter) => ({ ...meter, area: areas.get(meter.drn) ?? '' })),
		packedAtMs: row.packed_at_ms,
		closing:
			row.closed_at_ms === null ? null : { atMs: row.closed_at_ms, note: row.closing_note ?? '' },
	};
}

async function areasOf(database: Database, drns: string[]): Promise<Map<string, string>> {
	const rows = await database
		.selectFrom('meter')
		.select(['drn', 'area'])
		.where('drn', 'in', drns)
		.execute();
	return new Map(rows.map(({ drn, area }) => [drn, area]));
}
