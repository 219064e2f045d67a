/**
 * The receipt of a sale that has its token: what product.md says a receipt carries, in its order. A token is set
 * apart from every number that could be taken for one.
 */
import type { Receipt, Token, VendAnswer } from '#lib/core/sync/wire.ts';
import {
	CUT,
	GAP,
	heading,
	mark,
	type Paper,
	type PaperElement,
	pairIf,
	RULE,
	text,
} from './paper.ts';
import {
	countIn,
	energyIn,
	groupedMeter,
	helpLine,
	momentIn,
	moneyIn,
	type PaperWords,
	reprintMark,
	sellerPairs,
	utilityHead,
} from './paper-words.ts';
import { waterfallLines } from './waterfall-lines.ts';

export type IssuedVend = Extract<VendAnswer, { state: 'issued' }>;

/** @param copy 1 is the first; every further one is marked as a reprint */
export function receiptPaper(
	{ receipt, tokens }: IssuedVend,
	writing: PaperWords,
	copy: number,
): Paper {
	const { utility } = receipt;
	const marks = [
		...(tokens.some(({ test }) => test) ? [mark(writing.own.test)] : []),
		...reprintMark(writing, Math.max(copy, receipt.reprint?.copy ?? 1)),
	];
	return [
		...marks,
		...utilityHead(writing, utility),
		heading(writing.own.receipt.title),
		...headPairs(receipt, writing),
		RULE,
		...meterPairs(receipt, writing),
		RULE,
		...moneyLines(receipt, writing),
		RULE,
		...unitLines(receipt, tokens, writing),
		...tokenBlocks(tokens, writing),
		RULE,
		...marks,
		...helpLine(writing, utility),
		CUT,
	];
}

function headPairs(receipt: Receipt, writing: PaperWords): PaperElement[] {
	const names = writing.words.receipt;
	return [
		...pairIf(names.number, receipt.receiptNumber),
		...pairIf(names.issued, momentIn(writing, receipt.issuedAtMs, receipt.utility)),
		...sellerPairs(writing, receipt),
	];
}

function meterPairs(receipt: Receipt, writing: PaperWords): PaperElement[] {
	const names = writing.words.receipt;
	return [
		...pairIf(names.customer, receipt.customerMasked),
		{ kind: 'pair', name: names.meter, value: groupedMeter(receipt.drn), bold: true },
		...pairIf(names.sgc, receipt.sgc),
		...pairIf(names.krn, String(receipt.krn)),
		...pairIf(names.ti, receipt.ti),
		...pairIf(names.ea, String(receipt.ea).padStart(2, '0')),
		...pairIf(names.tct, receipt.tct),
		...pairIf(names.tariff, receipt.tariffName),
		...keyChangePair(receipt, writing),
		...pairIf(writing.own.receipt.engineering, receipt.engineering),
	];
}

function keyChangePair({ keyChange }: Receipt, { own }: PaperWords): PaperElement[] {
	if (!keyChange) return [];
	const [from, to] = [keyChange.from, keyChange.to].map(
		({ sgc, krn, ti }) => `${sgc}/${krn}/${ti}`,
	) as [string, string];
	return pairIf(own.receipt.keyChange, own.receipt.keyPlaces(from, to));
}

function moneyLines(receipt: Receipt, writing: PaperWords): PaperElement[] {
	const { tender, waterfall, utility } = receipt;
	const money = moneyIn(writing, utility.currency);
	const names = writing.words.receipt;
	const own = writing.own.receipt;
	return [
		...(tender ? pairIf(own.method[tender.method], money(tender.tenderedMinor)) : []),
		...(tender ? pairIf(names.change, money(tender.changeMinor)) : []),
		{ kind: 'pair', name: own.amount, value: money(waterfall.tenderedMinor), bold: true },
		...waterfallLines(writing, waterfall, utility.currency),
		...(waterfall.lines.some(({ kind }) => kind === 'energy-block') ? [text(own.price)] : []),
	];
}

function unitLines(
	receipt: Receipt,
	tokens: readonly Token[],
	writing: PaperWords,
): PaperElement[] {
	const energy = energyIn(writing);
	const names = writing.words.receipt;
	const carried = tokens.reduce((sum, token) => sum + token.energyDeciKwh, 0);
	if (carried === 0) return [text(writing.own.receipt.noEnergy)];
	return [
		{ kind: 'pair', name: names.units, value: energy(carried), bold: true },
		...(receipt.roundingGainDeciKwh > 0
			? pairIf(names.roundingGain, energy(receipt.roundingGainDeciKwh))
			: []),
	];
}

/** Key-change tokens first: the credit is under the new key. */
export function inOrderOfEntry(tokens: readonly Token[]): Token[] {
	const isCredit = ({ kind }: Token): number => (kind === 'key-change' ? 0 : 1);
	return [...tokens].sort((a, b) => isCredit(a) - isCredit(b) || a.sequence - b.sequence);
}

function tokenBlocks(tokens: readonly Token[], writing: PaperWords): PaperElement[] {
	const ordered = inOrderOfEntry(tokens);
	const hint =
		ordered.length > 1
			? [text(writing.own.receipt.enterInOrder(countIn(writing, ordered.length)))]
			: [];
	return [...hint, ...ordered.flatMap((token) => tokenBlock(token, writing))];
}

function tokenBlock(token: Token, writing: PaperWords): PaperElement[] {
	return [
		GAP,
		{ kind: 'text', text: tokenTitle(token, writing), align: 'center', bold: true },
		GAP,
		{ kind: 'groups', groups: token.digits.match(/\d{4}/g) ?? [], joiner: ' ' },
		GAP,
		...(token.test ? [text(writing.own.testNote)] : []),
	];
}

/** Its place among several, and what it is for; no number beside it that could be keyed in. */
function tokenTitle({ kind, sequence, of, energyDeciKwh }: Token, writing: PaperWords): string {
	const names = writing.words.token;
	const place =
		of > 1
			? names.sequence(countIn(writing, sequence), countIn(writing, of))
			: writing.words.receipt.token;
	if (of === 1 && kind === 'credit') return place;
	const own = writing.own.receipt;
	const what = kind === 'key-change' ? own.keyChange : names.set.kinds[kind];
	const isCarrying = of > 1 && energyDeciKwh > 0;
	return own.tokenOf(
		place,
		isCarrying ? own.carrying(what, energyIn(writing)(energyDeciKwh)) : what,
	);
}
