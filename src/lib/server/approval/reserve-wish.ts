/**
 * The money of a sealed token goes back to the vendor, by the word of two people. One that has left cannot be
 * called back: whether it was destroyed is known from its device alone, so the utility bears what it is still
 * worth. One that was made and never fetched stays here from then on, and nobody has it.
 */
import type * as v from 'valibot';
import type { ReserveReturnRequest } from '#lib/core/sync/wire-approvals.ts';
import type { Caller } from '../access/caller.ts';
import { inScope } from '../access/scope.ts';
import { recordDeed } from '../audit/record.ts';
import { lockJournal, lockMeter, lockVendor } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import { accountId } from '../ledger/accounts.ts';
import { book } from '../ledger/book.ts';
import { entriesOfReserveReturn } from '../ledger/vendor-entries.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { endsOf } from '../till/reserve/reserve-rows.ts';
import { release } from '../vend/release.ts';
import { raiseFloat } from '../vendor/float.ts';
import type { Agreed } from './kinds.ts';

type Wish = v.InferOutput<typeof ReserveReturnRequest>;

/**
 * Order: `not-found` (also one that is not made yet, or was reversed), `reserve-ended` (revealed, or returned
 * before), `reserve-held` (it has left, its device has not said that it ended, and is still the till).
 */
export async function checkReserveReturn(
	write: Write,
	caller: Caller,
	{ vendId }: Wish,
): Promise<Refusal | undefined> {
	const found = await findReturnable(write, caller, vendId);
	return isRefusal(found) ? found : undefined;
}

/** Refusals: `checkReserveReturn`. */
export async function carryOutReserveReturn(
	write: Write,
	{ wish: { vendId }, caller }: Agreed<Wish>,
	nowMs: number,
): Promise<Refusal | undefined> {
	const seen = await findReserve(write, caller, vendId);
	if (isRefusal(seen)) return seen;
	// A reveal, a fetch or a reversal that comes at the same moment is before this, or finds it returned.
	await lockJournal(write, seen.device_id);
	await lockMeter(write, seen.drn);
	const reserve = await findReturnable(write, caller, vendId);
	if (isRefusal(reserve)) return reserve;
	// What was returned is never reversed as well, though nobody has seen its digits.
	await release(write, { id: vendId }, nowMs);
	await lockVendor(write, reserve.vendor_id);
	await raiseFloat(write, reserve.vendor_id, reserve.denomination_minor);
	await bookReturn(write, reserve, nowMs);
	await write
		.insertInto('reserve_end')
		.values({
			...{ vend_id: vendId, state: 'returned', entry_id: null, shift_batch_id: null },
			...{ operator_id: caller.operatorId ?? null, tender: null, at_ms: nowMs },
		})
		.execute();
	const facts = { vendor: reserve.vendor_id, amountMinor: reserve.denomination_minor };
	const deed = { action: 'reserve-returned', subject: { kind: 'vend', id: vendId }, facts };
	await recordDeed(write, caller, deed, nowMs);
	return undefined;
}

type FoundReserve = Exclude<Awaited<ReturnType<typeof findReserve>>, Refusal>;

/** One that was made, with its currency, whether it has left, and the device that the till is now. */
async function findReserve(write: Write, caller: Caller, vendId: string) {
	const row = await write
		.selectFrom('reserve')
		.leftJoin('reserve_seal', 'reserve_seal.vend_id', 'reserve.vend_id')
		.innerJoin('vend', 'vend.id', 'reserve.vend_id')
		.innerJoin('terminal', 'terminal.id', 'reserve.terminal_id')
		.selectAll('reserve')
		.select(['vend.currency', 'terminal.state', 'terminal.device_id as present_device_id'])
		.select('reserve_seal.sealed')
		.where('reserve.vend_id', '=', vendId)
		.where('vend.state', '=', 'issued')
		.executeTakeFirst();
	return inScope(caller, row);
}

async function findReturnable(
	write: Write,
	caller: Caller,
	vendId: string,
): Promise<FoundReserve | Refusal> {
	const reserve = await findReserve(write, caller, vendId);
	if (isRefusal(reserve)) return reserve;
	const ends = await endsOf(write, vendId);
	if (ends.some(({ state }) => state !== 'expired')) return { refusal: 'reserve-ended' };
	const isGone = reserve.state !== 'active' || reserve.present_device_id !== reserve.device_id;
	const hasLeft = reserve.sealed !== null;
	return ends.length > 0 || isGone || !hasLeft ? reserve : { refusal: 'reserve-held' };
}

async function bookReturn(write: Write, reserve: FoundReserve, nowMs: number): Promise<void> {
	const { vend_id: vendId, utility_id: utilityId, vendor_id: vendorId } = reserve;
	const commissionMinor = await commissionOf(write, reserve);
	await book(write, {
		...{ utilityId, kind: 'reserve-return', subjectId: vendId },
		...{ atMs: nowMs, currency: reserve.currency },
		entries: entriesOfReserveReturn(vendorId, reserve.denomination_minor, commissionMinor),
	});
}

/** What the vendor earned by it, as it was booked. */
async function commissionOf(
	write: Write,
	{ vend_id: vendId, utility_id: utilityId, vendor_id: owner }: FoundReserve,
): Promise<number> {
	const { earned } = await write
		.selectFrom('ledger_entry')
		.select(({ fn, val }) => fn.coalesce(fn.sum<number>('amount_minor'), val(0)).as('earned'))
		.where('transaction_id', '=', `vend:${vendId}`)
		.where('account_id', '=', accountId(utilityId, { kind: 'commission-payable', owner }))
		.executeTakeFirstOrThrow();
	return 0 - Number(earned);
}
