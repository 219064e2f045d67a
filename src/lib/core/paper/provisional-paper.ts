/**
 * What a customer gets whose sale waits for the network: unmistakably no token, with the claim code that brings
 * one. Twenty digits never stand on it.
 */
import { formatClaimQr } from '#lib/core/sync/claim-qr.ts';
import type { TenderMethod, Utility } from '#lib/core/sync/wire.ts';
import type { Waterfall } from '#lib/core/vending/waterfall.ts';
import { CUT, heading, mark, type Paper, type PaperElement, pairIf, RULE, text } from './paper.ts';
import {
	energyIn,
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
import { waterfallLines } from './waterfall-lines.ts';

export interface ProvisionalFacts {
	readonly utility: Utility;
	readonly seller: Seller;
	/** When the money was taken, by the till's best knowledge of the time. */
	readonly atMs: number;
	readonly drn: string;
	readonly ownerMasked: string | null;
	readonly amountMinor: number;
	readonly tender: { readonly method: TenderMethod; readonly tenderedMinor: number };
	/** What was shown before the sale; null: nothing could be. Always an estimate on this paper. */
	readonly waterfall: Waterfall | null;
	readonly claimCode: string;
}

/** @param copy 1 is the first; every further one is marked as a reprint */
export function provisionalPaper(
	facts: ProvisionalFacts,
	writing: PaperWords,
	copy: number,
): Paper {
	const { utility, tender, amountMinor } = facts;
	const own = writing.own.provisional;
	const money = moneyIn(writing, utility.currency);
	const names = writing.words.receipt;
	return [
		...provisionalMark(writing),
		...reprintMark(writing, copy),
		...utilityHead(writing, utility),
		text(own.lead),
		RULE,
		...pairIf(own.taken, momentIn(writing, facts.atMs, utility)),
		...sellerPairs(writing, facts.seller),
		...pairIf(names.customer, facts.ownerMasked),
		{ kind: 'pair', name: names.meter, value: groupedMeter(facts.drn), bold: true },
		RULE,
		...pairIf(writing.own.receipt.method[tender.method], money(tender.tenderedMinor)),
		...pairIf(names.change, money(tender.tenderedMinor - amountMinor)),
		{ kind: 'pair', name: own.paid, value: money(amountMinor), bold: true },
		...estimateLines(facts, writing),
		RULE,
		heading(own.code),
		{ kind: 'groups', groups: facts.claimCode.match(/.{1,4}/g) ?? [], joiner: '-' },
		{ kind: 'qr', text: formatClaimQr({ drn: facts.drn, code: facts.claimCode }) },
		text(own.todo),
		RULE,
		...helpLine(writing, utility),
		text(own.foot),
		...provisionalMark(writing),
		CUT,
	];
}

const provisionalMark = ({ own: { provisional } }: PaperWords): Paper => [
	mark(provisional.title),
	mark(provisional.mark),
];

function estimateLines({ waterfall, utility }: ProvisionalFacts, writing: PaperWords): Paper {
	const own = writing.own.provisional;
	if (!waterfall) return [text(own.notPriced)];
	const units: PaperElement = {
		kind: 'pair',
		name: writing.words.receipt.units,
		value: energyIn(writing)(waterfall.energyDeciKwh),
	};
	return [
		RULE,
		heading(own.estimate),
		...waterfallLines(writing, waterfall, utility.currency),
		units,
		text(own.estimateWhy),
	];
}
