/** What of the till's rows still needs the network: what a sign-out and a new version of the app wait for. */
import { countPending, readProgressAt } from './agent-journal.ts';
import { readTill } from './agent-outbox.ts';
import type { TillEntryHereRow } from './agent-rows.ts';
import type { AgentStore } from './agent.ts';
import { stored } from './store-fault.ts';

/**
 * Entries of this till that are not final. A till that hands in nothing more has none that anybody could wait
 * for: those are exported. @throws {StoreFault}
 */
export async function pendingRows(store: AgentStore): Promise<number> {
	const till = await readTill(store);
	return till && till.stop === null ? countPending(store, till.deviceId) : 0;
}

/** The numbers of those that the backend has said it has. @throws {StoreFault} */
export async function readHandedIn(
	store: AgentStore,
	deviceId: string,
	rows: readonly Pick<TillEntryHereRow, 'sequence'>[],
): Promise<ReadonlySet<number>> {
	const progress = await readProgressAt(
		store,
		deviceId,
		rows.map(({ sequence }) => sequence),
	);
	const has = progress.filter((each) => each?.state === 'taken' || each?.state === 'done');
	return new Set(has.map((each) => each?.sequence ?? 0));
}

/** A journal that has rows which were not handed in: this till's, or one of an enrolment before. */
export interface UnsentJournal {
	readonly deviceId: string;
	readonly terminalId: string;
	readonly count: number;
}

/** Those of every enrolment of this device; for the export. @throws {StoreFault} */
export function unsentJournals(store: AgentStore): Promise<UnsentJournal[]> {
	return stored(async () => {
		const found = new Map<string, UnsentJournal>();
		const rows = await store.progress.where('state').anyOf('queued', 'damaged').toArray();
		for (const { deviceId, sequence } of rows) {
			const before = found.get(deviceId);
			const entry = before ? undefined : await store.entries.get([deviceId, sequence]);
			const terminalId = before?.terminalId ?? entry?.entry.terminalId;
			if (terminalId === undefined) continue;
			found.set(deviceId, { deviceId, terminalId, count: (before?.count ?? 0) + 1 });
		}
		return [...found.values()];
	});
}
