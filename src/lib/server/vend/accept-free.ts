/** What is asked for without money and needs no second person: free basic electricity, a key change. */
import type { FbeRequest, KeyChangeRequest } from '#lib/core/sync/wire.ts';
import type { Caller } from '../access/caller.ts';
import { shareShift } from '../batch/open-shift.ts';
import type { Write } from '../database/open.ts';
import type { MeterFacts } from '../meter/find-meter.ts';
import type { Refusal } from '../refusal.ts';
import { acceptNow, type Accepted } from './accept-now.ts';
import { askerColumns } from './asker.ts';
import { newVend, type VendDraft } from './new-vend.ts';

/**
 * Order: `not-allowed` (a consumer for a meter that is not theirs), then `acceptNow`. A till's open shift is
 * noted; none is needed.
 */
export async function acceptFree(
	write: Write,
	id: string,
	request: FbeRequest | KeyChangeRequest,
	caller: Caller,
	facts: MeterFacts,
	nowMs: number,
): Promise<Accepted | Refusal> {
	if (request.kind === 'fbe' && !mayClaim(caller, facts)) return { refusal: 'not-allowed' };
	const shift =
		caller.terminalId === undefined ? undefined : await shareShift(write, caller.terminalId);
	const draft: VendDraft = {
		id,
		kind: request.kind,
		funding: 'none',
		state: 'paid',
		...askerColumns(caller),
		shift_batch_id: shift ?? null,
		notify_phone: 'notifyPhone' in request ? (request.notifyPhone ?? null) : null,
	};
	return await acceptNow(write, newVend(draft, request, facts, nowMs), facts, nowMs);
}

/** Whoever stands at a till or sits in the office has the household before them; others prove it by phone. */
function mayClaim({ terminalId, operatorId, phone }: Caller, { meter }: MeterFacts): boolean {
	const isStaffed = terminalId !== undefined || operatorId !== undefined;
	return isStaffed || (phone !== undefined && phone === meter.owner_phone);
}
