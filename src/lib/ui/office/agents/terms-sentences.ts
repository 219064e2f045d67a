/** What terms mean, in sentences. */
import type { Currency } from '#lib/core/units/money.ts';
import type { OfflineCaps, OfflineTerms } from '#lib/core/vending/offline-terms.ts';
import { count, language, money } from '#lib/ui/state/language.ts';
import { agentWords } from '../words.ts';

const own = agentWords.terms;
const HOUR_MS = 3_600_000;

export function termsSentences(terms: OfflineTerms, currency: Currency): string[] {
	const { queued, unkept, reserve } = terms;
	if (queued === null && reserve === null) return [own.means.nothing];
	return [...queuedSentences(queued, unkept, currency), ...reserveSentences(reserve, currency)];
}

function queuedSentences(
	queued: OfflineCaps | null,
	unkept: OfflineCaps,
	currency: Currency,
): string[] {
	if (queued === null) return [own.means.noReceipts];
	if (isNothing(queued)) return [own.means.queuedNone];
	return [
		own.means.queued(capsFacts(queued, currency)),
		isNothing(unkept) ? own.means.unkeptNone : own.means.unkept(capsFacts(unkept, currency)),
	];
}

function reserveSentences(reserve: OfflineTerms['reserve'], currency: Currency): string[] {
	if (reserve === null) return [own.means.reserveNone];
	const { denominationsMinor, sumMinor, lifeMs } = reserve;
	return [
		own.means.reserve({
			...{ count: count(reserve.count), sum: money(sumMinor, currency), hours: hours(lifeMs) },
			denominations: new Intl.ListFormat(language, { type: 'disjunction' }).format(
				denominationsMinor.map((value) => money(value, currency)),
			),
		}),
		own.means.atMost(money(sumMinor, currency)),
	];
}

/** An age of nothing stops at the second sale only: the first one is still sold. */
const isNothing = (caps: OfflineCaps): boolean =>
	caps.perSaleMinor === 0 || caps.sumMinor === 0 || caps.count === 0;

const capsFacts = (caps: OfflineCaps, currency: Currency) => ({
	...{ count: count(caps.count), perSale: money(caps.perSaleMinor, currency) },
	...{ sum: money(caps.sumMinor, currency), hours: hours(caps.ageMs) },
});

const hours = (ms: number): string => own.hours(count(ms / HOUR_MS));
