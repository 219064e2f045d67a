/**
 * A vend as the API answers it. A final answer is written once, with the rows it speaks of, and repeated
 * byte for byte; the others are made from the row each time.
 */
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import type { Waterfall } from '#lib/core/vending/waterfall.ts';
import type { VendRow } from '../database/schema.ts';

export interface WrittenAnswer {
	/** 200: final; 202: accepted, ask again. */
	readonly status: 200 | 202;
	/** JSON. */
	readonly body: string;
}

export function answerOf(row: VendRow): WrittenAnswer {
	if (row.answer !== null) return { status: 200, body: row.answer };
	return { status: 202, body: JSON.stringify(unfinished(row)) };
}

function unfinished(row: VendRow): VendAnswer {
	const { id, payment_id: paymentId } = row;
	if (row.state !== 'awaiting-payment') return { id, state: 'issuing', paymentId };
	const waterfall = waterfallShape(JSON.parse(row.quoted_waterfall) as Waterfall);
	return { id, state: 'awaiting-payment', paymentId, waterfall };
}

/** The waterfall in the wire's own, mutable type. */
export function waterfallShape(waterfall: Waterfall) {
	return { ...waterfall, lines: waterfall.lines.map((line) => ({ ...line })) };
}
