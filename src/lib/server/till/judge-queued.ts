/**
 * Whether a sale that was promised without a token kept to the caps, by the journal itself: by the function that
 * the device asked before. What had not arrived when it was made is what the device knew of, but never less
 * than what had not arrived when it was handed in. What had arrived and waits (for the float) the device counts as
 * well, and is not counted here: nothing says when the device heard of that. Decided by what is written down, so
 * that it is the same however often it is asked.
 */
import { serverTimeOf } from '#lib/core/sync/journal-chain.ts';
import {
	capsOf,
	decideQueued,
	type OfflineCaps,
	type OfflineRefusal,
	type Unsynced,
} from '#lib/core/vending/offline-terms.ts';
import type { Database } from '../database/open.ts';
import type { TillEntryRow } from '../database/schema.ts';
import type { EntryOf } from './carrying.ts';
import type { Totals } from './entry-row.ts';
import { offlineTermsSince } from './offline-terms.ts';

interface Judged {
	readonly entry: EntryOf<'sale'>;
	readonly row: TillEntryRow;
	readonly amountMinor: number;
}

/**
 * Undefined: it kept to them, to those of now or to any that held since its device could last hear of them: terms
 * that were lowered while it was out of reach take no sale back that a customer has paid for. The float is not looked at: the sale itself is paid from it, or
 * waits.
 */
export async function judgeQueued(
	database: Database,
	judged: Judged,
): Promise<OfflineRefusal | undefined> {
	const { row } = judged;
	const { unsynced, heardAtMs } = await unsyncedBefore(database, judged);
	const sinceMs = heardAtMs ?? Math.min(serverTimeOf(judged.entry), row.taken_at_ms);
	const versions = await offlineTermsSince(database, row.vendor_id, sinceMs);
	// What the device could lose is its own concern: the larger caps are those that no honest device breaks.
	const decided = versions.map((terms) => decideSale(capsOf(terms, true), unsynced, judged));
	// The newest one's word, where none of them allows it.
	return decided.includes(undefined) ? undefined : decided[0];
}

/** Order: that of `OFFLINE_REFUSALS`; too old is also what was handed in too late. Pure. */
export function decideSale(
	caps: OfflineCaps | null,
	unsynced: Unsynced,
	{ entry, row, amountMinor }: Judged,
): OfflineRefusal | undefined {
	const atMs = serverTimeOf(entry);
	const sale = { amountMinor, atMs, availableMinor: Number.MAX_SAFE_INTEGER };
	const refused = decideQueued(caps, unsynced, sale);
	const isLate = caps !== null && row.taken_at_ms - atMs > caps.ageMs;
	if (isLate && refused !== 'offline-sale-cap') return 'offline-age-cap';
	return refused;
}

/** Sales without a token that came after the last entry of which both sides knew. Of running totals: as quick in a long queue. */
async function unsyncedBefore(
	database: Database,
	{ entry, row }: Judged,
): Promise<{ readonly unsynced: Unsynced; readonly heardAtMs: number | undefined }> {
	const from = Math.min(entry.acknowledged, row.known_sequence);
	const acknowledged = await totalsUpTo(database, row.device_id, from);
	const before = await totalsUpTo(database, row.device_id, row.sequence - 1);
	const count = Math.max(0, before.count - acknowledged.count);
	const sumMinor = Math.max(0, before.sumMinor - acknowledged.sumMinor);
	const heardAtMs = acknowledged.takenAtMs;
	if (count === 0) return { unsynced: { count, sumMinor, oldestAtMs: null }, heardAtMs };
	const oldest = await database
		.selectFrom('till_entry')
		.select(['at_ms', 'offset_ms'])
		.where('device_id', '=', row.device_id)
		.where('sequence', '>', from)
		.where('provisional_count', '>', acknowledged.count)
		.orderBy('sequence')
		.limit(1)
		.executeTakeFirstOrThrow();
	const oldestAtMs = serverTimeOf({ atMs: oldest.at_ms, offsetMs: oldest.offset_ms });
	return { unsynced: { count, sumMinor, oldestAtMs }, heardAtMs };
}

/** Of the last entry up to a number that is here; one may be missing. */
export async function totalsUpTo(
	database: Database,
	deviceId: string,
	sequence: number,
): Promise<Totals & { readonly takenAtMs: number | undefined }> {
	const row = await database
		.selectFrom('till_entry')
		.select(['provisional_count', 'provisional_minor', 'taken_at_ms'])
		.where('device_id', '=', deviceId)
		.where('sequence', '<=', sequence)
		.orderBy('sequence', 'desc')
		.limit(1)
		.executeTakeFirst();
	return {
		count: row?.provisional_count ?? 0,
		sumMinor: row?.provisional_minor ?? 0,
		takenAtMs: row?.taken_at_ms,
	};
}
