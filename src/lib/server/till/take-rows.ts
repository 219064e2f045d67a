/**
 * A journal's rows from whoever hands them in: each gets its place, then each is carried out in its order, and
 * each has its own answer. What is wrong with one never keeps the next from being carried out.
 */
import type { EntryOutcome, JournalBatchRow, JournalRowAnswer } from '#lib/core/sync/wire-till.ts';
import type { Backend } from '../backend.ts';
import type { TillHeadRow, TillOutcomeRow } from '../database/schema.ts';
import { problemOf } from '../http/problem.ts';
import { storedOutcomes } from './outcome.ts';
import { placeRows, type Handing, type Placed } from './place-rows.ts';
import { readRows, readStored } from './read-rows.ts';
import { settleEntry } from './settle-entry.ts';

/** No entry is begun later than this after the rows came: the till must have its answer before it gives up. */
export const JOURNAL_TIME_MS = 12_000;

/** @param elapsedMs since the rows came, by a clock that only goes forward */
export async function takeRows(
	backend: Backend,
	handing: Handing,
	head: TillHeadRow,
	rows: readonly JournalBatchRow[],
	elapsedMs: () => number,
): Promise<JournalRowAnswer[]> {
	const read = await readRows(backend.saleKey, head, rows);
	const placed = await Promise.all(
		(await placeRows(backend, handing, read)).map((each) => weHad(backend, each)),
	);
	// What this request brought has no outcome yet, but where two bring it at once.
	const ids = placed.flatMap((each) =>
		each.placed === 'entry' && each.wasThere ? [each.row.id] : [],
	);
	const stored = await storedOutcomes(backend.database, ids);
	const taking: Taking = { backend, handing, stored, elapsedMs };
	const answers: JournalRowAnswer[] = [];
	for (const each of placed) answers.push(await answerRow(taking, each));
	return answers;
}

/** What the device misses and we have is answered like an entry that is asked after. */
async function weHad({ saleKey }: Backend, each: Placed): Promise<Placed> {
	if (each.placed !== 'missing' || each.row === undefined) return each;
	const { row } = each;
	return { placed: 'entry', row, read: await readStored(saleKey, row), wasThere: true };
}

interface Taking {
	readonly backend: Backend;
	readonly handing: Handing;
	readonly stored: ReadonlyMap<string, TillOutcomeRow>;
	readonly elapsedMs: () => number;
}

async function answerRow(
	{ backend, handing, stored, elapsedMs }: Taking,
	each: Placed,
): Promise<JournalRowAnswer> {
	if (each.placed === 'nowhere')
		return { taken: false, sequence: each.sequence, problem: problemOf(each.refusal) };
	if (each.placed === 'missing') {
		const { sequence, hash } = each;
		return { taken: true, sequence, hash, outcome: MISSING };
	}
	const { id, sequence, hash } = each.row;
	const known = stored.get(id);
	const kept = known && keptOutcome(known);
	if (kept === undefined && elapsedMs() >= JOURNAL_TIME_MS)
		return { taken: false, sequence, problem: problemOf({ refusal: 'batch-not-reached' }) };
	const outcome = kept ?? (await settleEntry(backend, handing, each, known !== undefined));
	return { taken: true, sequence, hash, outcome };
}

/** Nothing is carried out, whatever the entry was: the till gives the money back. */
const MISSING: EntryOutcome = { state: 'refused', code: 'entry-damaged', sealed: null };

/** Undefined: it has an answer to seal, or may have changed since. */
function keptOutcome({ state, code }: TillOutcomeRow): EntryOutcome | undefined {
	return state === 'done' || state === 'refused' ? { state, code, sealed: null } : undefined;
}
