/**
 * Where the money of a sale is, as the lines that a person reads: pure. What the backend's books say stands
 * above what the refusal said when it was made, because money may come or go after it.
 */
import type { Sale } from '#lib/browser/store/sales.ts';
import { isFbe } from '#lib/core/sync/fbe.ts';
import { mayHaveMoney, type Progress } from '#lib/core/sync/outbox.ts';
import type { PaymentMoney, VendAnswer } from '#lib/core/sync/wire.ts';
import { isLikely } from '#lib/core/units/service-time.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { Tone } from './tones.ts';

/** One line: where money is, or why it is there. */
export type MoneyLine =
	| {
			readonly is: 'withYou' | 'undecided' | 'held' | 'foreign' | 'kept' | 'mayBePaid' | 'notTaken';
	  }
	| { readonly is: 'until'; readonly atMs: number }
	| {
			readonly is: 'late' | 'other' | 'again' | 'owed' | 'atTill' | 'back' | 'backWithToken';
			readonly amountMinor: number;
	  }
	| {
			readonly is: 'returned';
			readonly way: 'provider' | 'bank' | 'arrears';
			readonly amountMinor: number;
			readonly atMs: number;
	  };

/** Their sentences say themselves that nothing was taken. */
const NOT_PAID: ReadonlySet<RefusalCode> = new Set([
	'payment-failed',
	'payment-no-funds',
	'payment-expired',
	'payment-taken-back',
]);

/** Whether what the refusal says of the money is not so any more. */
export function isOverruled({ code, money }: Progress): boolean {
	if (code === null || money === undefined || !NOT_PAID.has(code)) return false;
	const { paidMinor, foreign } = money.told;
	return paidMinor > 0 || foreign;
}

/** Of what is free, there is no money to tell of. */
export const saleMoneyLines = ({ row, progress }: Sale, nowMs: number): readonly MoneyLine[] =>
	isFbe(row.request) ? [] : moneyLines(progress, nowMs);

/** Empty: there is nothing to say that the screen does not say anyhow. */
export function moneyLines(progress: Progress, nowMs: number): readonly MoneyLine[] {
	switch (progress.state) {
		case 'queued':
		case 'confirm-again':
			return [{ is: progress.mayBePaid ? 'undecided' : 'withYou' }];
		case 'awaiting-payment':
			return waitingLines(progress, nowMs);
		case 'issuing':
			return [{ is: 'held' }];
		case 'issued':
			return progress.money ? issuedLines(progress.money.told) : [];
		case 'refused':
			return refusedLines(progress);
		case 'dead-letter':
			return stuckLines(progress);
		default:
			return [];
	}
}

/** A time of day that no other is longer than, by a clock of twelve hours too: two digits on either side. */
export const LONGEST_TIME_MS = new Date(2000, 0, 1, 22, 0).getTime();

/** What may be said one after the other while a sale is under way: its screen keeps room for the longest. */
export const LINES_UNDER_WAY: readonly (readonly MoneyLine[])[] = [
	[{ is: 'undecided' }, { is: 'until', atMs: LONGEST_TIME_MS }],
	[{ is: 'held' }],
];

function waitingLines(progress: Progress, nowMs: number): MoneyLine[] {
	const { paymentAsked, mayBePaid, payUrl, payBeforeMs } = progress;
	if (!paymentAsked) return [{ is: mayBePaid ? 'undecided' : 'withYou' }];
	const isOpen = payUrl !== null && payBeforeMs !== undefined && payBeforeMs > nowMs;
	return [{ is: 'undecided' }, ...(isOpen ? [{ is: 'until', atMs: payBeforeMs } as const] : [])];
}

function issuedLines(told: PaymentMoney): MoneyLine[] {
	const beyond = told.owedMinor + told.returnedMinor;
	return [
		...(beyond > 0 ? [{ is: 'again', amountMinor: beyond } as const] : []),
		...(told.takenBackMinor > 0 && told.paidMinor <= 0
			? [{ is: 'backWithToken', amountMinor: told.takenBackMinor } as const]
			: []),
		...settledLines(told),
	];
}

function refusedLines({ answer, code, paymentAsked, money }: Progress): MoneyLine[] {
	if (money) {
		const { told } = money;
		const why =
			answer && answer.state !== 'issued' && answer.refundMinor > 0 ? [] : whyOwed(told, code);
		const lines = [...why, ...toldLines(told)].filter(
			// The refusal's own sentence says that.
			({ is }) => is !== 'back' || code !== 'payment-taken-back',
		);
		if (lines.length > 0) return lines;
	} else if (answer && answer.state !== 'issued' && answer.refundMinor > 0)
		return [{ is: heldBy(answer), amountMinor: answer.refundMinor }];
	if (code !== null && NOT_PAID.has(code)) return [];
	if (code === 'payment-mismatch' && answer && !money) return [{ is: 'kept' }];
	// The money is only asked for once the sale is taken: without that, none can have moved.
	const isKnown = money !== undefined || (!paymentAsked && answer === null);
	return isKnown && (money?.told.paidMinor ?? 0) === 0 ? [{ is: 'notTaken' }] : [];
}

/** What no payment covers was paid at a till, which gives it back itself: the books owe the payer nothing. */
const heldBy = ({ paymentId }: VendAnswer) => (paymentId === null ? 'atTill' : 'owed');

/** The books may not know yet what was paid before they were set back. */
function stuckLines({ mayBePaid, money }: Progress): MoneyLine[] {
	const lines = money ? toldLines(money.told) : [];
	return lines.length === 0 && mayBePaid ? [{ is: 'mayBePaid' }] : lines;
}

/** Money that did not pay for the sale: another amount, or too late. */
function whyOwed(told: PaymentMoney, code: RefusalCode | null): MoneyLine[] {
	const amountMinor = told.owedMinor + told.returnedMinor;
	if (amountMinor === 0) return [];
	return [{ is: code === 'payment-mismatch' ? 'other' : 'late', amountMinor }];
}

function toldLines(told: PaymentMoney): MoneyLine[] {
	const isGone = told.takenBackMinor > 0 && told.owedMinor === 0 && told.paidMinor <= 0;
	return [
		...(isGone ? [{ is: 'back', amountMinor: told.takenBackMinor } as const] : []),
		...settledLines(told),
	];
}

function settledLines({ foreign, owedMinor, returnedMinor, returned }: PaymentMoney): MoneyLine[] {
	return [
		...(foreign ? [{ is: 'foreign' } as const] : []),
		...(owedMinor > 0 ? [{ is: 'owed', amountMinor: owedMinor } as const] : []),
		...(returned ? [{ is: 'returned', ...returned, amountMinor: returnedMinor } as const] : []),
	];
}

/** How the lines look together: what is owed waits, what went wrong is bad, what is settled is good. */
export function moneyTone(lines: readonly MoneyLine[]): Tone {
	const has = (...kinds: readonly MoneyLine['is'][]) => lines.some(({ is }) => kinds.includes(is));
	if (has('backWithToken', 'back')) return 'bad';
	if (has('owed', 'atTill', 'foreign', 'kept', 'mayBePaid')) return 'wait';
	return has('returned') ? 'good' : 'neutral';
}

/** Said once: nothing more is heard of it by asking. */
const SETTLED: ReadonlySet<MoneyLine['is']> = new Set(['notTaken', 'returned', 'back', 'atTill']);

/** Whether a person may ask where the money of a sale is: it is under way, or something is open after its end. */
export function isMoneyOpen(progress: Progress, nowMs: number): boolean {
	return moneyLines(progress, nowMs).some(({ is }) => !SETTLED.has(is));
}

const DAY_MS = 24 * 60 * 60_000;
/** Money comes late by days, seldom by more. */
const ASKED_FOR_MS = 10 * DAY_MS;
/** After the end, when it is likeliest that money still comes or goes. */
export const MONEY_MOVES_MS = 10 * 60_000;
/** While somebody looks then. */
export const ASK_MONEY_EVERY_MS = 15_000;

/** Whether the backend is to be asked about the money of a sale now. `everyMs`: not more often. */
export function isMoneyToAsk(progress: Progress, nowMs: number, everyMs: number): boolean {
	if (!mayHaveMoney(progress)) return false;
	const { money } = progress;
	// A clock that was set back keeps nobody waiting.
	if (money && nowMs >= money.heardMs && nowMs < money.heardMs + everyMs) return false;
	const isOpen = money !== undefined && (money.told.owedMinor > 0 || money.told.foreign);
	return isOpen || changedWithin(progress, nowMs, ASKED_FOR_MS);
}

/**
 * Whether a sale last changed less than so long ago. What a phone wrote down in 1970, or in 2099, may have been a
 * moment ago: it counts as such once the phone has its date, until the money is heard of (`absorbMoney`).
 */
export function changedWithin({ updatedAtMs }: Progress, nowMs: number, withinMs: number): boolean {
	const now = { ms: nowMs, isSure: true };
	const isMisdated = isLikely(nowMs, now) && !isLikely(updatedAtMs, now);
	return isMisdated || nowMs < updatedAtMs + withinMs;
}
