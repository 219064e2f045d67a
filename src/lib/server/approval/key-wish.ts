/**
 * What the books know of a vending key beside its bytes: until when it is to be used, and whether the meters
 * of its group are to be on it. The unit limit is not decided here: the security module holds its own, and a
 * number in the books would limit nothing.
 */
import type * as v from 'valibot';
import type { SupplyGroupKeyRequest } from '#lib/core/sync/wire-approvals.ts';
import type { Caller } from '../access/caller.ts';
import { inScope } from '../access/scope.ts';
import { recordDeed } from '../audit/record.ts';
import { lockSupplyGroup } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { SupplyGroupKeyRow } from '../database/schema.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { decideKeyUse } from '../vend/usable-key.ts';
import type { Agreed } from './kinds.ts';

type Wish = v.InferOutput<typeof SupplyGroupKeyRequest>;

/**
 * Order: `not-found`, and for one that is to be current `key-revision-earlier` (than the current one), then
 * those of a key that is no longer usable.
 */
export async function checkKeyWish(
	write: Write,
	caller: Caller,
	wish: Wish,
	nowMs: number,
): Promise<Refusal | undefined> {
	const changed = await decideKey(write, caller, wish, nowMs);
	return isRefusal(changed) ? changed : undefined;
}

/** Refusals: `checkKeyWish`. */
export async function carryOutKeyWish(
	write: Write,
	{ wish, caller }: Agreed<Wish>,
	nowMs: number,
): Promise<Refusal | undefined> {
	await lockSupplyGroup(write, wish.sgc);
	const key = await decideKey(write, caller, wish, nowMs);
	if (isRefusal(key)) return key;
	const { sgc, krn, issue_until_ms } = key;
	// Only what was wished: anything else of the row is somebody else's decision.
	if (wish.issueUntilMs !== undefined)
		await write
			.updateTable('supply_group_key')
			.set({ issue_until_ms })
			.where('sgc', '=', sgc)
			.where('krn', '=', krn)
			.execute();
	if (wish.makeCurrent)
		await write
			.updateTable('supply_group')
			.set({ current_krn: krn })
			.where('sgc', '=', sgc)
			.execute();
	const facts = { krn, makeCurrent: wish.makeCurrent, issueUntilMs: issue_until_ms };
	const subject = { kind: 'supply-group', id: sgc };
	await recordDeed(write, caller, { action: 'supply-group-key-changed', subject, facts }, nowMs);
	return undefined;
}

/** The key as it would be. */
async function decideKey(
	write: Write,
	caller: Caller,
	wish: Wish,
	nowMs: number,
): Promise<SupplyGroupKeyRow | Refusal> {
	const row = await write
		.selectFrom('supply_group_key')
		.innerJoin('supply_group', 'supply_group.sgc', 'supply_group_key.sgc')
		.selectAll('supply_group_key')
		.select('current_krn')
		.where('supply_group_key.sgc', '=', wish.sgc)
		.where('krn', '=', wish.krn)
		.executeTakeFirst();
	const found = inScope(caller, row);
	if (isRefusal(found)) return found;
	const { current_krn, ...key } = found;
	const changed = {
		...key,
		...(wish.issueUntilMs !== undefined && { issue_until_ms: wish.issueUntilMs }),
	};
	if (!wish.makeCurrent) return changed;
	return key.krn < current_krn ? { refusal: 'key-revision-earlier' } : decideKeyUse(changed, nowMs);
}
