/** An entry as a row of the journal: pure. */
import type { TillEntryRow } from '../database/schema.ts';
import type { TillCaller } from './carrying.ts';
import type { ReadEntry } from './read-rows.ts';
import { amountOf } from './sale-amount.ts';

/** Sales of a journal that were promised without a token: how many, for how much. */
export interface Totals {
	readonly count: number;
	readonly sumMinor: number;
}

/** What an entry adds to them. A sum never grows beyond what can be told exactly, whatever a device says. */
export function totalsWith(before: Totals, { sale }: Pick<ReadEntry, 'sale'>): Totals {
	if (sale?.promise !== 'provisional') return before;
	const sumMinor = Math.min(before.sumMinor + amountOf(sale), Number.MAX_SAFE_INTEGER);
	return { count: before.count + 1, sumMinor };
}

/** @param place when it was taken, what was known of its journal then, and the totals with this one */
export function entryRowOf(
	{ utilityId, vendorId, terminalId }: TillCaller,
	{ entry, text, hash, sale }: Omit<ReadEntry, 'what'>,
	place: { readonly nowMs: number; readonly knownSequence: number; readonly totals: Totals },
): TillEntryRow {
	const { nowMs, knownSequence, totals } = place;
	return {
		...{ id: entry.id, utility_id: utilityId, vendor_id: vendorId, terminal_id: terminalId },
		...{ device_id: entry.deviceId, sequence: entry.sequence, hash, kind: entry.kind },
		...{ subject_id: subjectOf({ entry, sale }), operator_id: entry.operatorId },
		...{ at_ms: entry.atMs, offset_ms: entry.offsetMs, taken_at_ms: nowMs },
		known_sequence: knownSequence,
		...{ provisional_count: totals.count, provisional_minor: totals.sumMinor },
		entry: text,
	};
}

/** What an entry is about beside itself; of a sale, the one in whose place it was made. Pure. */
export function subjectOf({ entry, sale }: Pick<ReadEntry, 'entry' | 'sale'>): string | null {
	switch (entry.kind) {
		case 'sale':
			return sale?.replaces ?? null;
		case 'reveal':
		case 'reserve-ended':
		case 'reprint':
			return entry.content.vendId;
		case 'batch-opened':
		case 'batch-closed':
			return entry.content.batchId;
		case 'refund-paid':
			return entry.content.saleId;
	}
}
