/**
 * The second transaction of an issue: tokens, receipt number and ledger, or a refusal that undoes what the
 * first one moved. Whoever comes second finds the vend final and changes nothing.
 */
import type { CompiledQuery } from 'kysely';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import { recordOf } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { insertion } from '../database/insertion.ts';
import type { Write } from '../database/open.ts';
import { prepared } from '../database/prepared.ts';
import { together } from '../database/together.ts';
import type { VendRow, VendTokenRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { queueingOf } from '../message/queue.ts';
import { askerOf } from './asker.ts';
import type { IssueOrder } from './issue-order.ts';
import { lockToEnd, type VendInTheMaking } from './lock-vend.ts';
import type { Made } from './make-tokens.ts';
import { moveMeter } from './meter-place.ts';
import { putAccount } from './prepare-issue.ts';
import { issuedAnswer, nextNumber, numberTaken } from './receipt.ts';
import { refuseVend } from './refuse-vend.ts';
import { release } from './release.ts';
import { bookingOfVend } from './vend-books.ts';

/** `shown`: the asker waits for the digits, so they are released in the same transaction. */
export type Digits = 'shown' | 'held-back';

/** Answers the row as it is now, whoever finished it, and who waits for its meter. */
export async function finishIssue(
	{ database, clock }: Backend,
	order: IssueOrder,
	made: Made,
	digits: Digits,
): Promise<VendInTheMaking> {
	return await transact(database, async (write) => {
		const { row, next } = await lockToEnd(write, order.vendId, order.receipt.drn);
		const nowMs = clock.nowMs();
		if (row.state === 'issuing')
			return { row: await store(write, row, order, { made, digits, nowMs }), next };
		return { row: digits === 'shown' ? await release(write, row, nowMs) : row, next };
	});
}

async function store(
	write: Write,
	row: VendRow,
	order: IssueOrder,
	{ made, digits, nowMs }: { made: Made; digits: Digits; nowMs: number },
): Promise<VendRow> {
	const { roundingGainDeciKwh } = made;
	await moveMeter(write, order);
	// Late, because every receipt of the issuing point waits for its number from here on.
	const [[counter]] = await together(write, [
		nextNumber(write, row),
		insertion(write, 'vend_token', tokenRows(order, made, nowMs)),
		...bookingOfVend(write, row, order, { roundingGainDeciKwh, nowMs }),
	]);
	const receiptNumber = await numberTaken(write, row, counter);
	const issued = {
		state: 'issued',
		state_at_ms: nowMs,
		receipt_number: receiptNumber,
		answer: JSON.stringify(issuedAnswer(row, order, made, { receiptNumber, nowMs })),
		released_at_ms: digits === 'shown' ? nowMs : null,
	} as const;
	await together(write, [
		setIssued.with(write, { id: row.id, ...issued }),
		...telling(write, row, order, { receiptNumber, nowMs }),
	]);
	return { ...row, ...issued };
}

type Issued = Pick<
	VendRow,
	'id' | 'state' | 'state_at_ms' | 'receipt_number' | 'answer' | 'released_at_ms'
>;

const setIssued = prepared<Issued>()((db, given) =>
	db
		.updateTable('vend')
		.set({
			state: given('state'),
			state_at_ms: given('state_at_ms'),
			receipt_number: given('receipt_number'),
			answer: given('answer'),
			released_at_ms: given('released_at_ms'),
		})
		.where('id', '=', given('id')),
);

function tokenRows(
	{ vendId, receipt }: IssueOrder,
	{ tokens }: Made,
	nowMs: number,
): VendTokenRow[] {
	return tokens.map(({ kind, digits, energyDeciKwh, key, tid }, at) => ({
		vend_id: vendId,
		sequence: at + 1,
		...{ kind, drn: receipt.drn, digits },
		sgc: (key ?? receipt).sgc,
		krn: (key ?? receipt).krn,
		base_year: tid === null ? null : (key?.baseYear ?? null),
		...{ tid, energy_deci_kwh: energyDeciKwh, made_at_ms: nowMs },
	}));
}

/** The message to the phone, if one was asked for, and the audit: as queries. */
function telling(
	write: Write,
	row: VendRow,
	{ keyChange, receipt, waterfall, token }: IssueOrder,
	{ receiptNumber, nowMs }: { receiptNumber: number; nowMs: number },
): CompiledQuery[] {
	const { id, utility_id: utilityId, notify_phone: phone, kind, amount_minor: amountMinor } = row;
	const facts = {
		...{ kind, amountMinor, energyDeciKwh: waterfall.energyDeciKwh, receiptNumber },
		...{ sgc: receipt.sgc, krn: receipt.krn, keyChanged: keyChange !== null },
		tid: token !== null && 'tid' in token ? token.tid : null,
	};
	const deed = { action: 'vend-issued', subject: { kind: 'vend', id }, facts };
	const message = { utilityId, template: 'token', subjectId: id };
	return [
		...recordOf(write, askerOf(row), deed, nowMs),
		...(phone === null ? [] : [queueingOf(write, { ...message, phone }, nowMs)]),
	];
}

/** The security module said no for good: the account goes back to what it was, the money to its payer. */
export async function undoIssue(
	{ database, clock }: Backend,
	order: IssueOrder,
	code: RefusalCode,
): Promise<VendInTheMaking> {
	return await transact(database, async (write) => {
		const { row, next } = await lockToEnd(write, order.vendId, order.receipt.drn);
		if (row.state !== 'issuing') return { row, next };
		// Exact, because no other vend of this meter can have been begun since.
		await putAccount(write, row.drn, order.before.account);
		return { row: await refuseVend(write, row, code, clock.nowMs()), next };
	});
}
