/**
 * `POST /journal-imports`: the office hands in what a till exported, or what was saved of one that is gone, revoked or
 * suspended. Each entry is proved by its own signature; what is carried out is the till's own deed, and whoever
 * imported it is on record. Nothing that is sealed to an operator is answered.
 */
import type { JournalImportAnswer, JournalImportRequest } from '#lib/core/sync/wire-till.ts';
import type { Caller } from '../access/caller.ts';
import { inScope } from '../access/scope.ts';
import { findTerminal } from '../access/terminals.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { findJournal } from './find-journal.ts';
import { takeRows } from './take-rows.ts';

/**
 * Refusal: `not-found` (no journal of this utility).
 * @param elapsedMs since the request came, by a clock that only goes forward
 */
export async function importJournal(
	backend: Backend,
	caller: Caller,
	{ deviceId, rows }: JournalImportRequest,
	elapsedMs: () => number,
): Promise<JournalImportAnswer | Refusal> {
	const { database, clock } = backend;
	const head = inScope(caller, await findJournal(database, deviceId));
	if (isRefusal(head)) return head;
	const terminal = await findTerminal(database, head.terminal_id);
	if (terminal === undefined) return { refusal: 'not-found' };
	const { utilityId, address } = caller;
	const till = {
		...{ utilityId, vendorId: terminal.vendor_id, terminalId: terminal.id, address },
		roles: ['terminal'] as const,
	};
	await transact(database, (write) =>
		recordDeed(
			write,
			caller,
			{
				action: 'till-journal-imported',
				subject: { kind: 'terminal', id: terminal.id },
				facts: { device: deviceId, rows: rows.length, from: head.sequence },
			},
			clock.nowMs(),
		),
	);
	const handing = { by: caller, till, deviceId, evenSuspended: true, digits: 'held-back' } as const;
	const answers = await takeRows(backend, handing, head, rows, elapsedMs);
	const { sequence, hash } = (await findJournal(database, deviceId)) ?? head;
	return {
		rows: answers.map((row) =>
			row.taken ? { ...row, outcome: { ...row.outcome, sealed: null } } : row,
		),
		journal: { sequence, hash },
	};
}
