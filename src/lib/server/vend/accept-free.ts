/** What is asked for without money and needs no second person: free basic electricity, a key change. */
import type { FbeRequest, KeyChangeRequest } from '#lib/core/sync/wire.ts';
import type { Caller } from '../access/caller.ts';
import { shareShift } from '../batch/open-shift.ts';
import type { Write } from '../database/open.ts';
import type { MeterFacts } from '../meter/find-meter.ts';
import type { Refusal } from '../refusal.ts';
import { acceptNow, type Accepted } from './accept-now.ts';
import { askerColumns } from './asker.ts';
import { decideFbeAccess, phoneToTell } from '../meter/fbe-access.ts';
import { newVend, type VendDraft } from './new-vend.ts';

/**
 * Order: those of `decideFbeAccess`, then `acceptNow`. A till's open shift is noted, or the one that its journal
 * names, if that is open; none is needed.
 */
export async function acceptFree(
	write: Write,
	id: string,
	request: FbeRequest | KeyChangeRequest,
	{ caller, named }: { readonly caller: Caller; readonly named: string | undefined },
	facts: MeterFacts,
	nowMs: number,
): Promise<Accepted | Refusal> {
	const denied = request.kind === 'fbe' ? decideFbeAccess(caller, facts) : undefined;
	if (denied !== undefined) return denied;
	const shift =
		caller.terminalId === undefined ? undefined : await shareShift(write, caller.terminalId, named);
	const draft: VendDraft = {
		id,
		kind: request.kind,
		funding: 'none',
		state: 'paid',
		...askerColumns(caller),
		shift_batch_id: shift ?? null,
		notify_phone: request.kind === 'fbe' ? phoneToTell(caller, facts, request.notifyPhone) : null,
	};
	return await acceptNow(write, newVend(draft, request, facts, nowMs), facts, nowMs);
}
