/**
 * What a till learns from the answer to one request with a part of its journal. Pure: each row's progress
 * after it, and what the till does next. States and rules of one row: `till-outbox.ts`.
 */
import {
	absorbTaken,
	damaged,
	dueNow,
	isPoison,
	later,
	stopOf,
	type TillProgress,
} from './till-outbox.ts';
import { type TillStop } from '#lib/core/vending/till-refusals.ts';
import type { JournalHead } from './journal-chain.ts';
import type {
	EntryOutcome,
	JournalBatchAnswer,
	JournalRowAnswer,
	TillStatus,
} from './wire-till.ts';
import type { Problem } from './wire.ts';

/** A row as it was sent, in the order of the request. */
export interface SentRow<P extends TillProgress> {
	readonly progress: P;
	/** Of the entry; of one that is told as missing, as the next entry names it. */
	readonly hash: string;
	readonly what: 'entry' | 'missing';
}

/** What came of a request. `unknown`: no answer, or one that says nothing about it. */
export type BatchOutcome =
	| { readonly kind: 'answer'; readonly answer: JournalBatchAnswer }
	| { readonly kind: 'problem'; readonly problem: Problem }
	| { readonly kind: 'unknown' };

export interface AbsorbedRow<P extends TillProgress> {
	readonly progress: P;
	/** What has become of the entry, where that was said now. */
	readonly heard: EntryOutcome | null;
	/** By what code the backend said now that it will never take the entry; null: it did not. */
	readonly poison: string | null;
}

export interface AbsorbedBatch<P extends TillProgress> {
	/** In the order of the request. */
	readonly rows: readonly AbsorbedRow<P>[];
	readonly stop: TillStop | null;
	/** The backend misses entries from this number on, which it had said that it has; null: it does not. */
	readonly goBackTo: number | null;
	/** The request was refused as a whole for what is in it: half of it tells more. */
	readonly tooMany: boolean;
	/** Something was heard: what is left is sent at once. */
	readonly goOn: boolean;
}

/**
 * What is true after a request.
 * @param before progress of the entry before the first one; undefined: there is none
 * @param chance a number in [0, 1)
 */
export function absorbBatch<P extends TillProgress>(
	sent: readonly SentRow<P>[],
	before: TillProgress | undefined,
	outcome: BatchOutcome,
	nowMs: number,
	chance: number,
): AbsorbedBatch<P> {
	switch (outcome.kind) {
		case 'answer':
			return absorbAnswer(sent, before, outcome.answer, nowMs, chance);
		case 'problem':
			return absorbProblem(sent, before, outcome.problem, nowMs, chance);
		case 'unknown':
			return nothingNew(sent, nowMs, chance);
	}
}

function absorbProblem<P extends TillProgress>(
	sent: readonly SentRow<P>[],
	before: TillProgress | undefined,
	{ code }: Problem,
	nowMs: number,
	chance: number,
): AbsorbedBatch<P> {
	const stop = stopOf(code);
	if (stop) return { ...nothingNew(sent, nowMs, chance), stop };
	if (!isPoison(code)) return nothingNew(sent, nowMs, chance);
	const [only] = sent;
	if (sent.length > 1 || !only)
		return { ...unmoved(sent.map(({ progress }) => progress)), tooMany: true, goOn: true };
	if (!canBePoison(only)) return nothingNew(sent, nowMs, chance);
	if (followsDamaged(only.progress, before))
		return { ...nothingNew(sent, nowMs, chance), stop: 'suspended' };
	return { ...unmoved<P>([]), rows: [absorbPoison(only, code, nowMs)], goOn: true };
}

/** No answer, or none that says anything about these rows. */
function nothingNew<P extends TillProgress>(
	sent: readonly SentRow<P>[],
	nowMs: number,
	chance: number,
): AbsorbedBatch<P> {
	return unmoved(sent.map(({ progress }) => later(progress, nowMs, chance)));
}

function unmoved<P extends TillProgress>(progress: readonly P[]): AbsorbedBatch<P> {
	const rows = progress.map((each) => ({ progress: each, heard: null, poison: null }));
	return { rows, stop: null, goBackTo: null, tooMany: false, goOn: false };
}

/**
 * An entry that is intact here and that the backend can never take is told as missing, one at a time.
 */
function absorbPoison<P extends TillProgress>(
	{ progress }: SentRow<P>,
	code: string,
	nowMs: number,
): AbsorbedRow<P> {
	return { progress: damaged(progress, nowMs), heard: null, poison: code };
}

/**
 * Two in a row are not two bad entries: then this journal and that backend do not understand each other, and
 * nothing more is given up.
 */
function followsDamaged(row: TillProgress, before: TillProgress | undefined): boolean {
	return before?.state === 'damaged' && before.sequence === row.sequence - 1;
}

const canBePoison = <P extends TillProgress>({ what, progress }: SentRow<P>): boolean =>
	what === 'entry' && progress.state === 'queued';

function absorbAnswer<P extends TillProgress>(
	sent: readonly SentRow<P>[],
	before: TillProgress | undefined,
	{ rows: answers }: JournalBatchAnswer,
	nowMs: number,
	chance: number,
): AbsorbedBatch<P> {
	const found = sent.map((row, at) => answerTo(row, answers, at));
	const bad = findPoison(sent, found, before);
	const absorbed = sent.map((row, at): AbsorbedRow<P> => {
		const answer = found[at];
		if (answer?.taken) {
			const { outcome } = answer;
			return { progress: absorbTaken(row.progress, outcome, nowMs), heard: outcome, poison: null };
		}
		if (answer && bad === at) return absorbPoison(row, answer.problem.code, nowMs);
		return { progress: row.progress, heard: null, poison: null };
	});
	const problems = found.map((answer) => (answer?.taken === false ? answer.problem : undefined));
	const stop =
		bad === 'in-a-row'
			? 'suspended'
			: (problems.map((each) => each && stopOf(each.code)).find((each) => each) ?? null);
	const goBackTo = gapIn(sent, problems);
	const isNews = ({ heard, poison }: AbsorbedRow<P>) => heard !== null || poison !== null;
	const goOn = goBackTo !== null || absorbed.some(isNews);
	// What only waits for what is before it goes on with it; else it waits as after no answer at all.
	const rows = absorbed.map((each) => {
		if (isNews(each)) return each;
		const { progress } = each;
		return {
			...each,
			progress: goOn ? dueNow(progress, nowMs) : later(progress, nowMs, chance),
		};
	});
	return { rows, stop, goBackTo, tooMany: false, goOn };
}

/** The answer about a row: in its place, or wherever it stands by its number. */
function answerTo<P extends TillProgress>(
	{ progress: { sequence }, hash }: SentRow<P>,
	answers: readonly JournalRowAnswer[],
	at: number,
): JournalRowAnswer | undefined {
	const isAbout = (answer: JournalRowAnswer | undefined) =>
		answer !== undefined &&
		(answer.taken
			? answer.sequence === sequence && answer.hash === hash
			: answer.sequence === sequence);
	const there = answers[at];
	if (isAbout(there)) return there;
	const elsewhere = answers.find(isAbout);
	if (elsewhere) return elsewhere;
	// A row whose number the backend could not read has its place only.
	return there?.taken === false && there.sequence === null ? there : undefined;
}

/** Where the first row is that can never be taken; the others wait until that is told. */
function findPoison<P extends TillProgress>(
	sent: readonly SentRow<P>[],
	answers: readonly (JournalRowAnswer | undefined)[],
	before: TillProgress | undefined,
): number | 'in-a-row' | undefined {
	const isBad = (at: number) => {
		const [row, answer] = [sent[at], answers[at]];
		return row && canBePoison(row) && answer?.taken === false && isPoison(answer.problem.code);
	};
	const first = sent.findIndex((_, at) => isBad(at));
	const row = sent[first]?.progress;
	if (!row) return undefined;
	const inARow = isBad(first + 1) && sent[first + 1]?.progress.sequence === row.sequence + 1;
	const last = first > 0 ? sent[first - 1]?.progress : before;
	return inARow || followsDamaged(row, last) ? 'in-a-row' : first;
}

/** The first number that the backend misses and that was not among these; null: there is none. */
function gapIn<P extends TillProgress>(
	sent: readonly SentRow<P>[],
	problems: readonly (Problem | undefined)[],
): number | null {
	const numbers = new Set(sent.map(({ progress }) => progress.sequence));
	const missed = sent.flatMap(({ progress: { sequence } }, at) => {
		const problem = problems[at];
		const expected = problem && gapOf(problem, sequence);
		return expected !== undefined && !numbers.has(expected) ? [expected] : [];
	});
	return missed.length > 0 ? Math.min(...missed) : null;
}

function gapOf({ code, facts }: Problem, sequence: number): number | undefined {
	if (code !== 'journal-gap') return undefined;
	const expected = facts?.['expected'];
	const fits = Number.isSafeInteger(expected) && Number(expected) >= 1;
	return fits && Number(expected) < sequence ? Number(expected) : undefined;
}

/** What the backend's word on the whole till and its journal means for what is here. */
export type TillStanding =
	| { readonly kind: 'agrees' }
	/** It has less than it had said: it was put back to an older state, and gets it again. */
	| { readonly kind: 'behind'; readonly from: number }
	| { readonly kind: 'stop'; readonly stop: TillStop };

/**
 * @param head the end of the journal here, read after the status was made
 * @param acknowledged the last entry up to which the backend had said that it has every one
 * @param hashHere of the entry here with the backend's last number; undefined: it is not known
 */
export function decideStanding(
	{ state, journal }: Pick<TillStatus, 'state' | 'journal'>,
	head: Pick<JournalHead, 'sequence'>,
	acknowledged: number,
	hashHere: string | undefined,
): TillStanding {
	if (state === 'suspended') return { kind: 'stop', stop: 'suspended' };
	if (journal === null) return { kind: 'agrees' };
	// It has what we do not: this device was put back to an older state, or there are two of it.
	const contradicts = hashHere !== undefined && hashHere !== journal.hash;
	if (journal.sequence > head.sequence || (journal.sequence > 0 && contradicts))
		// What waits is handed in all the same: only so the backend hears of it, and tells the office.
		return acknowledged < head.sequence ? { kind: 'agrees' } : { kind: 'stop', stop: 'suspended' };
	if (journal.sequence < acknowledged) return { kind: 'behind', from: journal.sequence + 1 };
	return { kind: 'agrees' };
}
