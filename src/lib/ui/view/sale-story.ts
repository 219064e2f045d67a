/**
 * A sale as a person meets it: which story its state tells, how it looks, what can be done about it.
 * Exhaustive over the states of the outbox: a new one does not compile until it has its story.
 */
import { isFbe } from '#lib/core/sync/fbe.ts';
import { canWithdraw, isFinal, isPending, type SaleState } from '#lib/core/sync/outbox.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { FirstWords } from '#lib/core/words/catalogue.ts';
import type { Sale } from '#lib/browser/store/sales.ts';
import type { IconName } from './icon-paths.ts';
import type { Tone } from './tones.ts';

export type Story = keyof FirstWords['purchase']['stories'];

interface SaleLook {
	readonly tone: Tone;
	readonly icon: IconName;
}

export const SALE_LOOKS: Record<SaleState, SaleLook> = {
	queued: { tone: 'wait', icon: 'phone' },
	'confirm-again': { tone: 'wait', icon: 'alert' },
	'awaiting-payment': { tone: 'action', icon: 'payment' },
	issuing: { tone: 'action', icon: 'wait' },
	issued: { tone: 'good', icon: 'done' },
	refused: { tone: 'bad', icon: 'refused' },
	withdrawn: { tone: 'neutral', icon: 'taken-back' },
	replaced: { tone: 'neutral', icon: 'again' },
	'dead-letter': { tone: 'bad', icon: 'alert' },
};

/** A token that is not there after this long waits for something. */
const SLOW_MS = 45_000;

/**
 * The sale that a person who comes back is told of: the one whose end they have not seen, else the newest that
 * is not over; undefined: there is none.
 * @param sales the newest first
 */
export function leftSale(sales: readonly Sale[], followed: string | null): Sale | undefined {
	const isOpen = ({ progress }: Sale) => !isFinal(progress.state);
	const own = sales.find(({ row }) => row.id === followed);
	// What was agreed to again goes on under another number, and what was taken back the person knows.
	const isTold = own && own.progress.state !== 'replaced' && own.progress.state !== 'withdrawn';
	return isTold ? own : sales.find(isOpen);
}

/** When a sale was, epoch milliseconds: by the backend where it has a receipt, else by this device. */
export function saleMomentMs({ row, progress }: Sale): number {
	const { answer } = progress;
	return answer?.state === 'issued' ? answer.receipt.issuedAtMs : row.createdAtMs;
}

/**
 * What to tell of a sale.
 * @param offline whether the backend is known to be out of reach now
 * @param backFromPayment the person has come back from the provider's page: they may have approved
 * @param nowMs by this device; absent: nothing takes long
 */
export function decideStory(
	{ progress }: Sale,
	offline: boolean,
	backFromPayment = false,
	nowMs = 0,
): Story {
	switch (progress.state) {
		case 'queued':
			// What once left this device may have arrived, whatever the network does since.
			if (progress.attempts > 0 || (offline && progress.sent)) return 'unanswered';
			return offline ? 'queuedOffline' : 'handingIn';
		case 'confirm-again':
			return progress.code === 'price-changed' ? 'priceChanged' : 'confirmationNeeded';
		case 'awaiting-payment':
			if (progress.payUrl !== null && !backFromPayment) return offline ? 'approveLater' : 'approve';
			if (progress.paymentState === 'unknown') return 'paymentSilent';
			if (progress.paymentAsked && progress.paymentState !== 'created') return 'checkingPayment';
			// Nobody says that nothing was paid while that is not known.
			return progress.mayBePaid ? 'paymentSilent' : 'preparingPayment';
		case 'issuing':
			return nowMs - (progress.sinceMs ?? nowMs) > SLOW_MS ? 'issuingSlow' : 'issuing';
		case 'issued':
			return 'issued';
		case 'refused':
			return 'refused';
		case 'withdrawn':
			return 'withdrawn';
		case 'replaced':
			return 'replaced';
		case 'dead-letter':
			return 'deadLetter';
	}
}

/** What may be told of a sale under way, one after the other: its screen keeps room for the longest. */
export const STORIES_UNDER_WAY = [
	...['handingIn', 'queuedOffline', 'unanswered', 'preparingPayment', 'paymentSilent'],
	...['approve', 'approveLater', 'checkingPayment', 'issuing', 'issuingSlow'],
] as const satisfies readonly Story[];

/** Refusals of free electricity that asking again does not change, this month or ever. */
const FBE_OVER: ReadonlySet<RefusalCode> = new Set([
	'fbe-claimed',
	'fbe-not-entitled',
	'fbe-not-by-app',
]);

/** What a person can do about a sale, besides reading on. */
export interface SaleDeeds {
	readonly payUrl: string | null;
	readonly agree: boolean;
	readonly tryNow: boolean;
	readonly takeBack: boolean;
	readonly buyAgain: boolean;
}

/** @param offline whether the backend is known to be out of reach now: its payment page then is too */
export function saleDeeds({ row, progress }: Sale, offline: boolean): SaleDeeds {
	const { state, payUrl, code } = progress;
	const isOver = isFbe(row.request) && code !== null && FBE_OVER.has(code);
	return {
		payUrl: state === 'awaiting-payment' && !offline && isOwnPath(payUrl) ? payUrl : null,
		agree: state === 'confirm-again',
		tryNow: isPending(state),
		takeBack: canWithdraw(progress),
		buyAgain: (state === 'refused' && !isOver) || state === 'withdrawn',
	};
}

/** Whether there is anything at all to do about a sale. */
export function hasDeeds(deeds: SaleDeeds): boolean {
	return deeds.payUrl !== null || deeds.agree || deeds.tryNow || deeds.takeBack || deeds.buyAgain;
}

/** A path on this origin: the payment page is never another site's. */
function isOwnPath(url: string | null): url is string {
	return url !== null && url.startsWith('/') && !url.startsWith('//') && !url.includes('\\');
}

/** The way of a sale from the tap to the token. */
export const STAGES = ['stored', 'confirm', 'payment', 'making', 'token'] as const;
export type Stage = (typeof STAGES)[number];

/** How far a sale has come; null for one that ended without a token. */
export const STAGE_OF: Record<SaleState, Stage | null> = {
	queued: 'stored',
	'confirm-again': 'confirm',
	'awaiting-payment': 'payment',
	issuing: 'making',
	issued: 'token',
	refused: null,
	withdrawn: null,
	replaced: null,
	'dead-letter': null,
};
