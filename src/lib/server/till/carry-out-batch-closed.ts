/** A till closed a shift or a batch: counted then, totalled now, and what differs is told to the office. */
import type { BatchTotals } from '#lib/core/sync/wire-vendors.ts';
import { recordDeed } from '../audit/record.ts';
import { closeBatch } from '../batch/close-batch.ts';
import { transact } from '../database/transact.ts';
import { isRefusal } from '../refusal.ts';
import { DONE, refusedWith, type CarryOut } from './carrying.ts';

/** Refusals: those of `closeBatch`. */
export const carryOutBatchClosed: CarryOut<'batch-closed'> = async (carrying) => {
	const { backend, till, entry } = carrying;
	const { batchId, request, totals } = entry.content;
	const closed = await closeBatch(backend, till, batchId, request);
	if (isRefusal(closed)) return refusedWith(closed.refusal);
	const facts = differenceOf(totals, closed.totals);
	if (facts !== undefined) {
		const deed = { action: 'batch-totals-differ', subject: { kind: 'batch', id: batchId }, facts };
		await transact(backend.database, (write) =>
			recordDeed(write, till, deed, backend.clock.nowMs()),
		);
	}
	return DONE;
};

type Sold = Pick<BatchTotals, 'sold'>;

/**
 * What the device had counted up against the books; undefined: the same. A sale that the device had not heard
 * of yet when it closed, or that was refused since, makes a difference that is nobody's mistake. Pure.
 */
export function differenceOf(device: Sold, books: Sold): Record<string, number> | undefined {
	const countDifference = device.sold.count - books.sold.count;
	const amountDifferenceMinor = device.sold.amountMinor - books.sold.amountMinor;
	if (countDifference === 0 && amountDifferenceMinor === 0) return undefined;
	return { countDifference, amountDifferenceMinor };
}
