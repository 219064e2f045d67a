/** What of a till's journal can never be handed in as it is, for the mending desk. Nothing here changes a row. */
import { unsentJournals, type UnsentJournal } from '#lib/browser/store/agent-pending.ts';
import { readTill } from '#lib/browser/store/agent-outbox.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import type { TillKind } from '#lib/core/vending/till-kinds.ts';

/** An entry that is not what was written, or is gone: the office is told that it is missing. */
export interface DamagedEntry {
	readonly id: string;
	readonly sequence: number;
	/** Null: the entry itself is gone. */
	readonly kind: TillKind | null;
	/** The office has said that it knows it is missing. */
	readonly isTold: boolean;
}

export interface Mending {
	readonly damaged: readonly DamagedEntry[];
	/** Journals of earlier enrolments with entries that only the office takes in, from a file. */
	readonly earlier: readonly UnsentJournal[];
}

/** Sales are not among them: those stand at the refund desk with their money. @throws {StoreFault} */
export async function readMending(store: AgentStore): Promise<Mending> {
	const till = await readTill(store);
	const journals = await unsentJournals(store);
	return {
		damaged: await damagedEntries(store),
		earlier: journals.filter(({ deviceId }) => deviceId !== till?.deviceId),
	};
}

async function damagedEntries(store: AgentStore): Promise<DamagedEntry[]> {
	return stored(async () => {
		const rows = await store.progress.where('state').equals('damaged').toArray();
		const sales = await store.sales.bulkGet(rows.map(({ id }) => id));
		const others = rows.filter((_, at) => sales[at] === undefined);
		const entries = await store.entries.bulkGet(
			others.map(({ deviceId, sequence }) => [deviceId, sequence] as [string, number]),
		);
		return others.map(({ id, sequence, outcome }, at) => ({
			...{ id, sequence, kind: entries[at]?.kind ?? null, isTold: outcome !== null },
		}));
	});
}
