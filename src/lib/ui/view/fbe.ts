/** Free electricity as screens say it: days and months of the utility's calendar, and a row's own sentences. */
import type { Sale } from '#lib/browser/store/sales.ts';
import type { CivilDate } from '#lib/core/units/instant.ts';
import { fbeMonthsOf, isFbe } from '#lib/core/sync/fbe.ts';
import type { FirstWords } from '#lib/core/words/catalogue.ts';
import { STAGES, type Stage, type Story } from './sale-story.ts';

/** `30 November`. */
export function dayText({ year, month, day }: CivilDate, language: string): string {
	return inUtc(language, { day: 'numeric', month: 'long' }).format(Date.UTC(year, month - 1, day));
}

/** `November`. @param month `2026-11` */
export function monthText(month: string, language: string): string {
	return inUtc(language, { month: 'long' }).format(Date.parse(`${month}-01T00:00:00Z`));
}

/** A civil date is no instant: it is written as it is, wherever the device may be. */
function inUtc(language: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	return new Intl.DateTimeFormat(language, { ...parts, timeZone: 'UTC' });
}

/** Title and sentence of a story: of what is free they say nothing of money. */
export function storyText(
	sale: Sale,
	story: Story,
	words: FirstWords,
): { readonly title: string; readonly detail: string } {
	const own: Partial<Record<Story, { title: string; detail: string }>> = words.fbe.stories;
	const common = words.purchase.stories[story];
	return isFbe(sale.row.request) ? (own[story] ?? common) : common;
}

/** Nothing is paid and no price is agreed to. */
const FREE_STAGES = ['stored', 'making', 'token'] as const satisfies readonly Stage[];

/** The way of a sale, in its own number of steps. */
export function stagesOf({ row }: Sale): readonly Stage[] {
	return isFbe(row.request) ? FREE_STAGES : STAGES;
}

/** That the month asked for ended first; null: it did not. */
export function missedText(sale: Sale, words: FirstWords, language: string): string | null {
	const months = fbeMonthsOf(sale);
	if (!months?.missed) return null;
	return words.fbe.missed(monthText(months.missed, language), monthText(months.given, language));
}
