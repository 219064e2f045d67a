/** Free issue, engineering tokens and the move of a meter: agreed to, they become a vend with the proposal's id. */
import type { ApprovedVendRequest } from '#lib/core/sync/wire-approvals.ts';
import type { Caller } from '../access/caller.ts';
import type { Write } from '../database/open.ts';
import { findMeter } from '../meter/find-meter.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { acceptApproved } from '../vend/accept-approved.ts';
import type { Agreed } from './kinds.ts';

/** Refusals: those of the meter's number, `meter-unknown`. */
export async function checkVend(
	write: Write,
	caller: Caller,
	{ drn }: ApprovedVendRequest,
	nowMs: number,
): Promise<Refusal | undefined> {
	const facts = await findMeter(write, caller, drn, nowMs);
	return isRefusal(facts) ? facts : undefined;
}

/** Refusals: `acceptApproved`. */
export async function carryOutVend(
	write: Write,
	{ id: approvalId, proposedBy, wish: request, caller }: Agreed<ApprovedVendRequest>,
	nowMs: number,
): Promise<Refusal | undefined> {
	const vend = { approvalId, utilityId: caller.utilityId, proposedBy, request };
	const accepted = await acceptApproved(write, vend, nowMs);
	return isRefusal(accepted) ? accepted : undefined;
}
