/** X and Z: what a shift has sold, as it stands or closed and counted. */
import type { BatchTotals } from '#lib/core/sync/wire-vendors.ts';
import type { Utility } from '#lib/core/sync/wire.ts';
import type { Counted } from '#lib/core/sync/count-cash.ts';
import type { ExpectedMoney, RefusedMoney } from '#lib/core/sync/till-totals.ts';
import { CUT, GAP, heading, type Paper, type PaperElement, pairIf, RULE, text } from './paper.ts';
import {
	countIn,
	energyIn,
	momentIn,
	moneyIn,
	reprintMark,
	type Seller,
	sellerPairs,
	type StaffPaperWords,
	utilityHead,
} from './paper-words.ts';

export interface XReportFacts {
	readonly utility: Utility;
	readonly seller: Seller;
	readonly batchId: string;
	readonly openedAtMs: number;
	readonly printedAtMs: number;
	readonly totals: BatchTotals;
	/** `refused` of the totals, by what became of the money. */
	readonly refused: RefusedMoney;
	/** What was taken and went back, by pay type; absent: not known here. */
	readonly money?: readonly ExpectedMoney[];
}

export interface ZReportFacts extends XReportFacts {
	readonly closedAtMs: number;
	/** What was found in the drawer against what should be there. */
	readonly counted: Counted;
}

export function xReportPaper(facts: XReportFacts, writing: StaffPaperWords): Paper {
	const own = writing.own.report;
	return [
		...reportHead(facts, own.x, writing),
		text(own.xNote),
		...totalsLines(facts, writing),
		CUT,
	];
}

/** @param copy 1 is the first; every further one is marked as a reprint */
export function zReportPaper(facts: ZReportFacts, writing: StaffPaperWords, copy: number): Paper {
	const own = writing.own.report;
	return [
		...reprintMark(writing, copy),
		...reportHead(facts, own.z, writing),
		...pairIf(own.closed, momentIn(writing, facts.closedAtMs, facts.utility)),
		...totalsLines(facts, writing),
		...countedLines(facts, writing),
		GAP,
		GAP,
		RULE,
		text(own.signature),
		CUT,
	];
}

function reportHead(facts: XReportFacts, title: string, writing: StaffPaperWords): Paper {
	const { utility, seller, batchId, openedAtMs, printedAtMs } = facts;
	const own = writing.own.report;
	return [
		...utilityHead(writing, utility),
		heading(title),
		...sellerPairs(writing, seller),
		...pairIf(own.batch, batchId),
		...pairIf(own.opened, momentIn(writing, openedAtMs, utility)),
		...pairIf(own.printed, momentIn(writing, printedAtMs, utility)),
	];
}

interface Tally {
	readonly count: number;
	readonly amountMinor: number;
}

function totalsLines(facts: XReportFacts, writing: StaffPaperWords): Paper {
	const { totals, refused, utility } = facts;
	const own = writing.own.report;
	const money = moneyIn(writing, utility.currency);
	const tally = (name: string, { count, amountMinor }: Tally): PaperElement => ({
		kind: 'pair',
		name: own.counted(name, countIn(writing, count)),
		value: money(amountMinor),
	});
	const tallyIf = (name: string, of: Tally) => (of.count > 0 ? [tally(name, of)] : []);
	const lessIf = (name: string, amountMinor: number) =>
		amountMinor > 0 ? pairIf(name, money(0 - amountMinor)) : [];
	return [
		RULE,
		...pairIf(own.count, countIn(writing, totals.sold.count)),
		{ kind: 'pair', name: own.sold, value: money(totals.sold.amountMinor), bold: true },
		...pairIf(own.energy, energyIn(writing)(totals.sold.energyDeciKwh)),
		...titled(
			own.byPayType,
			totals.byPayType.map((row) => tally(own.payTypes[row.payType], row)),
		),
		...titled(
			own.byKind,
			totals.byTransactionType.map((row) => tally(own.kinds[row.kind] ?? row.kind, row)),
		),
		RULE,
		tally(own.unfinished, totals.unfinished),
		tally(own.refused.here, refused.here),
		...tallyIf(own.refused.givenBack, refused.givenBack),
		...tallyIf(own.refused.soldAgain, refused.soldAgain),
		tally(own.reversed, totals.reversed),
		...(facts.money ?? []).flatMap((row) =>
			titled(own.moneyOf(own.payTypes[row.payType]), [
				...pairIf(own.taken, money(row.takenMinor)),
				...lessIf(own.givenBack, row.givenBackMinor),
				...lessIf(own.soldAgain, row.soldAgainMinor),
				{ kind: 'pair', name: own.expected, value: money(row.expectedMinor), bold: true },
			]),
		),
	];
}

const titled = (title: string, rows: readonly PaperElement[]): PaperElement[] =>
	rows.length === 0 ? [] : [RULE, { kind: 'text', text: title, bold: true }, ...rows];

function countedLines({ counted, utility }: ZReportFacts, writing: StaffPaperWords): Paper {
	const own = writing.own.report;
	const money = moneyIn(writing, utility.currency);
	const drawer = counted.cash.filter(({ count }) => count > 0);
	const sum = drawer.reduce((total, row) => total + row.denominationMinor * row.count, 0);
	return [
		...titled(own.drawer, [
			...drawer.map(({ denominationMinor, count }): PaperElement => ({
				kind: 'pair',
				name: `${money(denominationMinor)} x ${countIn(writing, count)}`,
				value: money(denominationMinor * count),
			})),
			{ kind: 'pair', name: own.drawerTotal, value: money(sum), bold: true },
		]),
		...counted.differences.flatMap((row) =>
			titled(own.payTypes[row.payType], [
				...pairIf(own.expected, money(row.expectedMinor)),
				...pairIf(own.found, money(row.countedMinor)),
				{
					kind: 'pair',
					name: `${own.difference}: ${own.verdicts[row.verdict]}`,
					value: money(row.differenceMinor),
					bold: true,
				},
			]),
		),
		...pairIf(own.reference, counted.reference),
	];
}
