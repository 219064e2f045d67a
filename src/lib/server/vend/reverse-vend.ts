/**
 * `POST /vends/{id}/reversals`: takes a vend back, before anybody could have seen its token and never after.
 * Account, meter, float and books are then as if it had not been; its TID stays used. Asked again, the same
 * answer.
 */
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { Caller } from '../access/caller.ts';
import { decideAuthority } from '../access/roles.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import type { VendRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { bookUndoing } from '../ledger/book.ts';
import { entriesOfRefund } from '../ledger/vend-entries.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { answerOf, type WrittenAnswer } from './answer.ts';
import { askerOf } from './asker.ts';
import { decideReversal, type Reversal } from './decide-reversal.ts';
import { floatVendor, giveBack, raiseFloat } from './held-money.ts';
import { orderOf } from './issue-order.ts';
import { lockVend } from './lock-vend.ts';
import { moveMeterBack } from './meter-place.ts';
import { putAccount } from './prepare-issue.ts';
import { refuseVend } from './refuse-vend.ts';
import { decideSight, isOwn } from './sight.ts';

/**
 * Order: `not-found`, `not-allowed` (of another vendor, or of nobody's till), then those of
 * `decideReversal`. One that nobody paid for is answered as refused with `vend-reversed`.
 */
export async function reverseVend(
	{ database, clock }: Backend,
	caller: Caller,
	id: string,
): Promise<WrittenAnswer | Refusal> {
	const row = await transact(database, async (write): Promise<VendRow | Refusal> => {
		const seen = await findVend(write, caller, id);
		if (isRefusal(seen)) return seen;
		const row = await lockVend(write, seen.id);
		const lastOfMeter = (await lastVendOf(write, row.drn)) === row.id;
		const decided = decideReversal({ ...row, lastOfMeter });
		if (typeof decided !== 'string') return decided;
		return await DEEDS[decided](write, row, caller, clock.nowMs());
	});
	return isRefusal(row) ? row : answerOf(row);
}

/**
 * The provider took the money of a vend back: it comes to nothing where nobody has seen its digits. What was
 * paid stands as owed to the payer then, which whoever knows that it is gone books away.
 */
export async function takeVendBack(write: Write, id: string, nowMs: number): Promise<void> {
	const row = await lockVend(write, id);
	const lastOfMeter = (await lastVendOf(write, row.drn)) === row.id;
	const decided = decideReversal({ ...row, lastOfMeter });
	if (typeof decided !== 'string' || decided === 'answer' || decided === 'refuse') return;
	await DEEDS[decided](write, row, askerOf(row), nowMs, 'payment-taken-back');
}

async function findVend(write: Write, caller: Caller, id: string): Promise<VendRow | Refusal> {
	const row = await write.selectFrom('vend').selectAll().where('id', '=', id).executeTakeFirst();
	const seen = decideSight(caller, row);
	if (isRefusal(seen)) return seen;
	const mayReverse =
		isOwn(caller, seen) || decideAuthority(caller, 'vend.reverse-any') === undefined;
	return mayReverse ? seen : { refusal: 'not-allowed' };
}

async function lastVendOf(write: Write, drn: string): Promise<string | null> {
	const { last_vend_id: last } = await write
		.selectFrom('account')
		.select('last_vend_id')
		.where('drn', '=', drn)
		.executeTakeFirstOrThrow();
	return last;
}

/** `code` says why, where it is not by somebody's wish: nothing is owed to the payer then. */
type Deed = (
	write: Write,
	row: VendRow,
	caller: Caller,
	nowMs: number,
	code?: RefusalCode,
) => Promise<VendRow>;

const DEEDS: Readonly<Record<Reversal, Deed>> = {
	answer: (_, row) => Promise.resolve(row),
	// Money that still comes for it then is money that no vend waits for (`settle-payment.ts`).
	refuse: (write, row, _, nowMs) => refuseVend(write, row, 'vend-reversed', nowMs),
	async 'give-back'(write, row, caller, nowMs, code) {
		const refundMinor = await giveBack(write, row, 'reversal', nowMs);
		return await markReversed(write, row, caller, { refundMinor, nowMs, code });
	},
	async undo(write, row, caller, nowMs, code) {
		await putAccount(write, row.drn, orderOf(row).before.account);
		const refundMinor = await giveBack(write, row, 'reversal', nowMs);
		return await markReversed(write, row, caller, { refundMinor, nowMs, code });
	},
	async 'take-back'(write, row, caller, nowMs, code) {
		const order = orderOf(row);
		await putAccount(write, row.drn, order.before.account);
		await moveMeterBack(write, order);
		await dropMessages(write, row.id, nowMs);
		await raiseFloat(write, row);
		await bookUndoing(write, `vend:${row.id}`, {
			kind: 'reversal',
			utilityId: row.utility_id,
			subjectId: row.id,
			atMs: nowMs,
			currency: row.currency,
			entries:
				row.amount_minor === 0
					? []
					: entriesOfRefund(floatVendor(row), row.amount_minor, 'reversal'),
		});
		return await markReversed(write, row, caller, { refundMinor: row.amount_minor, nowMs, code });
	},
};

/** What would tell of the token is not sent any more; one that was sent released it. */
async function dropMessages(write: Write, vendId: string, nowMs: number): Promise<void> {
	await write
		.updateTable('message')
		.set({ state: 'failed', state_at_ms: nowMs })
		.where('subject_id', '=', vendId)
		.where('template', '=', 'token')
		.where('state', '=', 'queued')
		.execute();
}

async function markReversed(
	write: Write,
	row: VendRow,
	caller: Caller,
	ending: { refundMinor: number; nowMs: number; code: RefusalCode | undefined },
): Promise<VendRow> {
	const { id, payment_id: paymentId } = row;
	const { nowMs, code } = ending;
	const refundMinor = code === undefined ? ending.refundMinor : 0;
	const why = { ...(code !== undefined && { code }) };
	const answer: VendAnswer = { id, state: 'reversed', paymentId, refundMinor, ...why };
	const facts = { kind: row.kind, from: row.state, refundMinor, ...why };
	const deed = { action: 'vend-reversed', subject: { kind: 'vend', id }, facts };
	await recordDeed(write, caller, deed, nowMs);
	return await write
		.updateTable('vend')
		.set({ state: 'reversed', state_at_ms: nowMs, answer: JSON.stringify(answer) })
		.where('id', '=', id)
		.where('state', '=', row.state)
		.returningAll()
		.executeTakeFirstOrThrow();
}
