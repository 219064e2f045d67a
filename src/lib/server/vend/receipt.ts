/** The receipt and the tokens of an issued vend, as its answer carries them for ever. */
import { sql, type CompiledQuery } from 'kysely';
import type { Receipt, Token, VendAnswer } from '#lib/core/sync/wire.ts';
import { insertion } from '../database/insertion.ts';
import type { Write } from '../database/open.ts';
import { prepared } from '../database/prepared.ts';
import type { ReceiptCounterRow, VendRow } from '../database/schema.ts';
import { waterfallShape } from './answer.ts';
import type { IssueOrder, KeyChangeStep, TokenStep } from './issue-order.ts';
import type { Made } from './make-tokens.ts';
import { firstReceiptNumber, formatReceiptNumber } from './receipt-series.ts';

type Counter = Pick<ReceiptCounterRow, 'last_number'>;

/**
 * Takes the next number of an issuing point that has one, as a query: in the transaction that makes the
 * receipt, so that a number without a receipt cannot be.
 */
export function nextNumber(write: Write, row: VendRow): CompiledQuery<Counter> {
	return countUp.with(write, { issuingPoint: seriesOf(row) });
}

const countUp = prepared<{ issuingPoint: string }>()((db, given) =>
	db
		.updateTable('receipt_counter')
		.set((build) => ({ last_number: build('last_number', '+', sql.lit(1)) }))
		.where('issuing_point', '=', given('issuingPoint'))
		.returning('last_number'),
);

/** The number that `nextNumber` took; where there was none to follow, the series begins. */
export async function numberTaken(
	write: Write,
	row: VendRow,
	counter: Counter | undefined,
): Promise<number> {
	if (counter !== undefined) return counter.last_number;
	const first = await firstReceiptNumber(write);
	const begun = { issuing_point: seriesOf(row), last_number: first };
	await write.executeQuery(insertion(write, 'receipt_counter', [begun]));
	return first;
}

function seriesOf(row: Pick<VendRow, 'utility_id' | 'issuing_point'>): string {
	return `${row.utility_id}:${row.issuing_point}`;
}

export function issuedAnswer(
	row: VendRow,
	order: IssueOrder,
	made: Made,
	issue: { readonly receiptNumber: number; readonly nowMs: number },
): VendAnswer {
	return {
		id: row.id,
		state: 'issued',
		paymentId: row.payment_id,
		receipt: receiptOf(row, order, made, issue),
		tokens: made.tokens.map(({ digits, kind, energyDeciKwh, test }, at): Token => ({
			...{ digits, kind, energyDeciKwh, test },
			...{ sequence: at + 1, of: made.tokens.length },
		})),
	};
}

function receiptOf(
	row: VendRow,
	order: IssueOrder,
	made: Made,
	issue: { readonly receiptNumber: number; readonly nowMs: number },
): Receipt {
	return {
		...order.receipt,
		receiptNumber: formatReceiptNumber(row.issuing_point, issue.receiptNumber),
		issuedAtMs: issue.nowMs,
		terminal: row.issuing_point,
		waterfall: waterfallShape(order.waterfall),
		roundingGainDeciKwh: made.roundingGainDeciKwh,
		...(row.kind !== 'credit' && { kind: row.kind }),
		...(order.keyChange && { keyChange: keyChangeShape(order.keyChange, made.rollover) }),
		...engineeringOf(order.token, made.watts),
	};
}

function keyChangeShape({ from, to }: KeyChangeStep, rollover: boolean) {
	const place = ({ sgc, krn, ti }: KeyChangeStep['from']) => ({ sgc, krn, ti });
	return { from: place(from), to: place(to), rollover };
}

/** `set-power-limit 5000 W`, `clear-credit 0`, `meter-test 2`: the core's word and the value. */
function engineeringOf(
	token: TokenStep | null,
	watts: number | null,
): Pick<Receipt, 'engineering'> {
	if (token === null || token.make === 'credit') return {};
	const { wish } = token;
	if ('watts' in wish) return { engineering: `${wish.kind} ${watts ?? wish.watts} W` };
	if ('register' in wish) return { engineering: `${wish.kind} ${wish.register}` };
	if ('test' in wish) return { engineering: `${wish.kind} ${wish.test}` };
	return { engineering: 'value' in wish ? `${wish.kind} ${wish.value}` : wish.kind };
}
