/** Every kind of entry and what carries it out, in one table. */
import type { TillKind } from '#lib/core/vending/till-kinds.ts';
import { carryOutBatchClosed } from './carry-out-batch-closed.ts';
import { carryOutBatchOpened } from './carry-out-batch-opened.ts';
import { carryOutRefundPaid } from './carry-out-refund-paid.ts';
import { carryOutReprint } from './carry-out-reprint.ts';
import { carryOutReserveEnded } from './carry-out-reserve-ended.ts';
import { carryOutReveal } from './carry-out-reveal.ts';
import { carryOutSale } from './carry-out-sale.ts';
import type { Carried, Carrying, CarryOut } from './carrying.ts';

const CARRY_OUT: { readonly [Kind in TillKind]: CarryOut<Kind> } = {
	sale: carryOutSale,
	reveal: carryOutReveal,
	'reserve-ended': carryOutReserveEnded,
	'batch-opened': carryOutBatchOpened,
	'batch-closed': carryOutBatchClosed,
	'refund-paid': carryOutRefundPaid,
	reprint: carryOutReprint,
};

export async function carryOut<Kind extends TillKind>(carrying: Carrying<Kind>): Promise<Carried> {
	const kind: Kind = carrying.entry.kind as Kind;
	return await CARRY_OUT[kind](carrying);
}
