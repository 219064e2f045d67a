/**
 * The outbox's state machine: one sale's way from the tap to the token, as a value. Pure: answers and
 * time come in, the next progress and the next thing to send come out. The page and the service worker
 * run the same decisions over the same rows.
 *
 * What always holds: a row is immutable from the tap on; its progress only ever changes here; a state
 * that is final never changes again; an unknown outcome (no answer, a 5xx) never moves a sale, it only
 * makes the same request, with the same id, be asked again later.
 */
import { backOffMs } from '#lib/core/units/back-off.ts';
import type { Currency } from '#lib/core/units/money.ts';
import { isLikely } from '#lib/core/units/service-time.ts';
import { canTryAgain, isRefusalCode, refusalCodeOf } from '#lib/core/vending/refusals.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { Waterfall } from '#lib/core/vending/waterfall.ts';
import type {
	FbeRequest,
	PaymentAnswer,
	PaymentMoney,
	Problem,
	VendAnswer,
	VendRequest,
} from './wire.ts';

/** The shape of rows written by this version of the app. */
export const OUTBOX_SCHEMA = 1;

/** One sale as it was asked for: stored before anything is sent, never changed afterwards. */
export interface OutboxRow {
	/** The vend's id, UUIDv7. */
	readonly id: string;
	readonly schema: typeof OUTBOX_SCHEMA;
	readonly createdAtMs: number;
	/** A purchase, or free electricity, which has no price and waits for no payment. */
	readonly request: VendRequest | FbeRequest;
	/** What the person saw at the tap: for the screens, never for the backend. */
	readonly seen: {
		readonly currency: Currency;
		readonly ownerMasked: string | null;
		readonly area: string | null;
		readonly waterfall: Waterfall | null;
		/** Asked for while the backend could not be reached. */
		readonly offline: boolean;
		/** Of free electricity: the month that was spoken of, `2026-11`, where it was known. */
		readonly month?: string;
	};
	/** The sale that this one replaces, after a changed price was confirmed again. */
	readonly supersedes: string | null;
}

/**
 * - `queued`: stored here; whether the backend has it is not known.
 * - `confirm-again`: the backend has a newer price or wants it confirmed; nothing is stored there.
 * - `awaiting-payment`: the backend has it and waits for the money.
 * - `issuing`: paid; the token is being made.
 * - final: `issued`, `refused`, `withdrawn` (by the person, before it was sent), `replaced` (by a sale
 *   with the new price), `dead-letter` (the backend will never take it as it is: needs mending, by people
 *   where money may be at stake).
 */
export type SaleState =
	| 'queued'
	| 'confirm-again'
	| 'awaiting-payment'
	| 'issuing'
	| 'issued'
	| 'refused'
	| 'withdrawn'
	| 'replaced'
	| 'dead-letter';

export interface Progress {
	readonly id: string;
	readonly state: SaleState;
	/** Requests made in a row without a usable answer. */
	readonly attempts: number;
	/** Whether anything was ever sent for this sale. */
	readonly sent: boolean;
	/** Not asked again before this instant, unless a person asks. */
	readonly notBeforeMs: number;
	readonly updatedAtMs: number;
	/** When it came to its state; absent in older rows. */
	readonly sinceMs?: number;
	/** Whether the backend has the payment's request. */
	readonly paymentAsked: boolean;
	/**
	 * The payment had been asked for when the backend forgot the sale: somebody may have paid. Never unset; absent
	 * where it is not so, and in older rows.
	 */
	readonly mayBePaid?: true;
	/** Where the payment is by the backend's word; absent before that was heard, and in older rows. */
	readonly paymentState?: PaymentAnswer['state'];
	/** Where the payer approves; null when there is nothing (more) to approve. */
	readonly payUrl: string | null;
	/** Until when the payer may approve, by the backend's clock; absent in older rows. */
	readonly payBeforeMs?: number;
	/** Why the last answer was a refusal. */
	readonly code: RefusalCode | null;
	/** What the money buys by the backend's word, once it was heard. */
	readonly waterfall: Waterfall | null;
	/** The final word of the backend. */
	readonly answer: Extract<VendAnswer, { state: 'issued' | 'refused' | 'reversed' }> | null;
	/** Of one that has ended: where its money is, by the backend's books, and when that was heard. */
	readonly money?: { readonly told: PaymentMoney; readonly heardMs: number };
}

const FINAL: ReadonlySet<SaleState> = new Set([
	'issued',
	'refused',
	'withdrawn',
	'replaced',
	'dead-letter',
]);

/** Whether nothing more happens to a sale in this state. */
export function isFinal(state: SaleState): boolean {
	return FINAL.has(state);
}

/** Whether the outbox still works on a sale in this state: not final, and not waiting for a person. */
export function isPending(state: SaleState): boolean {
	return !isFinal(state) && state !== 'confirm-again';
}

/** The progress of a sale that has just been stored: due at once, whatever the clock says. */
export function startProgress(id: string, nowMs: number): Progress {
	return {
		id,
		state: 'queued',
		attempts: 0,
		sent: false,
		notBeforeMs: 0,
		updatedAtMs: nowMs,
		paymentAsked: false,
		payUrl: null,
		code: null,
		waterfall: null,
		answer: null,
	};
}

/** What to send next for a sale: its request, its payment's request, or a question about its outcome. */
export type Step = 'put-vend' | 'put-payment' | 'ask-vend';

/** The next step of a sale, or null when the outbox has nothing to do for it. */
export function decideStep(progress: Progress): Step | null {
	switch (progress.state) {
		case 'queued':
			return 'put-vend';
		case 'awaiting-payment':
			return progress.paymentAsked && !isPaymentUnsure(progress) ? 'ask-vend' : 'put-payment';
		case 'issuing':
			return 'ask-vend';
		default:
			return null;
	}
}

/** The provider is not known to have the payment's request: until it is, there is nothing to approve. */
function isPaymentUnsure({ paymentState }: Progress): boolean {
	return paymentState === 'created' || paymentState === 'unknown';
}

/** The progress written before a step is sent: from here on the backend may know of the sale. */
export function beginStep(progress: Progress): Progress {
	return progress.sent ? progress : { ...progress, sent: true };
}

/** What came of a step. `unknown`: no answer, or one that says nothing about the sale. */
export type StepOutcome =
	| { readonly kind: 'vend'; readonly answer: VendAnswer }
	| { readonly kind: 'payment'; readonly answer: PaymentAnswer }
	| { readonly kind: 'problem'; readonly problem: Problem }
	| { readonly kind: 'unknown' };

/** Back-off after unknown outcomes: doubling from one second to five minutes, each spread by half. */
const BACK_OFF = { firstMs: 1_000, lastMs: 300_000 };

/** How often a waiting sale is asked after while somebody looks at the app. */
export const ASK_EVERY_MS = 2_000;

/** How often the payment is asked for again while its provider does not answer the backend. */
export const ASK_SILENT_EVERY_MS = 10_000;

/**
 * How long to wait before the same request is made again.
 * @param attempts requests without a usable answer so far, 1 or more
 * @param chance a number in [0, 1) from the caller, so that many devices do not return together
 */
export function backoffMs(attempts: number, chance: number): number {
	return backOffMs(attempts, BACK_OFF, chance);
}

/**
 * Whether a sale may be worked on now. One that would have to wait longer than any back-off was put off
 * by a clock that has been set back since: it is due.
 */
export function isDue({ state, notBeforeMs }: Progress, nowMs: number): boolean {
	return isPending(state) && (notBeforeMs <= nowMs || notBeforeMs > nowMs + BACK_OFF.lastMs);
}

/** The progress after a step, given its outcome. A final progress is returned as it is. */
export function absorb(
	progress: Progress,
	outcome: StepOutcome,
	nowMs: number,
	chance: number,
): Progress {
	if (isFinal(progress.state)) return progress;
	switch (outcome.kind) {
		case 'vend':
			return absorbVend(progress, outcome.answer, nowMs);
		case 'payment':
			return absorbPayment(progress, outcome.answer, nowMs);
		case 'problem':
			return absorbProblem(progress, outcome.problem, nowMs, chance);
		case 'unknown':
			return later(progress, nowMs, chance);
	}
}

function absorbVend(progress: Progress, answer: VendAnswer, nowMs: number): Progress {
	switch (answer.state) {
		case 'awaiting-payment':
			return heard(progress, nowMs, {
				state: 'awaiting-payment',
				waterfall: answer.waterfall,
				// The payment is asked for at once; after that the sale is only asked after.
				notBeforeMs: progress.paymentAsked ? nowMs + ASK_EVERY_MS : nowMs,
			});
		case 'issuing':
			return heard(progress, nowMs, {
				state: 'issuing',
				notBeforeMs: nowMs + ASK_EVERY_MS,
				// It is paid, whoever asked for that.
				...(answer.paymentId !== null && { paymentAsked: true }),
			});
		case 'issued':
			return heard(progress, nowMs, {
				state: 'issued',
				waterfall: answer.receipt.waterfall,
				answer,
			});
		case 'refused':
			return heard(progress, nowMs, {
				state: 'refused',
				code: refusalCodeOf(answer.code),
				answer,
			});
		case 'reversed': {
			const code = answer.code ?? '';
			const known = isRefusalCode(code) ? code : 'vend-reversed';
			return heard(progress, nowMs, { state: 'refused', code: known, answer });
		}
	}
}

function absorbPayment(
	progress: Progress,
	{ state: paymentState, payUrl, expiresAtMs: payBeforeMs }: PaymentAnswer,
	nowMs: number,
): Progress {
	const next = { ...progress, paymentAsked: true, paymentState, payUrl, payBeforeMs };
	const pauseMs = isPaymentUnsure(next) ? ASK_SILENT_EVERY_MS : ASK_EVERY_MS;
	return heard(next, nowMs, { notBeforeMs: nowMs + pauseMs });
}

/** Refusals that a person answers by looking at the new price. */
const CONFIRM: ReadonlySet<RefusalCode> = new Set(['price-changed', 'confirmation-needed']);

/** Refusals that speak of our own mistake, not of the sale: kept for mending, never silently dropped. */
const OUR_MISTAKE: ReadonlySet<RefusalCode> = new Set([
	'body-not-json',
	'body-too-large',
	'body-shape',
	'id-not-uuid',
	'id-reused',
	'method-not-allowed',
	'payment-mismatch',
]);

function absorbProblem(
	progress: Progress,
	problem: Problem,
	nowMs: number,
	chance: number,
): Progress {
	const { code } = problem;
	// A code from a newer backend: what it means is not known here, so nothing is given up.
	if (!isRefusalCode(code) || canTryAgain(code)) return later(progress, nowMs, chance);
	// The backend has forgotten the sale (a restored database): it is handed in again, under the same id.
	if (code === 'not-found') return heard(forgotten(progress), nowMs, { state: 'queued' });
	// What may be paid is neither bought anew nor over: people look for the money.
	if (progress.mayBePaid) return heard(progress, nowMs, { state: 'dead-letter', code });
	if (CONFIRM.has(code) && problem.waterfall)
		return heard(progress, nowMs, {
			state: 'confirm-again',
			code,
			waterfall: problem.waterfall,
		});
	return heard(progress, nowMs, { state: OUR_MISTAKE.has(code) ? 'dead-letter' : 'refused', code });
}

/**
 * Whether money may still come or go: the sale has ended, and its payment may have been asked for. Its state
 * stays what it is, whatever the money does.
 */
export function mayHaveMoney({ state, paymentAsked, mayBePaid, answer }: Progress): boolean {
	const isEnded = state === 'issued' || state === 'refused' || state === 'dead-letter';
	const wasAsked = paymentAsked || mayBePaid === true;
	return isEnded && (wasAsked || (answer !== null && answer.paymentId !== null));
}

/**
 * The progress with what the backend says of the money; as it is where nothing can have come. An end that was
 * written down by a clock that cannot have been right is from now on as old as this hearing.
 */
export function absorbMoney(progress: Progress, told: PaymentMoney, nowMs: number): Progress {
	if (!mayHaveMoney(progress)) return progress;
	const isDated = isLikely(progress.updatedAtMs, { ms: nowMs, isSure: true });
	const updatedAtMs = isDated ? progress.updatedAtMs : nowMs;
	return { ...progress, updatedAtMs, money: { told, heardMs: nowMs } };
}

/** The backend has neither the sale nor its payment; the payer may have been there all the same. */
function forgotten({ paymentState: _, ...progress }: Progress): Progress {
	const mayBePaid = progress.paymentAsked ? { mayBePaid: true as const } : {};
	return { ...progress, paymentAsked: false, payUrl: null, ...mayBePaid };
}

function heard(progress: Progress, nowMs: number, change: Partial<Progress>): Progress {
	const moves = change.state !== undefined && change.state !== progress.state;
	return {
		...progress,
		attempts: 0,
		notBeforeMs: nowMs,
		updatedAtMs: nowMs,
		...(moves && { sinceMs: nowMs }),
		...change,
	};
}

function later(progress: Progress, nowMs: number, chance: number): Progress {
	const attempts = progress.attempts + 1;
	return {
		...progress,
		attempts,
		notBeforeMs: nowMs + backoffMs(attempts, chance),
		updatedAtMs: nowMs,
	};
}

/** Whether a person may still take the sale back: nothing of it can be at the backend for certain. */
export function canWithdraw(progress: Progress): boolean {
	return progress.state === 'confirm-again' || (progress.state === 'queued' && !progress.sent);
}
