/**
 * A till opened a shift, or a batch around shifts. Its journal is the truth of its drawer: a shift that is still
 * open on the till when the next one begins was left by a device that is gone, or its closing is lost, and
 * is closed uncounted. So nothing that is sold after it is held up.
 */
import { batchRow } from '../batch/batch-rows.ts';
import { closeBatch } from '../batch/close-batch.ts';
import { openBatch } from '../batch/open-batch.ts';
import { openShift } from '../batch/open-shift.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import { isRefusal } from '../refusal.ts';
import { DONE, refusedWith, type CarryOut, type EntryOf, type TillCaller } from './carrying.ts';

/** Refusals: those of `openBatch`, but a shift that is open. */
export const carryOutBatchOpened: CarryOut<'batch-opened'> = async ({ backend, till, entry }) => {
	const { batchId, request } = entry.content;
	if (request.kind === 'shift') await closeAbandoned(backend, till, entry);
	const opened = await openBatch(backend, till, batchId, request);
	return isRefusal(opened) ? refusedWith(opened.refusal) : DONE;
};

const UNCOUNTED = { cash: [], others: [], reference: null };

/** Looks for the other shift first: were it this one or a later one, this one would be known. */
async function closeAbandoned(
	backend: Backend,
	till: TillCaller,
	entry: EntryOf<'batch-opened'>,
): Promise<void> {
	const { database, clock } = backend;
	const { batchId: shiftId } = entry.content;
	const left = await openShift(database, till.terminalId);
	if (left === undefined || (await batchRow(database, shiftId)) !== undefined) return;
	if (await isLater(database, left, entry)) return;
	const closed = await closeBatch(backend, till, left, UNCOUNTED);
	if (isRefusal(closed)) return;
	const facts = { terminal: till.terminalId, next: shiftId };
	const deed = { action: 'shift-abandoned', subject: { kind: 'batch', id: left }, facts };
	await transact(database, (write) => recordDeed(write, till, deed, clock.nowMs()));
}

/**
 * Whether a shift was opened after this entry was written: by a later entry of the same journal, or by a device
 * that took this one's place. An entry that arrives late, or is imported, ends no shift that is being sold in.
 */
async function isLater(
	database: Database,
	shiftId: string,
	{ deviceId, sequence, terminalId }: EntryOf<'batch-opened'>,
): Promise<boolean> {
	const opened = await database
		.selectFrom('till_entry')
		.innerJoin('terminal', 'terminal.id', 'till_entry.terminal_id')
		.select(['till_entry.device_id', 'till_entry.sequence', 'terminal.device_id as present'])
		.where('till_entry.subject_id', '=', shiftId)
		.where('till_entry.kind', '=', 'batch-opened')
		.where('till_entry.terminal_id', '=', terminalId)
		.executeTakeFirst();
	if (opened === undefined) return false;
	return opened.device_id === deviceId ? opened.sequence > sequence : opened.present !== deviceId;
}
