/** What has become of entries, once that is final: kept once, and as it is. */
import type { EntryOutcome } from '#lib/core/sync/wire-till.ts';
import type { Database, Write } from '../database/open.ts';
import type { TillOutcomeRow } from '../database/schema.ts';

/** `waiting` and `issuing` may still end in any way. */
export function isFinal({ state }: Pick<EntryOutcome, 'state'>): boolean {
	return state !== 'waiting' && state !== 'issuing';
}

/** Answers whether it was not kept before. */
export async function keepOutcome(
	write: Write,
	entryId: string,
	{ state, code }: Pick<EntryOutcome, 'state' | 'code'>,
	nowMs: number,
): Promise<boolean> {
	// Of two at once the later one is done again and finds it (`retried.ts`).
	if ((await storedOutcome(write, entryId)) !== undefined) return false;
	const row = { entry_id: entryId, state, code, at_ms: nowMs };
	await write.insertInto('till_outcome').values(row).execute();
	return true;
}

export async function storedOutcome(
	database: Database | Write,
	entryId: string,
): Promise<TillOutcomeRow | undefined> {
	return (await storedOutcomes(database, [entryId])).get(entryId);
}

/** Entry → its outcome; one that is not final is not in it. */
export async function storedOutcomes(
	database: Database | Write,
	entryIds: readonly string[],
): Promise<Map<string, TillOutcomeRow>> {
	if (entryIds.length === 0) return new Map();
	const rows = await database
		.selectFrom('till_outcome')
		.selectAll()
		.where('entry_id', 'in', entryIds)
		.execute();
	return new Map(rows.map((row) => [row.entry_id, row]));
}
