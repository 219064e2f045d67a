/**
 * A journal's rows from whoever hands them in: each gets its place, then each is carried out in its order, and
 * each has its own answer. What is wrong with one never keeps the next from being carried out.
 */
import type { EntryOutcome, JournalBatchRow, JournalRowAnswer } from '#lib/core/sync/wire-till.ts';
import { limitRate, noteMiss } from '../access/rate.ts';
import type { Backend } from '../backend.ts';
import type { TillHeadRow, TillOutcomeRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { Fault } from '../fault.ts';
import { problemOf } from '../http/problem.ts';
import { describeError } from '../log.ts';
import { isRefusalCode } from '#lib/core/vending/refusals.ts';
import { raiseAlarm } from './alarms.ts';
import { carryOut } from './carry-out.ts';
import { refusedWith, type Carried } from './carrying.ts';
import { isFinal, keepOutcome, storedOutcomes } from './outcome.ts';
import { placeRows, type Handing, type Placed } from './place-rows.ts';
import { readRows, readStored } from './read-rows.ts';

/** No entry is begun later than this after the rows came: the till must have its answer before it gives up. */
export const JOURNAL_TIME_MS = 12_000;

/** Each sale counts as a request: meter numbers are not tried more cheaply by the batch. */
const COUNTED = { refusals: ['meter-unknown'] } as const;

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
	const ids = placed.flatMap((each) => (each.placed === 'entry' ? [each.row.id] : []));
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
	return { placed: 'entry', row, read: await readStored(saleKey, row) };
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
	const outcome = kept ?? (await settle(backend, handing, each, known !== undefined));
	return { taken: true, sequence, hash, outcome };
}

/** Nothing is carried out, whatever the entry was: the till gives the money back. */
const MISSING: EntryOutcome = { state: 'refused', code: 'entry-damaged', sealed: null };

/** Undefined: it has an answer to seal, or may have changed since. */
function keptOutcome({ state, code }: TillOutcomeRow): EntryOutcome | undefined {
	return state === 'done' || state === 'refused' ? { state, code, sealed: null } : undefined;
}

/** Carries an entry out, and keeps what has become of it once that is final. */
async function settle(
	backend: Backend,
	handing: Handing,
	each: Extract<Placed, { placed: 'entry' }>,
	isKept: boolean,
): Promise<EntryOutcome> {
	const carried = await carry(backend, handing, each);
	if (isFinal(carried) && !isKept) await keep(backend, handing, each, carried);
	const { state, code, sealed } = carried;
	return { state, code, sealed };
}

async function carry(
	backend: Backend,
	{ by, till }: Handing,
	{ row, read }: Extract<Placed, { placed: 'entry' }>,
): Promise<Carried> {
	const { entry, sale } = read;
	try {
		const isCounted = entry.kind === 'sale';
		const limited = isCounted ? await limitRate(backend, by, COUNTED) : undefined;
		if (limited !== undefined) return refusedWith(limited.refusal);
		const carried = await carryOut({ backend, till, entry, row, sale });
		if (isCounted && carried.code !== null && isRefusalCode(carried.code))
			await noteMiss(backend, by, { refusal: carried.code });
		return carried;
	} catch (error) {
		backend.log('error', 'journal-entry-failed', { entry: row.id, ...describeError(error) });
		return refusedWith(error instanceof Fault ? error.kind : 'internal-error');
	}
}

async function keep(
	{ database, clock }: Backend,
	handing: Handing,
	{ row }: Extract<Placed, { placed: 'entry' }>,
	carried: Carried,
): Promise<void> {
	const { alarm } = carried;
	await transact(database, async (write) => {
		const nowMs = clock.nowMs();
		const isNew = await keepOutcome(write, row.id, carried, nowMs);
		if (!isNew || alarm === undefined) return;
		const about = { sequence: row.sequence, entryId: row.id, entry: null };
		await raiseAlarm(write, handing, { ...alarm, ...about }, nowMs);
	});
}
