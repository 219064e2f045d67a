/**
 * The vends that the security module made tokens for and the database does not know of, or not that they
 * were begun with: what an older copy of the database has lost. A module that only counts cannot name them.
 */
import type { Database } from '../database/open.ts';
import type { Log } from '../log.ts';
import type { SecurityModule } from '../security-module/port.ts';
import type { Marks } from './marks.ts';
import type { Permit } from './permit.ts';

/** Asked of the database at a time. */
const AT_A_TIME = 500;
const UUID_LENGTH = 36;

export interface LostVends {
	/** Null: the module cannot say. */
	readonly ids: readonly string[] | null;
	/** How many of the module's requests were looked at, with those before `after`. */
	readonly requests: number;
}

/** @param after looks at the module's requests from the next one on */
export async function findLostVends(
	database: Database,
	module: Pick<SecurityModule, 'usage'>,
	after: number,
): Promise<LostVends> {
	const lost: string[] = [];
	for (let known = after; ;) {
		const { ids } = await module.usage({ after: known });
		if (ids === null) return { ids: null, requests: known };
		lost.push(...(await unknownAmong(database, ids)));
		known += ids.length;
		if (ids.length === 0) return { ids: lost, requests: known };
	}
}

/** The latest requests that are looked at while the backend runs. */
const LATEST = 200;

/**
 * A background round: an older copy whose marks do not show it (it was put back within seconds) is known by
 * a vend that the module remembers.
 */
export async function lookForLostVends({
	database,
	securityModule,
	marks,
	permit,
	log,
}: {
	readonly database: Database;
	readonly securityModule: Pick<SecurityModule, 'usage'>;
	readonly marks: Pick<Marks, 'settledRequests'>;
	readonly permit: Pick<Permit, 'distrust' | 'refusal'>;
	readonly log: Log;
}): Promise<void> {
	if (permit.refusal() !== undefined) return;
	const { requests } = await securityModule.usage({ after: Number.MAX_SAFE_INTEGER });
	const after = Math.max(marks.settledRequests(), (requests ?? 0) - LATEST);
	const { ids } = await findLostVends(database, securityModule, after);
	if (ids === null || ids.length === 0) return;
	log('error', 'vends-lost', { vends: ids.length });
	await permit.distrust();
}

/** A vend may need several requests; each begins with the vend's id. */
async function unknownAmong(database: Database, requests: readonly string[]): Promise<string[]> {
	const ids = [...new Set(requests.map((request) => request.slice(0, UUID_LENGTH)))];
	const unknown: string[] = [];
	for (let from = 0; from < ids.length; from += AT_A_TIME) {
		const some = ids.slice(from, from + AT_A_TIME);
		const rows = await database
			.selectFrom('vend')
			.select('id')
			.where('id', 'in', some)
			.where('state', 'not in', ['awaiting-payment', 'paid'])
			.execute();
		const known = new Set(rows.map(({ id }) => id));
		unknown.push(...some.filter((id) => !known.has(id)));
	}
	return unknown;
}
