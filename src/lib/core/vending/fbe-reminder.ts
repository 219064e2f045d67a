/**
 * Where a meter's free basic electricity stands as far as one device knows, and whether its person is to be
 * told. Pure: what the backend said and when, what this device asked for, and the device's clock come in.
 *
 * Always: a wrong clock makes no month of its own. The backend's clock is the truth; the device's only says how
 * long ago it was heard.
 */
import { civilDateOf, dayAfter, formatMonth, type CivilDate } from '#lib/core/units/instant.ts';

/** What the backend said of a meter, and when. */
export interface FbeHeard {
	/** A month, 0.1 kWh; 0: none; null: it was not said (to anybody but the owner). */
	readonly entitledDeciKwh: number | null;
	/** Whether it was given in the month of `asOfMs`. */
	readonly given: boolean;
	/** The backend's clock when it said so, and what this device took it to be when that was heard. */
	readonly asOfMs: number;
	readonly heardAtMs: number;
	/** IANA name: the utility's months. */
	readonly timeZone: string;
}

/** What came of asking for it from this device. */
export interface FbeAsked {
	readonly id: string;
	/** `given`: here is its token. `given-before`: the backend said so. */
	readonly outcome: 'under-way' | 'given' | 'given-before' | 'not-entitled';
	/** Of `given` by the backend's clock, of the others by this device's. */
	readonly atMs: number;
	/** Of `given`; else 0. */
	readonly energyDeciKwh: number;
}

export type FbeStanding =
	/** Whether the meter is entitled is not known here. */
	| { readonly kind: 'unknown' }
	| { readonly kind: 'not-entitled' }
	/** Asked for from this device; what comes of it is not known yet. */
	| { readonly kind: 'under-way'; readonly id: string }
	/** In this month. `id`: its token is on this device. */
	| { readonly kind: 'given'; readonly month: string; readonly id: string | null }
	| FbeFree;

/** To be fetched, as far as is known. */
export interface FbeFree {
	readonly kind: 'free';
	readonly energyDeciKwh: number;
	/** `2026-11`. */
	readonly month: string;
	/** After it this month's is lost. */
	readonly lastDay: CivilDate;
	/** After today; 0: today is the last. */
	readonly daysLeft: number;
	/** The backend said so in this month; false: it follows from what it said before. */
	readonly heardThisMonth: boolean;
}

/** What was heard longer ago says nothing of the clock any more. */
const LONGEST_MS = 400 * 86_400_000;

/**
 * The backend's time now: as long after what it said as this device's clock has moved since. A clock that was
 * set back counts as standing still; one that leapt is taken at its word, but never for earlier than the
 * backend's.
 */
export function presentMs(
	{ asOfMs, heardAtMs }: Pick<FbeHeard, 'asOfMs' | 'heardAtMs'>,
	nowMs: number,
): number {
	const sinceMs = nowMs - heardAtMs;
	return sinceMs > LONGEST_MS ? Math.max(asOfMs, nowMs) : asOfMs + Math.max(0, sinceMs);
}

/** @param asked from this device for this meter, the newest first @param nowMs by the backend's clock as last heard */
export function decideFbeStanding(
	heard: FbeHeard,
	asked: readonly FbeAsked[],
	nowMs: number,
): FbeStanding {
	const underWay = asked.find(({ outcome }) => outcome === 'under-way');
	if (underWay) return { kind: 'under-way', id: underWay.id };
	const gifts = asked.filter(({ outcome }) => outcome === 'given');
	const today = civilDateOf(
		Math.max(presentMs(heard, nowMs), ...gifts.map(({ atMs }) => atMs)),
		heard.timeZone,
	);
	const month = formatMonth(today);
	const monthOf = (ms: number) => formatMonth(civilDateOf(ms, heard.timeZone));
	const own = gifts.find(({ atMs }) => monthOf(atMs) === month);
	if (own) return { kind: 'given', month, id: own.id };
	const word = lastWord(heard, asked);
	const isOfThisMonth = monthOf(word.atMs) === month;
	if (word.given && isOfThisMonth) return { kind: 'given', month, id: null };
	if (word.entitledDeciKwh === 0) return { kind: 'not-entitled' };
	// Who was given some last month is told of this month's too, where only the owner hears more.
	const energyDeciKwh = word.entitledDeciKwh ?? gifts[0]?.energyDeciKwh;
	if (energyDeciKwh === undefined) return { kind: 'unknown' };
	const lastDay = lastDayOf(today);
	return {
		...{ kind: 'free', energyDeciKwh, month, lastDay },
		daysLeft: lastDay.day - today.day,
		heardThisMonth: heard.entitledDeciKwh !== null && monthOf(heard.asOfMs) === month,
	};
}

/** The backend's last word: of the look-up, or of a refusal that came after it. `atMs` by its own clock. */
function lastWord(heard: FbeHeard, asked: readonly FbeAsked[]) {
	const { entitledDeciKwh, given, asOfMs } = heard;
	const later = asked.find(
		({ outcome, atMs }) =>
			(outcome === 'given-before' || outcome === 'not-entitled') && atMs > heard.heardAtMs,
	);
	if (!later) return { entitledDeciKwh, given, atMs: asOfMs };
	const isGiven = later.outcome === 'given-before';
	return {
		entitledDeciKwh: isGiven ? entitledDeciKwh : 0,
		given: isGiven,
		atMs: presentMs(heard, later.atMs),
	};
}

function lastDayOf({ year, month }: CivilDate): CivilDate {
	const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
	return dayAfter({ ...next, day: 1 }, -1);
}

/** From this many days before the last one on, its end is what is told. */
const EXPIRING_DAYS = 4;

/** What to tell, on a screen or by a push; nothing of it is urgent. */
export interface FbeReminder extends Omit<FbeFree, 'kind'> {
	readonly kind: 'free' | 'expiring';
}

/**
 * Whether to tell: from the 1st until it is fetched or the person has waved it off for the month.
 * @param wavedOff the last month that was, `2026-11`; null: none
 */
export function decideFbeReminder(
	standing: FbeStanding,
	wavedOff: string | null,
): FbeReminder | null {
	if (standing.kind !== 'free') return null;
	// A later month was waved off by a clock that is right again now.
	if (wavedOff !== null && wavedOff >= standing.month) return null;
	return { ...standing, kind: standing.daysLeft <= EXPIRING_DAYS ? 'expiring' : 'free' };
}
