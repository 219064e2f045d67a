/**
 * A meter is blocked from being sold to, or unblocked. What is in the making is judged again with the state
 * before its token is made (`vend/plan-issue.ts`); what the office wrote in its own words stays out of the audit.
 */
import type { BlockDecision, BlockDecisionRequest } from '#lib/core/sync/wire-blocks.ts';
import { decideBlock, type BlockStanding } from '#lib/core/vending/block-meter.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { contentHash } from '../content-hash.ts';
import { lockMeter } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { decisionShape, selectDecisions, standingOf } from './block-rows.ts';

/**
 * Same id, person and contents: the same answer, whatever came after. Order: `sign-in-needed` (nobody in
 * person), those of the meter's number, `meter-unknown`, `id-reused`, those of `decideBlock`.
 */
export async function putBlockDecision(
	{ database, clock }: Backend,
	caller: Caller,
	{ drn: text, id }: { readonly drn: string; readonly id: string },
	request: BlockDecisionRequest,
): Promise<BlockDecision | Refusal> {
	const { operatorId: madeBy } = caller;
	if (madeBy === undefined) return { refusal: 'sign-in-needed' };
	return await transact(database, async (write) => {
		const wanted = { id, drn: text, request, madeBy, agreedBy: null };
		return await makeDecision(write, caller, wanted, clock.nowMs());
	});
}

export interface WantedDecision {
	readonly id: string;
	/** As somebody wrote it. */
	readonly drn: string;
	readonly request: BlockDecisionRequest;
	/** Operators' ids. */
	readonly madeBy: string;
	/** Null: nobody else stands behind it. */
	readonly agreedBy: string | null;
}

/** Takes the meter, decides and writes. Refusals: `putBlockDecision`; refused, nothing was written. */
export async function makeDecision(
	write: Write,
	caller: Caller,
	{ id, drn: text, request, madeBy, agreedBy }: WantedDecision,
	nowMs: number,
): Promise<BlockDecision | Refusal> {
	const number = decideMeterNumber(text);
	if ('refusal' in number) return number;
	const { drn } = number;
	await lockMeter(write, drn);
	const meter = await readStanding(write, caller, drn);
	if (isRefusal(meter)) return meter;
	const { hash } = contentHash({ ...request, drn, madeBy });
	const known = await readDecision(write, id);
	if (known !== undefined)
		return known.content_hash === hash && known.utility_id === caller.utilityId
			? decisionShape(known)
			: { refusal: 'id-reused' };
	const refusal = decideBlock(meter.standing, request, agreedBy === null ? 1 : 2);
	if (refusal !== undefined) return { refusal };
	const { deed, reason, note } = request;
	await write
		.insertInto('block_decision')
		.values({
			...{ id, utility_id: caller.utilityId, drn, sequence: meter.lastSequence + 1 },
			...{ deed, reason, note, made_by: madeBy, agreed_by: agreedBy },
			...{ at_ms: nowMs, content_hash: hash },
		})
		.execute();
	await write
		.updateTable('meter')
		.set({ state: deed === 'block' ? 'blocked' : 'active' })
		.where('drn', '=', drn)
		.execute();
	const subject = { kind: 'meter', id: drn };
	const action = deed === 'block' ? 'meter-blocked' : 'meter-unblocked';
	await recordDeed(write, caller, { action, subject, facts: { decision: id, reason } }, nowMs);
	const made = await readDecision(write, id);
	if (made === undefined) throw new TypeError('a decision is made by somebody');
	return decisionShape(made);
}

/** How a meter of the caller's utility stands, and how often it was decided on. Refusal: `meter-unknown`. */
export async function readStanding(
	write: Write,
	{ utilityId }: Caller,
	drn: string,
): Promise<{ standing: BlockStanding; lastSequence: number } | Refusal> {
	const meter = await write
		.selectFrom('meter')
		.select('state')
		.where('drn', '=', drn)
		.where('utility_id', '=', utilityId)
		.executeTakeFirst();
	if (meter === undefined) return { refusal: 'meter-unknown' };
	const last = await write
		.selectFrom('block_decision')
		.select(['deed', 'reason', 'sequence'])
		.where('drn', '=', drn)
		.orderBy('sequence', 'desc')
		.limit(1)
		.executeTakeFirst();
	return { standing: standingOf(meter.state, last), lastSequence: last?.sequence ?? 0 };
}

async function readDecision(write: Write, id: string) {
	return await selectDecisions(write).where('block_decision.id', '=', id).executeTakeFirst();
}
