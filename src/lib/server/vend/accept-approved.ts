/**
 * A vend that two people agreed to: it comes to be in the transaction of the second one's decision, with the
 * proposal's id. Whoever decides then calls `issueVend(backend, approvalId)`; recovery does if they do not.
 */
import type { ApprovedVendRequest } from '#lib/core/sync/wire-approvals.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import { lockMeter } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { VendRow } from '../database/schema.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { acceptForLater } from './accept-now.ts';
import { officeAsker } from './asker.ts';
import { factsOfVend } from './begin-issue.ts';
import { newVend, type VendDraft } from './new-vend.ts';

export interface ApprovedVend {
	/** Becomes the vend's. */
	readonly approvalId: string;
	readonly utilityId: string;
	/** Who proposed it: the vend's operator. */
	readonly proposedBy: string;
	readonly request: ApprovedVendRequest;
}

/**
 * Writes the vend down, `paid`. Order: those of the meter's number, `meter-unknown`, `id-reused` (a vend has
 * this id), `meter-blocked`, `key-change-same`, those of the key. Refused: nothing was written.
 */
export async function acceptApproved(
	write: Write,
	{ approvalId: id, utilityId, proposedBy, request }: ApprovedVend,
	nowMs: number,
): Promise<VendRow | Refusal> {
	const number = decideMeterNumber(request.drn);
	if ('refusal' in number) return number;
	await lockMeter(write, number.drn);
	const asked = { utility_id: utilityId, drn: number.drn, request: JSON.stringify(request) };
	const facts = await factsOfVend(write, asked, nowMs);
	if (isRefusal(facts)) return facts;
	if (await isTaken(write, id)) return { refusal: 'id-reused' };
	const draft: VendDraft = {
		id,
		kind: request.kind,
		funding: 'none',
		state: 'paid',
		approval_id: id,
		...officeAsker(proposedBy),
		notify_phone: 'notifyPhone' in request ? (request.notifyPhone ?? null) : null,
	};
	const row = newVend(draft, request, facts, nowMs);
	const accepted = await acceptForLater(write, row, facts, nowMs);
	return isRefusal(accepted) ? accepted : accepted.row;
}

async function isTaken(write: Write, id: string): Promise<boolean> {
	const known = await write.selectFrom('vend').select('id').where('id', '=', id).executeTakeFirst();
	return known !== undefined;
}
