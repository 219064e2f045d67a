/** What has become of entries, once that is final: kept once, and as it is. */
import type { EntryOutcome } from '#lib/core/sync/wire-till.ts';
import { refusalCodeOf } from '#lib/core/vending/refusals.ts';
import { insertion } from '../database/insertion.ts';
import { entryLock, lockEntry } from '../database/lock.ts';
import type { Database, Write } from '../database/open.ts';
import type { TillOutcomeRow } from '../database/schema.ts';
import { prepared } from '../database/prepared.ts';
import { together } from '../database/together.ts';
import type { Refusal } from '../refusal.ts';
import { settlingEntry } from './settled-sale.ts';

/** `waiting` and `issuing` may still end in any way. */
export function isFinal({ state }: Pick<EntryOutcome, 'state'>): boolean {
	return state !== 'waiting' && state !== 'issuing';
}

/**
 * Answers whether it was not kept before. `overtaken`: somebody else came to another end of it meanwhile, or made
 * it a vend while it was refused here: nothing is kept, carry it out again. @param isAgain it was, and is refused all the same
 */
export async function keepOutcome(
	write: Write,
	entryId: string,
	{ state, code }: Pick<EntryOutcome, 'state' | 'code'>,
	nowMs: number,
	isAgain = false,
): Promise<boolean | 'overtaken'> {
	// Of two at once the later one waits, and finds what the other has kept or made of it.
	await lockEntry(write, entryId);
	const kept = await storedOutcome(write, entryId);
	if (kept !== undefined) return kept.state === state || isAgain ? false : 'overtaken';
	if (state === 'refused' && !isAgain && (await isVend(write, entryId))) return 'overtaken';
	const row = { entry_id: entryId, state, code, at_ms: nowMs };
	await together(write, [
		insertion(write, 'till_outcome', [row]),
		write.deleteFrom('till_unsettled').where('entry_id', '=', entryId).compile(),
	]);
	return true;
}

async function isVend(write: Write, id: string): Promise<boolean> {
	const vend = await write
		.selectFrom('vend')
		.select('id')
		.where('id', '=', id)
		.where('state', '!=', 'refused')
		.executeTakeFirst();
	return vend !== undefined;
}

/** What stands against making a sale's entry a vend. */
export interface EntryEnd {
	/** What it was refused for. Undefined: it was not, and is not before this transaction has ended. */
	readonly refused: Refusal | undefined;
	/** Its money is not in it any more, by the journal's own word. */
	readonly isSettled: boolean;
}

export async function endOfSale(
	write: Write,
	terminalId: string,
	saleId: string,
): Promise<EntryEnd> {
	const [, [kept], [settling]] = await together(write, [
		entryLock(write, saleId),
		outcomeOf.with(write, { entryId: saleId }),
		settlingEntry.with(write, { terminalId, saleId }),
	]);
	return {
		refused: kept?.state === 'refused' ? refusalOf(kept.code) : undefined,
		isSettled: settling !== undefined,
	};
}

const refusalOf = (code: string | null): Refusal => ({
	refusal: refusalCodeOf(code ?? 'internal-error'),
});

const outcomeOf = prepared<{ entryId: string }>()((db, given) =>
	db.selectFrom('till_outcome').select(['state', 'code']).where('entry_id', '=', given('entryId')),
);

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
