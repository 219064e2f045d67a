/** A proposal's row. */
import type { ApprovalWish } from '#lib/core/sync/wire-approvals.ts';
import type { Proposal } from '#lib/core/vending/approval.ts';
import type { Write } from '../database/open.ts';
import type { ApprovalRow } from '../database/schema.ts';

export async function findApproval(
	database: Pick<Write, 'selectFrom'>,
	id: string,
): Promise<ApprovalRow | undefined> {
	return await database.selectFrom('approval').selectAll().where('id', '=', id).executeTakeFirst();
}

export function wishOf(row: ApprovalRow): ApprovalWish {
	return JSON.parse(row.request) as ApprovalWish;
}

export function proposalOf(row: ApprovalRow): Proposal {
	return {
		state: row.state,
		proposedBy: row.proposed_by,
		proposedAtMs: row.proposed_at_ms,
		decidedBy: row.decided_by,
	};
}
