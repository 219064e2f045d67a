/**
 * The second transaction of an issue: tokens, receipt number and ledger, or a refusal that undoes what the
 * first one moved. Whoever comes second finds the vend final and changes nothing.
 */
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import type { VendRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { queueMessage } from '../message/queue.ts';
import { askerOf } from './asker.ts';
import type { IssueOrder } from './issue-order.ts';
import { lockVend } from './lock-vend.ts';
import type { Made } from './make-tokens.ts';
import { moveMeter } from './meter-place.ts';
import { putAccount } from './prepare-issue.ts';
import { issuedAnswer, nextReceiptNumber } from './receipt.ts';
import { refuseVend } from './refuse-vend.ts';
import { release } from './release.ts';
import { bookVend } from './vend-books.ts';

/** `shown`: the asker waits for the digits, so they are released in the same transaction. */
export type Digits = 'shown' | 'held-back';

/** Answers the row as it is now, whoever finished it. */
export async function finishIssue(
	{ database, clock }: Backend,
	order: IssueOrder,
	made: Made,
	digits: Digits,
): Promise<VendRow> {
	return await transact(database, async (write) => {
		const row = await lockVend(write, order.vendId, order.receipt.drn);
		const nowMs = clock.nowMs();
		if (row.state === 'issuing') return await store(write, row, order, { made, digits, nowMs });
		return digits === 'shown' ? await release(write, row, nowMs) : row;
	});
}

async function store(
	write: Write,
	row: VendRow,
	order: IssueOrder,
	{ made, digits, nowMs }: { made: Made; digits: Digits; nowMs: number },
): Promise<VendRow> {
	const { roundingGainDeciKwh } = made;
	await storeTokens(write, order, made, nowMs);
	await moveMeter(write, order);
	await bookVend(write, row, order, { roundingGainDeciKwh, nowMs });
	// Late, because every receipt of the issuing point waits for it from here on.
	const receiptNumber = await nextReceiptNumber(write, row);
	await tell(write, row, order, { receiptNumber, nowMs });
	return await write
		.updateTable('vend')
		.set({
			state: 'issued',
			state_at_ms: nowMs,
			receipt_number: receiptNumber,
			answer: JSON.stringify(issuedAnswer(row, order, made, { receiptNumber, nowMs })),
			released_at_ms: digits === 'shown' ? nowMs : null,
		})
		.where('id', '=', row.id)
		.returningAll()
		.executeTakeFirstOrThrow();
}

async function storeTokens(
	write: Write,
	{ vendId, receipt }: IssueOrder,
	{ tokens }: Made,
	nowMs: number,
): Promise<void> {
	await write
		.insertInto('vend_token')
		.values(
			tokens.map(({ kind, digits, energyDeciKwh, key, tid }, at) => ({
				vend_id: vendId,
				sequence: at + 1,
				...{ kind, drn: receipt.drn, digits },
				sgc: (key ?? receipt).sgc,
				krn: (key ?? receipt).krn,
				base_year: tid === null ? null : (key?.baseYear ?? null),
				...{ tid, energy_deci_kwh: energyDeciKwh, made_at_ms: nowMs },
			})),
		)
		.execute();
}

/** The message to the phone, if one was asked for, and the audit. */
async function tell(
	write: Write,
	row: VendRow,
	{ keyChange, receipt, waterfall, token }: IssueOrder,
	{ receiptNumber, nowMs }: { receiptNumber: number; nowMs: number },
): Promise<void> {
	const { id, utility_id: utilityId, notify_phone: phone, kind, amount_minor: amountMinor } = row;
	if (phone !== null)
		await queueMessage(write, { utilityId, phone, template: 'token', subjectId: id }, nowMs);
	const facts = {
		...{ kind, amountMinor, energyDeciKwh: waterfall.energyDeciKwh, receiptNumber },
		...{ sgc: receipt.sgc, krn: receipt.krn, keyChanged: keyChange !== null },
		tid: token !== null && 'tid' in token ? token.tid : null,
	};
	const deed = { action: 'vend-issued', subject: { kind: 'vend', id }, facts };
	await recordDeed(write, askerOf(row), deed, nowMs);
}

/** The security module said no for good: the account goes back to what it was, the money to its payer. */
export async function undoIssue(
	{ database, clock }: Backend,
	order: IssueOrder,
	code: RefusalCode,
): Promise<VendRow> {
	return await transact(database, async (write) => {
		const row = await lockVend(write, order.vendId, order.receipt.drn);
		if (row.state !== 'issuing') return row;
		// Exact, because no other vend of this meter can have been begun since.
		await putAccount(write, row.drn, order.before.account);
		return await refuseVend(write, row, code, clock.nowMs());
	});
}
