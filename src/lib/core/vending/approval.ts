/** When a wish that a second person must agree to may be decided, and by whom: pure. */

/** All but the first are final. */
export const APPROVAL_STATES = ['proposed', 'approved', 'rejected', 'expired'] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

export const APPROVAL_DECISIONS = ['approve', 'reject'] as const;
export type ApprovalDecision = (typeof APPROVAL_DECISIONS)[number];

/** A wish that nobody decided on for so long is not done any more. */
export const APPROVAL_LIFETIME_MS = 7 * 24 * 60 * 60_000;

export const STATE_AFTER = {
	approve: 'approved',
	reject: 'rejected',
} as const satisfies Record<ApprovalDecision, ApprovalState>;

export interface Proposal {
	readonly state: ApprovalState;
	readonly proposedBy: string;
	readonly proposedAtMs: number;
	readonly decidedBy: string | null;
}

/** The state as it is at a moment, whether or not its end was written down yet. */
export function approvalStateAt(
	{ state, proposedAtMs }: Pick<Proposal, 'state' | 'proposedAtMs'>,
	nowMs: number,
): ApprovalState {
	const isOver = state === 'proposed' && nowMs >= proposedAtMs + APPROVAL_LIFETIME_MS;
	return isOver ? 'expired' : state;
}

/**
 * `carry-out`: the decision counts. `known`: the same person said the same before. Order of refusal:
 * `approval-decided`, `own-approval`.
 */
export function decideDecision(
	proposal: Proposal,
	{ by, decision }: { readonly by: string; readonly decision: ApprovalDecision },
	nowMs: number,
): 'carry-out' | 'known' | { refusal: 'approval-decided' | 'own-approval' } {
	const state = approvalStateAt(proposal, nowMs);
	if (state !== 'proposed') {
		const isSame = state === STATE_AFTER[decision] && proposal.decidedBy === by;
		return isSame ? 'known' : { refusal: 'approval-decided' };
	}
	return proposal.proposedBy === by ? { refusal: 'own-approval' } : 'carry-out';
}
