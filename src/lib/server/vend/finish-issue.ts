/**
 * The second transaction of an issue: token, receipt number and ledger, or a refusal that undoes what the
 * first one moved. Whoever comes second finds the vend final and changes nothing.
 */
import type { Receipt, Token, VendAnswer } from '#lib/core/sync/wire.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import type { VendRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { book } from '../ledger/book.ts';
import { entriesOfCredit } from '../ledger/vend-entries.ts';
import { storeAccount } from '../meter/find-meter.ts';
import type { IssuedCredit } from '../security-module/port.ts';
import { waterfallShape } from './answer.ts';
import type { IssueOrder } from './begin-issue.ts';
import { refuseVend } from './refuse-vend.ts';

export async function finishIssue(
	{ database, clock }: Backend,
	order: IssueOrder,
	made: IssuedCredit,
): Promise<void> {
	await transact(database, async (write) => {
		const row = await stillIssuing(write, order.vendId);
		if (row === undefined) return;
		const nowMs = clock.nowMs();
		const receiptNumber = await nextReceiptNumber(write, `${row.utility_id}:${row.issuing_point}`);
		const gain = made.carriedDeciKwh - order.waterfall.energyDeciKwh;
		await storeToken(write, order, made, nowMs);
		await book(write, {
			utilityId: row.utility_id,
			kind: 'vend',
			subjectId: row.id,
			atMs: nowMs,
			currency: row.currency,
			entries: entriesOfCredit(order.drn, order.waterfall, gain),
		});
		const answer: VendAnswer = {
			id: row.id,
			state: 'issued',
			paymentId: row.payment_id,
			receipt: receiptOf(order, { terminal: row.issuing_point, receiptNumber, gain, nowMs }),
			tokens: [tokenOf(made)],
		};
		await write
			.updateTable('vend')
			.set({
				state: 'issued',
				state_at_ms: nowMs,
				receipt_number: receiptNumber,
				answer: JSON.stringify(answer),
			})
			.where('id', '=', row.id)
			.execute();
	});
}

/** The security module said no for good: the account goes back to what it was, the money to its payer. */
export async function undoIssue(
	{ database, clock }: Backend,
	order: IssueOrder,
	code: RefusalCode,
): Promise<void> {
	await transact(database, async (write) => {
		const row = await stillIssuing(write, order.vendId);
		if (row === undefined) return;
		// Exact, because no other vend of this meter can have been begun since.
		await storeAccount(write, order.drn, order.accountBefore);
		await refuseVend(write, row, code, clock.nowMs());
	});
}

async function stillIssuing(write: Write, id: string): Promise<VendRow | undefined> {
	return await write
		.selectFrom('vend')
		.selectAll()
		.where('id', '=', id)
		.where('state', '=', 'issuing')
		.executeTakeFirst();
}

/** Taken in the transaction that makes the receipt, so that a number without a receipt cannot be. */
async function nextReceiptNumber(write: Write, issuingPoint: string): Promise<number> {
	const counter = await write
		.updateTable('receipt_counter')
		.set((build) => ({ last_number: build('last_number', '+', 1) }))
		.where('issuing_point', '=', issuingPoint)
		.returning('last_number')
		.executeTakeFirst();
	if (counter !== undefined) return counter.last_number;
	await write
		.insertInto('receipt_counter')
		.values({ issuing_point: issuingPoint, last_number: 1 })
		.execute();
	return 1;
}

async function storeToken(
	write: Write,
	order: IssueOrder,
	made: IssuedCredit,
	nowMs: number,
): Promise<void> {
	await write
		.insertInto('vend_token')
		.values({
			vend_id: order.vendId,
			sequence: 1,
			kind: 'credit',
			drn: order.drn,
			sgc: order.sgc,
			krn: order.krn,
			base_year: order.baseYear,
			tid: order.tid,
			digits: made.digits,
			energy_deci_kwh: made.carriedDeciKwh,
			made_at_ms: nowMs,
		})
		.execute();
}

function tokenOf(made: IssuedCredit): Token {
	return {
		digits: made.digits,
		kind: 'credit',
		energyDeciKwh: made.carriedDeciKwh,
		sequence: 1,
		of: 1,
		test: made.test,
	};
}

function receiptOf(
	order: IssueOrder,
	issue: { terminal: string; receiptNumber: number; gain: number; nowMs: number },
): Receipt {
	const { utility, customerMasked, drn, sgc, krn, ti, ea, tct, tariffName } = order;
	return {
		receiptNumber: `${issue.terminal}-${String(issue.receiptNumber).padStart(6, '0')}`,
		issuedAtMs: issue.nowMs,
		utility,
		terminal: issue.terminal,
		...{ customerMasked, drn, sgc, krn, ti, ea, tct, tariffName },
		waterfall: waterfallShape(order.waterfall),
		roundingGainDeciKwh: issue.gain,
	};
}
