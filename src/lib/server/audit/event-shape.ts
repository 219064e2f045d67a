/** An audit event as it travels and is hashed, from its row. */
import type { AuditEvent } from '#lib/core/sync/wire-audit.ts';
import type { AuditEventRow } from '../database/schema.ts';

/** Facts that somebody has made unreadable are given as they stand: the event then no longer fits its hash. */
export function eventShape(row: AuditEventRow): AuditEvent {
	return {
		id: row.id,
		utilityId: row.utility_id,
		atMs: row.at_ms,
		actor: row.actor,
		origin: row.origin,
		action: row.action,
		subjectKind: row.subject_kind,
		subjectId: row.subject_id,
		facts: readFacts(row.facts),
	};
}

function readFacts(text: string): AuditEvent['facts'] {
	try {
		return JSON.parse(text) as AuditEvent['facts'];
	} catch {
		return { unreadable: text };
	}
}
