/**
 * Settles what is owed, once: the ledger takes one payout for each vend or payment, whoever asks and however
 * often.
 */
import type { RefundAnswer, RefundRequest } from '#lib/core/sync/wire-office.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import { actorOf, type Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { contentHash } from '../content-hash.ts';
import { lockMeter, lockVendRow } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { RefundRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import type { Account } from '../ledger/accounts.ts';
import { book } from '../ledger/book.ts';
import { transfer } from '../ledger/entries.ts';
import type { Refusal } from '../refusal.ts';
import { payArrears } from './pay-arrears.ts';
import { owedFor, vendOfSubject } from './owed-money.ts';
import { refundShape } from './refund-shape.ts';

/**
 * Same id and contents: the same answer. Order: `body-shape` (arrears without a meter, or a meter without
 * arrears), those of the meter's number, `id-reused`, `not-found` (nothing was ever owed), `refund-settled`,
 * `body-shape` (not the amount that is owed), those of `payArrears`.
 */
export async function settleRefund(
	{ database, clock }: Backend,
	caller: Caller,
	id: string,
	request: RefundRequest,
): Promise<RefundAnswer | Refusal> {
	const drn = meterOf(request);
	if (drn !== null && typeof drn !== 'string') return drn;
	const { hash } = contentHash(request);
	return await transact(database, async (write) => {
		if (drn !== null) await lockMeter(write, drn);
		const vend = await vendOfSubject(write, request.owedAs, request.subjectId);
		if (vend !== undefined) await lockVendRow(write, vend.id);
		const known = await write
			.selectFrom('refund')
			.selectAll()
			.where('id', '=', id)
			.executeTakeFirst();
		if (known !== undefined)
			return known.content_hash === hash && known.utility_id === caller.utilityId
				? refundShape(known)
				: { refusal: 'id-reused' };
		const row = rowOf(caller, id, { request, drn, hash, nowMs: clock.nowMs() });
		const denied = (await decideRefund(write, row)) ?? (await payArrears(write, row));
		if (denied !== undefined) return denied;
		return await store(write, caller, row);
	});
}

/** The meter whose arrears are paid; null: no meter's. */
function meterOf({ way, drn }: RefundRequest): string | null | Refusal {
	if (way !== 'arrears')
		return drn === undefined ? null : wrong('/drn', 'expected nothing but with arrears');
	if (drn === undefined) return wrong('/drn', 'expected a meter number');
	const number = decideMeterNumber(drn);
	return 'drn' in number ? number.drn : number;
}

const wrong = (pointer: string, detail: string): Refusal => ({
	refusal: 'body-shape',
	errors: [{ pointer, detail }],
});

async function decideRefund(write: Write, row: RefundRow): Promise<Refusal | undefined> {
	const owed = await owedFor(write, row.utility_id, row.owed_as, row.subject_id);
	if (owed === undefined) return { refusal: 'not-found' };
	if (owed.amountMinor === 0) return { refusal: 'refund-settled' };
	return owed.amountMinor === row.amount_minor && owed.currency === row.currency
		? undefined
		: wrong('/amountMinor', 'expected all that is owed, in its currency');
}

function rowOf(
	caller: Caller,
	id: string,
	asked: { request: RefundRequest; drn: string | null; hash: string; nowMs: number },
): RefundRow {
	const { owedAs, subjectId, way, reference, amountMinor, currency } = asked.request;
	return {
		...{ id, utility_id: caller.utilityId, owed_as: owedAs, subject_id: subjectId },
		...{ way, drn: asked.drn, reference, amount_minor: amountMinor, currency },
		...{ content_hash: asked.hash, made_by: actorOf(caller), at_ms: asked.nowMs },
	};
}

async function store(write: Write, caller: Caller, row: RefundRow): Promise<RefundAnswer> {
	await write.insertInto('refund').values(row).execute();
	await book(write, {
		...{ utilityId: row.utility_id, kind: 'payout', subjectId: row.subject_id },
		...{ atMs: row.at_ms, currency: row.currency },
		entries: transfer(
			row.amount_minor,
			{ debit: row.owed_as, credit: accountOf(row) },
			`payout-${row.way}`,
		),
	});
	const facts = {
		...{ owedAs: row.owed_as, subject: row.subject_id, way: row.way },
		amountMinor: row.amount_minor,
	};
	const deed = { action: 'refund-settled', subject: { kind: 'refund', id: row.id }, facts };
	await recordDeed(write, caller, deed, row.at_ms);
	return refundShape(row);
}

function accountOf({ way, drn }: RefundRow): Account {
	if (way === 'arrears') return { kind: 'arrears', owner: drn ?? '' };
	return way === 'bank' ? 'bank' : 'provider-clearing';
}
