/** A settled refund as the API answers it. */
import type { RefundAnswer } from '#lib/core/sync/wire-office.ts';
import type { RefundRow } from '../database/schema.ts';

export function refundShape(row: RefundRow): RefundAnswer {
	return {
		...{ id: row.id, owedAs: row.owed_as, subjectId: row.subject_id, way: row.way, drn: row.drn },
		...{ amountMinor: row.amount_minor, currency: row.currency },
		...{ reference: row.reference, atMs: row.at_ms },
	};
}
