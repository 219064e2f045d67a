/** What the till's page says of caps, storage, journal and prices, as names and values: pure. */
import type { TerminalHereRow } from '#lib/browser/store/agent-rows.ts';
import type { Keeping, TillGlance } from '#lib/browser/sync/till-desk.ts';
import type { AgentWords } from '#lib/core/words/agent.ts';
import type { Currency } from '#lib/core/units/money.ts';
import { formatAmount } from '#lib/core/units/money.ts';
import { formatAge, formatMoment } from '#lib/ui/view/ages.ts';
import type { Tone } from '#lib/ui/view/tones.ts';
import { formatSpan } from './glance-view.ts';
import { formatOctets, usedPart } from './storage-view.ts';

export interface Fact {
	readonly name: string;
	readonly said: string;
	readonly tone?: Tone;
}

/** In whose words, and when. */
export interface Saying {
	readonly own: AgentWords['device'];
	readonly currency: Currency;
	readonly language: string;
	readonly nowMs: number;
}

/** None: nothing is sold without the network. */
export function capFacts({ caps }: Pick<TillGlance, 'caps'>, saying: Saying): Fact[] {
	const { own, currency, language } = saying;
	if (caps === null) return [];
	const money = (amountMinor: number) => formatAmount(amountMinor, currency, language);
	return [
		{ name: own.caps.perSale, said: money(caps.perSaleMinor) },
		{ name: own.caps.sum, said: money(caps.sumMinor) },
		{ name: own.caps.count, said: new Intl.NumberFormat(language).format(caps.count) },
		{ name: own.caps.age, said: formatSpan(caps.ageMs, language) },
	];
}

export function storageFacts(keeping: Keeping, { own, language }: Saying): Fact[] {
	const { storage } = own;
	const whether = (is: boolean): Pick<Fact, 'said' | 'tone'> =>
		is ? { said: storage.yes, tone: 'good' } : { said: storage.no, tone: 'wait' };
	const { usedOctets, quotaOctets } = keeping;
	const octets = (value: number | null) => (value === null ? '–' : formatOctets(value, language));
	return [
		{ name: storage.installed, ...whether(keeping.installed) },
		{ name: storage.persistent, ...whether(keeping.persistent) },
		{
			name: storage.used,
			said:
				usedPart(keeping) === null
					? storage.unknown
					: storage.usedOf(octets(usedOctets), octets(quotaOctets)),
		},
	];
}

/** A difference of a second or two is the way of the request. */
const CLOCK_SLACK_MS = 60_000;

export function journalFacts(
	glance: Pick<TillGlance, 'heardAtMs' | 'unsynced'>,
	{ offsetMs }: Pick<TerminalHereRow, 'offsetMs'>,
	{ own, currency, language, nowMs }: Saying,
): Fact[] {
	const { journal } = own;
	const { heardAtMs, unsynced } = glance;
	const number = (value: number) => new Intl.NumberFormat(language).format(value);
	const sum = formatAmount(unsynced.sumMinor, currency, language);
	return [
		{
			name: journal.heard,
			said: heardAtMs === null ? journal.never : formatAge(heardAtMs, nowMs, language),
		},
		{
			name: journal.waiting,
			said: unsynced.count === 0 ? journal.nothing : journal.sum(number(unsynced.count), sum),
		},
		...(unsynced.oldestAtMs === null
			? []
			: [{ name: journal.oldest, said: formatAge(unsynced.oldestAtMs, nowMs, language) }]),
		...(offsetMs === null ? [] : [{ name: journal.offset, ...clockSaid(offsetMs, own, language) }]),
	];
}

/** @param offsetMs what the office's clock is ahead of this device's */
function clockSaid(
	offsetMs: number,
	{ journal }: AgentWords['device'],
	language: string,
): Pick<Fact, 'said' | 'tone'> {
	if (Math.abs(offsetMs) < CLOCK_SLACK_MS) return { said: journal.exact };
	const span = formatSpan(Math.abs(offsetMs), language);
	return { said: offsetMs > 0 ? journal.behind(span) : journal.ahead(span), tone: 'wait' };
}

/** None: no pack is here. */
export function packFacts(
	{ pack }: Pick<TillGlance, 'pack'>,
	{ own, language, nowMs }: Saying,
): Fact[] {
	if (pack === null) return [];
	const isOver = pack.validUntilMs <= nowMs;
	return [
		{ name: own.pack.fetched, said: formatAge(pack.fetchedAtMs, nowMs, language) },
		{
			name: own.pack.until,
			said: isOver ? own.pack.over : formatMoment(pack.validUntilMs, language),
			...(isOver ? { tone: 'bad' as const } : {}),
		},
		{ name: own.pack.version, said: pack.version.slice(0, 8) },
	];
}
