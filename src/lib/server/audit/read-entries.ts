/** Entries of a utility's chain, oldest first, a page at a time. */
import type { AuditPage } from '#lib/core/sync/wire-audit.ts';
import type { Database } from '../database/open.ts';
import type { AuditEventRow } from '../database/schema.ts';
import { NO_HASH, type FoundEntry } from './chain.ts';
import { eventShape } from './event-shape.ts';

/** An event that is gone is null. */
export async function readEntries(
	database: Pick<Database, 'selectFrom'>,
	utilityId: string,
	after: number,
	limit: number,
): Promise<FoundEntry[]> {
	const rows = await database
		.selectFrom('audit_seal')
		.leftJoin('audit_event', 'audit_event.id', 'audit_seal.event_id')
		.selectAll('audit_event')
		.select(['audit_seal.sequence', 'audit_seal.hash'])
		.where('audit_seal.utility_id', '=', utilityId)
		.where('audit_seal.sequence', '>', after)
		.orderBy('audit_seal.sequence')
		.limit(limit)
		.execute();
	return rows.map(({ sequence, hash, ...event }) => ({
		sequence,
		hash,
		event: event.id === null ? null : eventShape(event as AuditEventRow),
	}));
}

const COMMON_LIMIT = 200;

/** The page of `GET /api/v1/audit/events`. */
export async function auditPage(
	database: Pick<Database, 'selectFrom'>,
	utilityId: string,
	query: { readonly after?: string | undefined; readonly limit?: string | undefined },
): Promise<AuditPage> {
	const after = Number(query.after ?? 0);
	const limit = Number(query.limit ?? COMMON_LIMIT);
	const found = await readEntries(database, utilityId, after, limit);
	// A place whose event is gone is left out: whoever checks the page finds the gap.
	const entries = found.flatMap(({ event, ...place }) =>
		event === null ? [] : [{ ...place, event }],
	);
	const last = found.at(-1)?.sequence;
	return {
		previousHash: await hashAt(database, utilityId, after),
		entries,
		next: found.length === limit && last !== undefined ? last : null,
	};
}

async function hashAt(
	database: Pick<Database, 'selectFrom'>,
	utilityId: string,
	sequence: number,
): Promise<string> {
	const row = await database
		.selectFrom('audit_seal')
		.select('hash')
		.where('utility_id', '=', utilityId)
		.where('sequence', '=', sequence)
		.executeTakeFirst();
	return row?.hash ?? NO_HASH;
}
