/** A till closed a shift or a batch: counted then, totalled now, and what differs is told to the office. */
import { totalsDifference } from '#lib/core/sync/count-cash.ts';
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
	const differs = totalsDifference(totals, closed.totals);
	if (differs !== undefined) {
		const facts = { ...differs };
		const deed = { action: 'batch-totals-differ', subject: { kind: 'batch', id: batchId }, facts };
		await transact(backend.database, (write) =>
			recordDeed(write, till, deed, backend.clock.nowMs()),
		);
	}
	return DONE;
};
