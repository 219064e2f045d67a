/** `PUT /approvals/{id}`: writes a wish down for somebody else to decide on. Nothing else happens. */
import type { ApprovalAnswer, ApprovalRequest } from '#lib/core/sync/wire-approvals.ts';
import type { Caller } from '../access/caller.ts';
import { decideAuthority } from '../access/roles.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { contentHash } from '../content-hash.ts';
import type { Write } from '../database/open.ts';
import type { ApprovalRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import type { Refusal } from '../refusal.ts';
import { approvalAnswer } from './answer.ts';
import { findApproval } from './approval-row.ts';
import { kindOf } from './kinds.ts';

/**
 * Order: `sign-in-needed` (nobody in person), `not-allowed` (this kind), what is stored already (its answer,
 * or `id-reused`), those of the kind.
 */
export async function proposeApproval(
	{ database, clock }: Backend,
	caller: Caller,
	id: string,
	request: ApprovalRequest,
): Promise<ApprovalAnswer | Refusal> {
	const { operatorId } = caller;
	if (operatorId === undefined) return { refusal: 'sign-in-needed' };
	const kind = kindOf(request.wish);
	const denied = decideAuthority(caller, kind.propose);
	if (denied !== undefined) return denied;
	const { hash } = contentHash({ ...request, operatorId });
	return await transact(database, async (write) => {
		const nowMs = clock.nowMs();
		const known = await findApproval(write, id);
		if (known !== undefined)
			return known.content_hash === hash && known.utility_id === caller.utilityId
				? await approvalAnswer(write, caller, known, nowMs)
				: { refusal: 'id-reused' };
		const refused = await kind.check(write, caller, request.wish, nowMs);
		if (refused !== undefined) return refused;
		const row: ApprovalRow = {
			...{ id, utility_id: caller.utilityId, kind: request.wish.kind, content_hash: hash },
			...{ request: JSON.stringify(request.wish), reason: request.reason },
			...{ proposed_by: operatorId, proposed_at_ms: nowMs, state: 'proposed' },
			...{ decided_by: null, decided_at_ms: null, decision_note: null },
		};
		await store(write, caller, row);
		return await approvalAnswer(write, caller, row, nowMs);
	});
}

async function store(write: Write, caller: Caller, row: ApprovalRow): Promise<void> {
	await write.insertInto('approval').values(row).execute();
	const subject = { kind: 'approval', id: row.id };
	const deed = { action: 'approval-proposed', subject, facts: { kind: row.kind } };
	await recordDeed(write, caller, deed, row.proposed_at_ms);
}
