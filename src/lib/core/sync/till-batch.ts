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
	type TillStop,
} from './till-outbox.ts';
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
	return poisoned(only, before, code, nowMs, chance);
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

function poisoned<P extends TillProgress>(
	row: SentRow<P>,
	before: TillProgress | undefined,
	code: string,
	nowMs: number,
	chance: number,
): AbsorbedBatch<P> {
	const [absorbed, stop] = absorbPoison(row, before, code, nowMs, chance);
	const moved = absorbed.poison !== null;
	return { rows: [absorbed], stop, goBackTo: null, tooMany: false, goOn: moved };
}

/**
 * An entry that is intact here and that the backend can never take is told as missing. Two in a row are not
 * two bad entries: then this journal and that backend do not understand each other, and nothing more is given
 * up.
 */
function absorbPoison<P extends TillProgress>(
	{ progress, what }: SentRow<P>,
	before: TillProgress | undefined,
	code: string,
	nowMs: number,
	chance: number,
): [row: AbsorbedRow<P>, stop: TillStop | null] {
	const waits = { progress: later(progress, nowMs, chance), heard: null, poison: null };
	if (what === 'missing' || progress.state !== 'queued') return [waits, null];
	const inARow = before?.state === 'damaged' && before.sequence === progress.sequence - 1;
	if (inARow) return [waits, 'suspended'];
	return [{ progress: damaged(progress, nowMs), heard: null, poison: code }, null];
}

function absorbAnswer<P extends TillProgress>(
	sent: readonly SentRow<P>[],
	before: TillProgress | undefined,
	{ rows: answers }: JournalBatchAnswer,
	nowMs: number,
	chance: number,
): AbsorbedBatch<P> {
	const absorbed: AbsorbedRow<P>[] = [];
	const blocked: number[] = [];
	let stop: TillStop | null = null;
	let goBackTo: number | null = null;
	let last = before;
	for (const [at, row] of sent.entries()) {
		const answer = answerTo(row, answers, at);
		let next: AbsorbedRow<P> = { progress: row.progress, heard: null, poison: null };
		if (answer?.taken) {
			const { outcome } = answer;
			next = { progress: absorbTaken(row.progress, outcome, nowMs), heard: outcome, poison: null };
		} else if (answer && isPoison(answer.problem.code)) {
			const [poison, halt] = absorbPoison(row, last, answer.problem.code, nowMs, chance);
			next = poison;
			stop ??= halt;
		} else {
			blocked.push(at);
			const code = answer?.problem.code;
			stop ??= (code !== undefined && stopOf(code)) || null;
			const expected = answer && gapOf(answer.problem, row.progress.sequence);
			if (expected !== undefined && !sent.some(({ progress }) => progress.sequence === expected))
				goBackTo = Math.min(goBackTo ?? expected, expected);
		}
		absorbed.push(next);
		last = next.progress;
	}
	const isNews = ({ heard, poison }: AbsorbedRow<P>) => heard !== null || poison !== null;
	const goOn = goBackTo !== null || absorbed.some(isNews);
	// What only waits for what is before it goes on with it; else it waits as after no answer at all.
	const rows = absorbed.map((each, at) => {
		if (!blocked.includes(at)) return each;
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
		return { kind: 'stop', stop: 'suspended' };
	if (journal.sequence < acknowledged) return { kind: 'behind', from: journal.sequence + 1 };
	return { kind: 'agrees' };
}
