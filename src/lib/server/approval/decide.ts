/**
 * `POST /approvals/{id}/decisions`: the second person decides. What they agree to is done in the same
 * transaction, so that a wish is never agreed to and not done, nor done twice.
 */
import type { ApprovalAnswer, DecisionRequest } from '#lib/core/sync/wire-approvals.ts';
import { decideDecision, STATE_AFTER } from '#lib/core/vending/approval.ts';
import type { Caller } from '../access/caller.ts';
import { decideAuthority } from '../access/roles.ts';
import { inScope } from '../access/scope.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { lockApproval } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { ApprovalRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { issueVend } from '../vend/issue-vend.ts';
import { approvalAnswer } from './answer.ts';
import { findApproval, proposalOf, wishOf } from './approval-row.ts';
import { kindOf } from './kinds.ts';

/**
 * Order: `sign-in-needed` (nobody in person), `not-found`, `not-allowed` (this kind), `approval-decided`,
 * `own-approval`, then those of what is to be done, with which it stays proposed.
 */
export async function decideApproval(
	backend: Backend,
	caller: Caller,
	id: string,
	request: DecisionRequest,
): Promise<ApprovalAnswer | Refusal> {
	const nowMs = backend.clock.nowMs();
	const row = await transact(backend.database, (write) =>
		decideIn(write, caller, { id, ...request }, nowMs),
	);
	if (isRefusal(row)) return row;
	// Its tokens are made outside; should this process end here, recovery makes them.
	if (row.state === 'approved' && kindOf(wishOf(row)).isVend) await issueVend(backend, id);
	return await approvalAnswer(backend.database, caller, row, nowMs);
}

async function decideIn(
	write: Write,
	caller: Caller,
	{ id, decision, note }: DecisionRequest & { id: string },
	nowMs: number,
): Promise<ApprovalRow | Refusal> {
	const { operatorId: by } = caller;
	if (by === undefined) return { refusal: 'sign-in-needed' };
	await lockApproval(write, id);
	const row = inScope(caller, await findApproval(write, id));
	if (isRefusal(row)) return row;
	const wish = wishOf(row);
	const kind = kindOf(wish);
	const denied = decideAuthority(caller, kind.decide);
	if (denied !== undefined) return denied;
	const outcome = decideDecision(proposalOf(row), { by, decision }, nowMs);
	if (outcome === 'known') return row;
	if (outcome !== 'carry-out') return outcome;
	if (decision === 'approve') {
		const agreed = { id, proposedBy: row.proposed_by, wish, caller };
		const refused = await kind.carryOut(write, agreed, nowMs);
		if (refused !== undefined) return refused;
	}
	const decided = {
		state: STATE_AFTER[decision],
		...{ decided_by: by, decided_at_ms: nowMs, decision_note: note },
	};
	await write.updateTable('approval').set(decided).where('id', '=', id).execute();
	const facts = { kind: row.kind, proposedBy: row.proposed_by };
	const subject = { kind: 'approval', id };
	await recordDeed(write, caller, { action: `approval-${decided.state}`, subject, facts }, nowMs);
	return { ...row, ...decided };
}
