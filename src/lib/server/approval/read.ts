/** Proposals as those who may see them see them. */
import type { ApprovalAnswer, ApprovalList, ApprovalQuery } from '#lib/core/sync/wire-approvals.ts';
import { APPROVAL_LIFETIME_MS } from '#lib/core/vending/approval.ts';
import type { Caller } from '../access/caller.ts';
import { decideAuthority } from '../access/roles.ts';
import { inScope } from '../access/scope.ts';
import type { Backend } from '../backend.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { approvalAnswer, approvalAnswers } from './answer.ts';
import { findApproval } from './approval-row.ts';

const PAGE = 100;

/** Refusal: `not-found`, for a colleague's too where one sees one's own only. */
export async function readApproval(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	caller: Caller,
	id: string,
): Promise<ApprovalAnswer | Refusal> {
	const row = inScope(caller, await findApproval(database, id));
	if (isRefusal(row)) return row;
	const mine = ownOnly(caller);
	return mine === undefined || row.proposed_by === mine
		? await approvalAnswer(database, caller, row, clock.nowMs())
		: { refusal: 'not-found' };
}

/** A page, the newest ids first. */
export async function listApprovals(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	caller: Caller,
	{ state, after }: ApprovalQuery,
): Promise<ApprovalList> {
	const nowMs = clock.nowMs();
	const mine = ownOnly(caller);
	let wanted = database
		.selectFrom('approval')
		.selectAll()
		.where('utility_id', '=', caller.utilityId);
	if (mine !== undefined) wanted = wanted.where('proposed_by', '=', mine);
	if (after !== undefined) wanted = wanted.where('id', '<', after);
	const oldestMs = nowMs - APPROVAL_LIFETIME_MS;
	if (state === 'proposed')
		wanted = wanted.where('state', '=', state).where('proposed_at_ms', '>', oldestMs);
	else if (state === 'expired')
		wanted = wanted.where((is) =>
			is.or([
				is('state', '=', state),
				is.and([is('state', '=', 'proposed'), is('proposed_at_ms', '<=', oldestMs)]),
			]),
		);
	else if (state !== undefined) wanted = wanted.where('state', '=', state);
	const rows = await wanted
		.orderBy('id', 'desc')
		.limit(PAGE + 1)
		.execute();
	const page = rows.slice(0, PAGE);
	return {
		approvals: await approvalAnswers(database, caller, page, nowMs),
		next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
	};
}

/** The one whose proposals alone the caller sees; undefined: everybody's. */
function ownOnly(caller: Caller): string | undefined {
	const isAny = decideAuthority(caller, 'approval.read-any') === undefined;
	return isAny ? undefined : (caller.operatorId ?? '');
}
