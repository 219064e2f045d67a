/** Writes down what somebody did, in the transaction of the deed itself. */
import type { CompiledQuery } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { actorOf, type Caller } from '../access/caller.ts';
import { insertion } from '../database/insertion.ts';
import type { Write } from '../database/open.ts';
import { together } from '../database/together.ts';

export interface Deed {
	/** What was done, as the trade says it: `vend-issued`, `reprint`, `approval-decided` … */
	readonly action: string;
	readonly subject: { readonly kind: string; readonly id: string };
	/** Codes, amounts, ids. Never digits of a token, never a secret, never a name. */
	readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
}

export async function recordDeed(
	write: Write,
	caller: Caller,
	deed: Deed,
	nowMs: number,
): Promise<void> {
	await together(write, recordOf(write, caller, deed, nowMs));
}

/** The same as queries, to be carried out together with those of the deed. */
export function recordOf(
	write: Write,
	caller: Caller,
	deed: Deed,
	nowMs: number,
): [CompiledQuery, CompiledQuery] {
	const id = uuidV7({ msecs: nowMs });
	const event = {
		id,
		utility_id: caller.utilityId,
		at_ms: nowMs,
		actor: actorOf(caller),
		origin: caller.terminalId ?? caller.address,
		action: deed.action,
		subject_kind: deed.subject.kind,
		subject_id: deed.subject.id,
		facts: JSON.stringify(deed.facts ?? {}),
	};
	// The chain is made later (`seal.ts`), so that nobody waits for anybody else's place in it.
	const queued = { event_id: id, utility_id: caller.utilityId };
	return [insertion(write, 'audit_event', [event]), insertion(write, 'audit_queue', [queued])];
}
