/**
 * Entries that have their place in a journal and no end: what handed them in died, or they wait for a float or a
 * module, and their device may never ask again. A background round of every process carries them out, so that
 * whoever holds a claim code gets what was paid for.
 */
import type { SignedTillEntry } from '#lib/core/sync/till-journal.ts';
import { systemCaller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import { isPostgres } from '../database/dialect.ts';
import type { Write } from '../database/open.ts';
import type { TillEntryRow, TillUnsettledRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { describeError } from '../log.ts';
import type { Handing } from './place-rows.ts';
import { openSale, type ReadEntry } from './read-rows.ts';
import { settleEntry } from './settle-entry.ts';

/** Entries looked at in one round. */
const BATCH = 200;
/** Journals that are gone on with side by side; each in its own order. */
const AT_ONCE = 8;
const MINUTE_MS = 60_000;
const LONGEST_MS = 60 * MINUTE_MS;

/** How long until an entry is tried once more: twice as long each time, up to an hour. Pure. */
export function pauseAfter(tries: number): number {
	return Math.min(LONGEST_MS, MINUTE_MS * 2 ** Math.min(tries, 10));
}

/** One round. Ends early when the process is to end: what is left comes again after its pause. */
export async function finishEntries(backend: Backend, signal?: AbortSignal): Promise<void> {
	if (backend.permit.refusal() !== undefined) return;
	const nowMs = backend.clock.nowMs();
	const due = await transact(backend.database, (write) => takeDue(write, nowMs));
	const journals = [...Map.groupBy(due, ({ device_id: deviceId }) => deviceId).values()];
	const next = journals.values();
	const worker = async () => {
		for (const journal of next)
			for (const row of journal) if (signal?.aborted !== true) await attempt(backend, row);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Those that are due, in the order of their journals; from now on another node leaves them alone for a while. */
async function takeDue(write: Write, nowMs: number): Promise<TillEntryRow[]> {
	const wanted = write
		.selectFrom('till_unsettled')
		.selectAll()
		// What is due later than any pause was written before the clock was set back.
		.where((is) =>
			is.or([is('due_at_ms', '<=', nowMs), is('due_at_ms', '>', nowMs + 2 * LONGEST_MS)]),
		)
		.orderBy('due_at_ms')
		.orderBy('sequence')
		.limit(BATCH);
	const due = await (isPostgres(write) ? wanted.forUpdate().skipLocked() : wanted).execute();
	for (const [tries, ids] of idsByTries(due))
		await write
			.updateTable('till_unsettled')
			.set({ tries: tries + 1, due_at_ms: nowMs + pauseAfter(tries) })
			.where('entry_id', 'in', ids)
			.execute();
	if (due.length === 0) return [];
	return await write
		.selectFrom('till_entry')
		.selectAll()
		.where(
			'id',
			'in',
			due.map(({ entry_id: id }) => id),
		)
		.orderBy('device_id')
		.orderBy('sequence')
		.execute();
}

function idsByTries(due: readonly TillUnsettledRow[]): [number, string[]][] {
	return [...Map.groupBy(due, ({ tries }) => tries)].map(([tries, rows]) => [
		tries,
		rows.map(({ entry_id: id }) => id),
	]);
}

/** As the till's own deed, and counted against the till: nobody is shown anything by it. */
async function attempt(backend: Backend, row: TillEntryRow): Promise<void> {
	const { id, utility_id: utilityId, vendor_id: vendorId, terminal_id: terminalId } = row;
	const till = { ...systemCaller(utilityId), roles: ['terminal'] as const, vendorId, terminalId };
	const handing: Handing = {
		...{ by: till, till, deviceId: row.device_id },
		...{ evenSuspended: true, digits: 'held-back' },
	};
	try {
		const read = await readAgain(backend, row);
		await settleEntry(backend, handing, { placed: 'entry', row, read, wasThere: true }, false);
	} catch (error) {
		backend.log('error', 'entry-not-finished', { entry: id, ...describeError(error) });
	}
}

/** It was read and proved before it got its place. */
async function readAgain({ saleKey }: Backend, row: TillEntryRow): Promise<ReadEntry> {
	const { entry: text, hash } = row;
	const entry = JSON.parse(text) as SignedTillEntry;
	const sale = entry.kind === 'sale' ? await openSale(saleKey, entry.content.sealed) : undefined;
	return { what: 'entry', entry, text, hash, sale };
}
