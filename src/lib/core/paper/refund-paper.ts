/** What a customer gets, or signs, whose money went back because nothing was sold. */
import type { Utility } from '#lib/core/sync/wire.ts';
import { CUT, GAP, heading, type Paper, pairIf, RULE, text } from './paper.ts';
import {
	groupedMeter,
	helpLine,
	momentIn,
	moneyIn,
	type PaperWords,
	reprintMark,
	type Seller,
	sellerPairs,
	utilityHead,
} from './paper-words.ts';

export interface RefundFacts {
	readonly utility: Utility;
	readonly seller: Seller;
	/** When the sale was taken in, and when its money went back. */
	readonly soldAtMs: number;
	readonly paidAtMs: number;
	readonly drn: string;
	readonly amountMinor: number;
	readonly claimCode: string;
	/** Why nothing was sold, in words; null: it is not known. */
	readonly because: string | null;
}

/** @param copy 1 is the first; every further one is marked as a reprint */
export function refundPaper(facts: RefundFacts, writing: PaperWords, copy: number): Paper {
	const { utility } = facts;
	const own = writing.own.refund;
	return [
		...reprintMark(writing, copy),
		...utilityHead(writing, utility),
		heading(own.title),
		text(own.lead),
		RULE,
		...pairIf(writing.words.receipt.issued, momentIn(writing, facts.paidAtMs, utility)),
		...sellerPairs(writing, facts.seller),
		...pairIf(own.taken, momentIn(writing, facts.soldAtMs, utility)),
		...pairIf(writing.words.receipt.meter, groupedMeter(facts.drn)),
		...pairIf(own.code, facts.claimCode.match(/.{1,4}/g)?.join('-')),
		...pairIf(own.why, facts.because),
		RULE,
		{
			kind: 'pair',
			name: own.amount,
			value: moneyIn(writing, utility.currency)(facts.amountMinor),
			bold: true,
		},
		GAP,
		GAP,
		RULE,
		text(own.signature),
		...helpLine(writing, utility),
		CUT,
	];
}
