/** `POST /journal-batches`: a till hands in what its journal has, and hears what has become of each row and of itself. */
import type { JournalBatchAnswer, JournalBatchRequest } from '#lib/core/sync/wire-till.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { findJournalOfTill } from './find-journal.ts';
import { readTillStatus } from './status.ts';
import { takeRows } from './take-rows.ts';
import { problemOf } from '../http/problem.ts';

/**
 * Order: `not-allowed` (not a till), `terminal-unknown`. A till whose device keeps no journal has its rows refused
 * one by one, `journal-other-till`.
 * @param elapsedMs since the batch came, by a clock that only goes forward
 */
export async function handInJournal(
	backend: Backend,
	caller: Caller,
	{ rows }: JournalBatchRequest,
	elapsedMs: () => number,
): Promise<JournalBatchAnswer | Refusal> {
	const { terminalId, vendorId, utilityId, address } = caller;
	if (terminalId === undefined || vendorId === undefined) return { refusal: 'not-allowed' };
	const head = await findJournalOfTill(backend.database, terminalId);
	if (head === undefined) return { refusal: 'terminal-unknown' };
	// The till alone: whoever else is signed in on it stands in the entries by name.
	const till = { utilityId, vendorId, terminalId, roles: ['terminal'] as const, address };
	const handing = { by: caller, till, evenSuspended: false, digits: 'shown' } as const;
	const answers = head
		? await takeRows(backend, { ...handing, deviceId: head.device_id }, head, rows, elapsedMs)
		: rows.map(() => WITHOUT_JOURNAL);
	const status = await readTillStatus(backend, caller);
	return isRefusal(status) ? status : { rows: answers, status };
}

const WITHOUT_JOURNAL: JournalBatchAnswer['rows'][number] = {
	...{ taken: false, sequence: null },
	problem: problemOf({ refusal: 'journal-other-till' }),
};
