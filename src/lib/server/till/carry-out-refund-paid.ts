/** The money of a sale that came to nothing, refused or reversed, went back to its customer. The float never had it: this is of the drawer only. */
import type { Write } from '../database/open.ts';
import { lockTerminal } from '../database/lock.ts';
import { recordDeed } from '../audit/record.ts';
import { transact } from '../database/transact.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import { DONE, refusedWith, type CarryOut, type EntryOf, type TillCaller } from './carrying.ts';
import { keepOutcome, storedOutcome } from './outcome.ts';
import { cameToNothing } from './settled-sale.ts';

/**
 * Order: `not-found` (no sale of this till), `sale-not-refused` (nor reversed; told to the office, because the money
 * has gone back already), `refund-settled` (paid before), `refund-amount`.
 */
export const carryOutRefundPaid: CarryOut<'refund-paid'> = async ({ backend, till, entry }) =>
	await transact(backend.database, async (write) => {
		await lockTerminal(write, till.terminalId);
		const known = await storedOutcome(write, entry.id);
		if (known !== undefined) return { state: known.state, code: known.code, sealed: null };
		const refused = await decideRefund(write, till, entry);
		const { saleId, batchId, amountMinor } = entry.content;
		if (refused === 'sale-not-refused')
			return {
				...refusedWith(refused),
				alarm: { kind: 'settled-sale', facts: { sale: saleId, amountMinor } },
			};
		if (refused !== undefined) return refusedWith(refused);
		const facts = { entry: entry.id, shift: batchId, amountMinor, operator: entry.operatorId };
		const deed = { action: 'refund-paid', subject: { kind: 'till-sale', id: saleId }, facts };
		await recordDeed(write, till, deed, backend.clock.nowMs());
		// Kept here and now, so that of two entries about one sale one is paid.
		await keepOutcome(write, entry.id, DONE, backend.clock.nowMs());
		return DONE;
	});

async function decideRefund(
	write: Write,
	{ terminalId }: TillCaller,
	{ content: { saleId, amountMinor } }: EntryOf<'refund-paid'>,
): Promise<RefusalCode | undefined> {
	const sale = await write
		.selectFrom('till_entry')
		.leftJoin('till_outcome', 'till_outcome.entry_id', 'till_entry.id')
		.leftJoin('claim', 'claim.sale_id', 'till_entry.id')
		.leftJoin('vend', (join) =>
			join
				.onRef('vend.id', '=', 'till_entry.id')
				.onRef('vend.terminal_id', '=', 'till_entry.terminal_id'),
		)
		.select(['till_outcome.state', 'claim.amount_minor', 'vend.state as vendState'])
		.where('till_entry.id', '=', saleId)
		.where('till_entry.terminal_id', '=', terminalId)
		.where('till_entry.kind', '=', 'sale')
		.executeTakeFirst();
	if (sale === undefined) return 'not-found';
	// An outcome is kept as it was: of a vend that was taken back since, only the vend itself knows.
	if (!cameToNothing(sale.state) && !cameToNothing(sale.vendState)) return 'sale-not-refused';
	const before = await write
		.selectFrom('till_entry')
		.innerJoin('till_outcome', 'till_outcome.entry_id', 'till_entry.id')
		.select('till_entry.id')
		.where('till_entry.subject_id', '=', saleId)
		.where('till_entry.kind', '=', 'refund-paid')
		.where('till_outcome.state', '=', 'done')
		.executeTakeFirst();
	if (before !== undefined) return 'refund-settled';
	// A sale that could not be read has no amount here: the drawer's word is all there is.
	const isOther = sale.amount_minor !== null && Number(sale.amount_minor) !== amountMinor;
	return isOther ? 'refund-amount' : undefined;
}
