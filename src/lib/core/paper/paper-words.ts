/** In whose words a paper is written, and how numbers stand in them. */
import { formatEnergy } from '#lib/core/units/energy.ts';
import { formatAmount, type Currency } from '#lib/core/units/money.ts';
import { languageFrom } from '#lib/core/units/languages.ts';
import type { AgentWords } from '#lib/core/words/agent.ts';
import type { FirstWords } from '#lib/core/words/catalogue.ts';
import type { CustomerPaperWords } from '#lib/core/words/customer-paper.ts';
import { apart } from '#lib/core/words/isolate.ts';
import { directionIn } from './paper-language.ts';
import { centered, mark, type Paper, type PaperElement, pairIf, text } from './paper.ts';
import type { Utility } from '#lib/core/sync/wire.ts';

/** Of a paper that a customer takes away. */
export interface PaperWords {
	readonly words: FirstWords;
	readonly own: CustomerPaperWords;
	/** BCP 47 tag. */
	readonly language: string;
}

/** Of staff's papers too. */
export interface StaffPaperWords extends PaperWords {
	readonly own: AgentWords['paper'];
}

/** What is not of the language, within a text of it: in its own order where the text runs from right to left. */
export const withinText = ({ language }: PaperWords, fact: string): string =>
	directionIn(languageFrom([language])) === 'rtl' ? apart(fact) : fact;

/** Who sells here. */
export interface Seller {
	readonly vendor?: string | undefined;
	readonly terminal: string;
	readonly operator?: string | undefined;
}

export const moneyIn =
	({ language }: PaperWords, currency: Currency) =>
	(amountMinor: number): string =>
		formatAmount(amountMinor, currency, language);

export const energyIn =
	({ language }: PaperWords) =>
	(energyDeciKwh: number): string =>
		formatEnergy(energyDeciKwh, language);

export const countIn = ({ language }: PaperWords, value: number): string =>
	new Intl.NumberFormat(language).format(value);

/** A date with its time, to the second, in the utility's time zone. */
export function momentIn({ language }: PaperWords, atMs: number, { timeZone }: Utility): string {
	return new Intl.DateTimeFormat(language, {
		dateStyle: 'medium',
		timeStyle: 'medium',
		timeZone,
	}).format(atMs);
}

/** 4-4-3, or 4-4-5. */
export function groupedMeter(drn: string): string {
	return [drn.slice(0, 4), drn.slice(4, 8), drn.slice(8)].filter((part) => part).join('\u00a0');
}

/** Whose paper it is. */
export function utilityHead(writing: PaperWords, utility: Utility): Paper {
	const { vatNumber } = writing.words.receipt;
	return [
		{ kind: 'text', text: utility.name, align: 'center', bold: true },
		...(utility.address === '' ? [] : [centered(utility.address)]),
		...(utility.vatNumber === ''
			? []
			: [centered(`${vatNumber} ${withinText(writing, utility.vatNumber)}`)]),
	];
}

export function sellerPairs(
	{ own: { receipt } }: PaperWords,
	{ vendor, terminal, operator }: Seller,
): PaperElement[] {
	return [
		...pairIf(receipt.vendor, vendor),
		...pairIf(receipt.terminal, terminal),
		...pairIf(receipt.operator, operator),
	];
}

/** Nothing on the first copy. */
export function reprintMark(writing: PaperWords, copy: number): Paper {
	if (copy <= 1) return [];
	return [mark(writing.own.reprint(countIn(writing, copy))), text(writing.own.reprintNote)];
}

export function helpLine({ words }: PaperWords, utility: Utility): PaperElement[] {
	return pairIf(words.receipt.helpLine, utility.helpLine);
}
