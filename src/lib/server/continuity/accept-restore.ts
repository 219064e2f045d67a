/**
 * Somebody has put back an older copy of the database and knows it: from now on it may be sold on again. What
 * was sold since the copy is lost to it, so nothing that was given out then is given out again:
 *
 * - TIDs begin above everything that any node may have given out (the floor);
 * - receipts begin a new series at every issuing point (`vend/receipt-series.ts`), because nobody can say which
 *   numbers of the old one are on paper;
 * - the vends that the security module made and the copy does not know are named, as far as it can name them.
 *   Their ids, money and tokens are for people to reconcile: with the providers' statements, the tills'
 *   own journals and the messages that were sent.
 *
 * An audit event says all of it, in every utility.
 */
import { systemCaller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Database, Write } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import { firstOfSeries } from '../vend/receipt-series.ts';
import { AHEAD_MS } from './decide-age.ts';
import type { LostVends } from './lost-vends.ts';
import type { Marks } from './marks.ts';
import { storeMark } from './permit.ts';
import { acceptedRestores, raiseFloor } from './tid-floor.ts';

export interface AcceptedRestore {
	/** Which restore it is, from 1, over all lives of the database: the number of the receipts' new series. */
	readonly restore: number;
	/** No TID of this instant's minute or below is given out any more. */
	readonly floorMs: number;
}

/** Ids named in an audit event; more are in what the command printed. */
const NAMED = 200;

export async function acceptRestore(
	database: Database,
	marks: Marks,
	{ ids: lost, requests }: LostVends,
	nowMs: number,
): Promise<AcceptedRestore> {
	// A copy made before an earlier restore knows nothing of it, but receipts of that series are on paper. On
	// the home's disk before any receipt can be of the new one; a series that is then never used does no harm.
	const next = Math.max(marks.restores(), await acceptedRestores(database)) + 1;
	marks.noteRestore(next);
	const accepted = await transact(database, async (write) => {
		const rows = await write.selectFrom('node_mark').selectAll().execute();
		const markedMs = Math.max(0, marks.untilMs() ?? 0, ...rows.map(({ at_ms }) => at_ms));
		// Also above whatever the present clock allows: the lost tokens may be minutes old.
		const floorMs = Math.max(markedMs, nowMs) + AHEAD_MS;
		const restore = Math.max(next, (await acceptedRestores(write)) + 1);
		await raiseFloor(write, restore, floorMs);
		await beginReceiptSeries(write, restore);
		// Of every node: another one whose home remembers no more than this needs no acceptance of its own.
		for (const { node_id, at_ms } of rows) await storeMark(write, node_id, at_ms, floorMs);
		if (!rows.some(({ node_id }) => node_id === marks.nodeId))
			await storeMark(write, marks.nodeId, undefined, floorMs);
		await tellEveryUtility(write, { restore, floorMs, lost }, nowMs);
		return { restore, floorMs };
	});
	marks.noteRestore(accepted.restore);
	marks.settle(requests);
	marks.raise(accepted.floorMs);
	return accepted;
}

async function beginReceiptSeries(write: Write, restore: number): Promise<void> {
	await write
		.updateTable('receipt_counter')
		.set({ last_number: firstOfSeries(restore) - 1 })
		.execute();
}

async function tellEveryUtility(
	write: Write,
	{ restore, floorMs, lost }: AcceptedRestore & { lost: readonly string[] | null },
	nowMs: number,
): Promise<void> {
	for (const { id } of await write.selectFrom('utility').select('id').execute())
		await recordDeed(
			write,
			systemCaller(id),
			{
				action: 'restore-accepted',
				subject: { kind: 'database', id: `restore-${restore}` },
				facts: {
					floorMs,
					lostVends: lost === null ? null : lost.length,
					lostIds: lost === null ? null : lost.slice(0, NAMED).join(' '),
				},
			},
			nowMs,
		);
}
