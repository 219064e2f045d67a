/**
 * `PUT /vends/{id}`: takes a vend in. Same id and same contents: the same answer, however often. Same id and
 * other contents: refused. A vend that is refused here leaves nothing behind. What waits for no payment is
 * done at once: one transaction up to the TID, the security module, one for the token and its release.
 */
import type { AnyVendRequest } from '#lib/core/sync/wire.ts';
import { canTryAgain } from '#lib/core/vending/refusals.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { Caller } from '../access/caller.ts';
import { decideAuthority, type Capability } from '../access/roles.ts';
import type { Backend } from '../backend.ts';
import { contentHash } from '../content-hash.ts';
import type { Write } from '../database/open.ts';
import type { VendRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { timed } from '../measure/measure.ts';
import { findMeter } from '../meter/find-meter.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { endOfSale } from '../till/outcome.ts';
import { isStillSealed } from '../till/reserve/sealed.ts';
import { acceptCredit } from './accept-credit.ts';
import { acceptFloatVend, findTill, nameOfShift, type ShiftNeed } from './accept-float-vend.ts';
import { acceptFree } from './accept-free.ts';
import type { Accepted } from './accept-now.ts';
import { answerOf, type WrittenAnswer } from './answer.ts';
import { findSoldMeter } from './blind-vend.ts';
import type { Digits } from './finish-issue.ts';
import type { IssueOrder } from './issue-order.ts';
import { carryOut } from './issue-vend.ts';
import { VEND_KIND_ROWS } from './kinds.ts';
import { readLocked } from './lock-vend.ts';
import { release } from './release.ts';
import { decideSight } from './sight.ts';
import { refusalTakenBack, TakenBack } from './taken-back.ts';

interface Asked {
	readonly caller: Caller;
	readonly id: string;
	readonly request: AnyVendRequest;
	readonly shiftNeed: ShiftNeed;
	readonly digits: Digits;
}

/**
 * Order: the capability of the kind, `journal-suspended` (the till's), `database-older`, what is stored
 * already (its answer, `id-reused`, or `reserve-sealed`), the till
 * (`findTill`), the meter (`findSoldMeter`, `findMeter`), the vend's own (`planIssue`), `payment-mismatch` or
 * `float-exhausted`. @param digits `held-back`: whoever asks is not shown them, nor is anybody else
 */
export async function requestVend(
	backend: Backend,
	caller: Caller,
	id: string,
	request: AnyVendRequest,
	shiftNeed: ShiftNeed = 'needed',
	digits: Digits = 'shown',
): Promise<WrittenAnswer | Refusal> {
	const denied = decideAuthority(caller, capabilityOf(request));
	if (denied !== undefined) return denied;
	if (caller.isSuspended) return { refusal: 'journal-suspended' };
	const older = backend.permit.refusal();
	if (older !== undefined) return older;
	const taken = await timed(
		() =>
			transact(backend.database, (write) =>
				takeIn(write, { caller, id, request, shiftNeed, digits }, backend.clock.nowMs()),
			).catch(refusalTakenBack),
		(seconds) => backend.measure.step('accept', seconds),
	);
	if (isRefusal(taken)) return taken;
	const { row, order } = taken;
	return answerOf(order === null ? row : await issueNow(backend, row, order, digits));
}

/** A credit asked for at a till is paid for by the vendor. */
function capabilityOf(request: AnyVendRequest): Capability {
	if (!('kind' in request)) return 'vend.request';
	return request.kind === 'credit'
		? 'vend.float'
		: (VEND_KIND_ROWS[request.kind].ask ?? 'vend.request');
}

async function takeIn(write: Write, asked: Asked, nowMs: number): Promise<Accepted | Refusal> {
	const number = decideMeterNumber(asked.request.drn);
	const known = await readLocked(write, asked.id, 'drn' in number ? number.drn : null);
	return known === undefined
		? await accept(write, asked, nowMs)
		: await repeat(write, asked, known, nowMs);
}

/** What is stored under the id, when this is the same request of somebody who may see it. */
async function repeat(
	write: Write,
	{ caller, request, digits }: Asked,
	known: VendRow,
	nowMs: number,
): Promise<Accepted | Refusal> {
	const isSame = known.content_hash === contentHash(request).hash;
	if (!isSame || isRefusal(decideSight(caller, known))) return { refusal: 'id-reused' };
	if (await isStillSealed(write, known)) return { refusal: 'reserve-sealed' };
	return {
		row: digits === 'shown' ? await release(write, known, nowMs) : known,
		order: null,
	};
}

/**
 * A journal's entry that was refused may have had its money back: it is never a vend after that. Nor is one that is
 * settled, but what refuses it anyhow is told first.
 */
async function accept(write: Write, asked: Asked, nowMs: number): Promise<Accepted | Refusal> {
	const { caller, id, shiftNeed } = asked;
	const isEntry = nameOfShift(shiftNeed) !== undefined && caller.terminalId !== undefined;
	const end = isEntry ? await endOfSale(write, caller.terminalId, id) : undefined;
	if (end?.refused) return end.refused;
	const taken = await acceptNew(write, asked, nowMs);
	if (!end?.isSettled || (isRefusal(taken) && !canTryAgain(taken.refusal))) return taken;
	throw new TakenBack({ refusal: 'refund-settled' });
}

async function acceptNew(
	write: Write,
	{ caller, id, request, shiftNeed }: Asked,
	nowMs: number,
): Promise<Accepted | Refusal> {
	if ('kind' in request && request.kind === 'credit') {
		const till = await findTill(write, caller, request, shiftNeed);
		if (isRefusal(till)) return till;
		const found = await findSoldMeter(write, caller, request, nowMs);
		if (isRefusal(found)) return found;
		const { facts, isNew } = found;
		const taken = await acceptFloatVend(write, { id, request, till }, caller, facts, nowMs);
		// A meter that was written down for this sale goes with it.
		if (isNew && isRefusal(taken)) throw new TakenBack(taken);
		return taken;
	}
	const facts = await findMeter(write, caller, request.drn, nowMs);
	if (isRefusal(facts)) return facts;
	return 'kind' in request
		? await acceptFree(write, id, request, { caller, named: nameOfShift(shiftNeed) }, facts, nowMs)
		: await acceptCredit(write, id, request, facts, nowMs);
}

/** The asker waits. When the module does not answer, the row stays as it is and recovery goes on with it. */
async function issueNow(
	backend: Backend,
	row: VendRow,
	order: IssueOrder,
	digits: Digits,
): Promise<VendRow> {
	return (await carryOut(backend, order, digits)) ?? row;
}
