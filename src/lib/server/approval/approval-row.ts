/** A proposal's row, and the row as the API answers it. */
import type { ApprovalAnswer, ApprovalWish } from '#lib/core/sync/wire-approvals.ts';
import {
	APPROVAL_LIFETIME_MS,
	approvalStateAt,
	type Proposal,
} from '#lib/core/vending/approval.ts';
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

/** As it is at a moment: one that is too old is `expired`, whether or not that was written down yet. */
export function approvalAnswer(row: ApprovalRow, nowMs: number): ApprovalAnswer {
	return {
		id: row.id,
		reason: row.reason,
		wish: wishOf(row),
		state: approvalStateAt(proposalOf(row), nowMs),
		proposedBy: row.proposed_by,
		proposedAtMs: row.proposed_at_ms,
		expiresAtMs: row.proposed_at_ms + APPROVAL_LIFETIME_MS,
		decidedBy: row.decided_by,
		decidedAtMs: row.decided_at_ms,
		note: row.decision_note,
	};
}
