/** A journal of an earlier version of the app, and the keys of its day: whoever reads it needs no code of then. */
import { globSync, readFileSync } from 'node:fs';
import type { RevealedSale, SignedTillEntry, TillSale } from '#lib/core/sync/till-journal.ts';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';

export interface OldJournal {
	readonly entrySchema: number;
	readonly terminalId: string;
	readonly deviceId: string;
	/** Who stood at the till. */
	readonly operatorId: string;
	readonly signing: DeviceKey;
	/** The private scalar of what its sales are sealed to; of this file alone. */
	readonly saleKey: string;
	readonly entries: readonly {
		readonly entry: SignedTillEntry;
		/** What is under its seal; null: it has none. */
		readonly holds: TillSale | RevealedSale | null;
	}[];
}

/** One of every version of the entries, the earliest first. */
export const oldJournals = (): OldJournal[] =>
	globSync(`${import.meta.dirname}/journal-*.json`)
		.sort()
		.map((file) => JSON.parse(readFileSync(file, 'utf8')) as OldJournal);
