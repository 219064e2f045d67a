/**
 * A till's outbox as a state machine: its journal on the way to the backend, entry by entry, as values. Pure:
 * answers and time come in, the next progress and what is to be sent next come out. Page and service worker
 * run the same decisions over the same rows.
 *
 * What always holds: an entry counts as taken by the backend's word only; an unknown outcome (no answer, a
 * 5xx) moves nothing, it only makes the same entries be sent again later; a final state never changes again;
 * entries leave in the order of their numbers, and one that the backend can never take stands in nobody's way.
 */
import { backOffMs } from '#lib/core/units/back-off.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { TillStop } from '#lib/core/vending/till-refusals.ts';
import { MAX_JOURNAL_ROWS, type EntryOutcome, type OutcomeState } from './wire-till.ts';

/** How far an entry is. */
export interface TillProgress {
	readonly sequence: number;
	/**
	 * `queued`: the backend may not have it. `taken`: it has it, and what comes of it is not final. `done`:
	 * final. `damaged`: it is told as missing; final once the backend has heard that (`outcome`).
	 */
	readonly state: 'queued' | 'taken' | 'done' | 'damaged';
	readonly outcome: { readonly state: OutcomeState; readonly code: string | null } | null;
	/** Requests in a row without a usable answer. */
	readonly attempts: number;
	readonly notBeforeMs: number;
	readonly updatedAtMs: number;
}

/** The progress of an entry that has just been written. */
export function startProgress(sequence: number, nowMs: number): TillProgress {
	return {
		...{ sequence, state: 'queued', outcome: null, attempts: 0 },
		...{ notBeforeMs: nowMs, updatedAtMs: nowMs },
	};
}

/** Whether nothing more happens to an entry. */
export function isFinal({ state, outcome }: Pick<TillProgress, 'state' | 'outcome'>): boolean {
	return state === 'done' || (state === 'damaged' && outcome !== null);
}

export function isPending(progress: Pick<TillProgress, 'state' | 'outcome'>): boolean {
	return !isFinal(progress);
}

/** Whether the backend has not said yet that it has the entry, or that it misses it. */
export function isOwed({ state, outcome }: Pick<TillProgress, 'state' | 'outcome'>): boolean {
	return state === 'queued' || (state === 'damaged' && outcome === null);
}

/** Why one sale waits and the next one need not: for its meter, or for the vending key of that meter's group. */
const OF_THE_METER: ReadonlySet<string | null> = new Set<RefusalCode>([
	'meter-busy',
	'vending-key-not-active',
	'vending-key-limit',
]);

/**
 * Whether the customer of a sale waits for a token of which nothing is held yet, and the next one may as well: the
 * backend does not have the entry, or has it and cannot sell (the float is empty). One that is `issuing` is paid
 * from the float already. One that waits for its own meter says nothing of others, and may wait for days: a kiosk
 * does not close over it.
 */
export function isUnsold(progress: Pick<TillProgress, 'state' | 'outcome'>): boolean {
	const { state, outcome } = progress;
	if (isOwed(progress)) return true;
	return state === 'taken' && outcome?.state === 'waiting' && !OF_THE_METER.has(outcome.code);
}

/** Whether it is unsold because the float does not cover it: that says nothing of a smaller one. */
export function waitsForFloat(progress: Pick<TillProgress, 'state' | 'outcome'>): boolean {
	const why: RefusalCode = 'float-exhausted';
	return isUnsold(progress) && !isOwed(progress) && progress.outcome?.code === why;
}

/** Back-off after unknown outcomes: doubling from one second to five minutes, each spread by half. */
const BACK_OFF = { firstMs: 1_000, lastMs: 300_000 };

/** How soon is asked again what has become of an entry, by what it is doing. */
export const ASK_AGAIN_MS: Readonly<Partial<Record<OutcomeState, number>>> = {
	issuing: 2_000,
	/** For the float, or a key: somebody has to do something first. */
	waiting: 30_000,
};

/**
 * Whether an entry may be sent now. One that would have to wait longer than any back-off was put off by a
 * clock that has been set back since: it is due.
 */
export function isDue(
	progress: Pick<TillProgress, 'state' | 'outcome' | 'notBeforeMs'>,
	nowMs: number,
): boolean {
	const { notBeforeMs } = progress;
	return isPending(progress) && (notBeforeMs <= nowMs || notBeforeMs > nowMs + BACK_OFF.lastMs);
}

/** Of one request at most this part is for asking again, while something is still owed. */
const ASKED_SHARE = 4;

/**
 * The numbers of what is to be sent now, rising: all that is owed, from the first on, once that first one is
 * due; and what was taken and is to be asked after again. Empty: nothing is due.
 * @param pending what is not final; of what is owed, the first of it, in order
 * @param most rows of one request
 */
export function decideBatch(
	pending: readonly TillProgress[],
	nowMs: number,
	most = MAX_JOURNAL_ROWS,
): number[] {
	const inOrder = [...pending].sort((one, other) => one.sequence - other.sequence);
	const owed = inOrder.filter(isOwed);
	const asked = inOrder.filter((each) => each.state === 'taken' && isDue(each, nowMs));
	const [first] = owed;
	const going = first && isDue(first, nowMs) ? owed : [];
	const again = asked.slice(0, going.length > 0 ? Math.floor(most / ASKED_SHARE) : most);
	return [...again, ...going.slice(0, most - again.length)]
		.map(({ sequence }) => sequence)
		.sort((one, other) => one - other);
}

/** When something is due next; undefined: nothing is pending. */
export function nextDueMs(pending: readonly TillProgress[]): number | undefined {
	const owed = pending.filter(isOwed).sort((one, other) => one.sequence - other.sequence);
	const taken = pending.filter(({ state }) => state === 'taken');
	const times = [...owed.slice(0, 1), ...taken].map(({ notBeforeMs }) => notBeforeMs);
	return times.length > 0 ? Math.min(...times) : undefined;
}

/** The progress of an entry that is told as missing from now on. */
export function damaged<P extends TillProgress>(progress: P, nowMs: number): P {
	if (isFinal(progress) || progress.state === 'damaged') return progress;
	return { ...progress, ...freshly(nowMs), state: 'damaged', outcome: null };
}

/** Due at once, whatever it had to wait for: a person asks, or the backend is reachable again. */
export function dueNow<P extends TillProgress>(progress: P, nowMs: number): P {
	return isFinal(progress) || progress.notBeforeMs === nowMs
		? progress
		: { ...progress, notBeforeMs: nowMs };
}

/** The progress after a request without a usable answer. */
export function later<P extends TillProgress>(progress: P, nowMs: number, chance: number): P {
	if (isFinal(progress)) return progress;
	const attempts = progress.attempts + 1;
	const notBeforeMs = nowMs + backOffMs(attempts, BACK_OFF, chance);
	return { ...progress, attempts, notBeforeMs, updatedAtMs: nowMs };
}

/** The progress after the backend said that it has the entry. A final one is returned as it is. */
export function absorbTaken<P extends TillProgress>(
	progress: P,
	{ state, code }: Pick<EntryOutcome, 'state' | 'code'>,
	nowMs: number,
): P {
	if (isFinal(progress)) return progress;
	const heard = { ...progress, ...freshly(nowMs), outcome: { state, code } };
	// The backend has written down that it misses the entry.
	if (code === 'entry-damaged') return { ...heard, state: 'damaged' };
	const againMs = ASK_AGAIN_MS[state];
	if (againMs === undefined) return { ...heard, state: 'done' };
	return { ...heard, state: 'taken', notBeforeMs: nowMs + againMs };
}

function freshly(nowMs: number) {
	return { attempts: 0, notBeforeMs: nowMs, updatedAtMs: nowMs };
}

/** What a code says of the whole till; undefined: it is about something else. */
export function stopOf(code: string): TillStop | undefined {
	return Object.hasOwn(STOPS, code) ? STOPS[code] : undefined;
}

const STOPS: Readonly<Record<string, TillStop>> = {
	'terminal-revoked': 'revoked',
	'journal-suspended': 'suspended',
	'journal-fork': 'suspended',
	'journal-other-till': 'suspended',
	'terminal-unknown': 'unknown',
	// Another device was enrolled in the place of this one: its key is not ours.
	'signature-wrong': 'unknown',
};

/** Refusals of one entry as it is, which it will meet for ever. */
const POISON: ReadonlySet<string> = new Set([
	'body-shape',
	'body-too-large',
	'body-not-json',
	'id-not-uuid',
	'id-reused',
	'journal-signature',
	'entry-damaged',
	'sale-unreadable',
]);

/** Whether a code says that the backend will never take this entry. */
export function isPoison(code: string): boolean {
	return POISON.has(code);
}
