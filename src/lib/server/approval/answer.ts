/** Proposals as the API answers them: each as it is at a moment, with what the second person must know of it. */
import type { ApprovalAnswer } from '#lib/core/sync/wire-approvals.ts';
import type { Reserve } from '#lib/core/sync/wire-reserves.ts';
import { APPROVAL_LIFETIME_MS, approvalStateAt } from '#lib/core/vending/approval.ts';
import type { Caller } from '../access/caller.ts';
import { decideAuthority } from '../access/roles.ts';
import type { Database, Write } from '../database/open.ts';
import type { ApprovalRow } from '../database/schema.ts';
import { readReserves } from '../till/reserve/list-reserves.ts';
import { proposalOf, wishOf } from './approval-row.ts';

/** One that is too old is `expired`, whether or not that was written down yet. */
export async function approvalAnswers(
	database: Database | Write,
	caller: Caller,
	rows: readonly ApprovalRow[],
	nowMs: number,
): Promise<ApprovalAnswer[]> {
	const reserves = await reservesOf(database, caller, rows);
	return rows.map((row) => answerOf(row, reserves, nowMs));
}

/** As `approvalAnswers`, of one. */
export async function approvalAnswer(
	database: Database | Write,
	caller: Caller,
	row: ApprovalRow,
	nowMs: number,
): Promise<ApprovalAnswer> {
	return answerOf(row, await reservesOf(database, caller, [row]), nowMs);
}

/** The sealed tokens that proposals are about, by vend; none for who may not read them. */
async function reservesOf(
	database: Database | Write,
	caller: Caller,
	rows: readonly ApprovalRow[],
): Promise<ReadonlyMap<string, Reserve>> {
	if (decideAuthority(caller, 'reserve.read') !== undefined) return new Map();
	const vendIds = rows.map(reserveOf).filter((vendId) => vendId !== undefined);
	const reserves = await readReserves(database, caller, vendIds);
	return new Map(reserves.map((reserve) => [reserve.vendId, reserve]));
}

/** The vend of the sealed token that the proposal is about. */
function reserveOf(row: ApprovalRow): string | undefined {
	const wish = wishOf(row);
	return wish.kind === 'reserve-return' ? wish.vendId : undefined;
}

function answerOf(
	row: ApprovalRow,
	reserves: ReadonlyMap<string, Reserve>,
	nowMs: number,
): ApprovalAnswer {
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
		reserve: reserves.get(reserveOf(row) ?? '') ?? null,
	};
}
