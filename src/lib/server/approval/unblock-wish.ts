/**
 * A meter that was blocked because somebody may have tampered with it is sold to again: like a token that
 * clears a tamper, with a second person's word.
 */
import type { MeterUnblockRequest } from '#lib/core/sync/wire-approvals.ts';
import { decideBlock } from '#lib/core/vending/block-meter.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type * as v from 'valibot';
import type { Caller } from '../access/caller.ts';
import type { Write } from '../database/open.ts';
import { makeDecision, readStanding } from '../meter/block-decisions.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Agreed } from './kinds.ts';

type Wish = v.InferOutput<typeof MeterUnblockRequest>;

/** Order: those of the meter's number, `meter-unknown`, `meter-not-blocked`. */
export async function checkUnblock(
	write: Write,
	caller: Caller,
	{ drn: text, reason }: Wish,
): Promise<Refusal | undefined> {
	const number = decideMeterNumber(text);
	if ('refusal' in number) return number;
	const meter = await readStanding(write, caller, number.drn);
	if (isRefusal(meter)) return meter;
	// Every proposal says why in words.
	const wish = { deed: 'unblock', reason, note: 'proposed' } as const;
	const refusal = decideBlock(meter.standing, wish, 2);
	return refusal === undefined ? undefined : { refusal };
}

/** Refusals: `makeDecision`. */
export async function carryOutUnblock(
	write: Write,
	{ id, proposedBy, reason: note, wish, caller }: Agreed<Wish>,
	nowMs: number,
): Promise<Refusal | undefined> {
	const { drn, reason } = wish;
	const request = { deed: 'unblock', reason, note } as const;
	const wanted = { id, drn, request, madeBy: proposedBy, agreedBy: caller.operatorId ?? null };
	const made = await makeDecision(write, caller, wanted, nowMs);
	return isRefusal(made) ? made : undefined;
}
