/**
 * What a technician is told first of a meter: findings as data, heaviest first. A finding is only made of
 * what the meter has said; what was not read yet finds nothing.
 */
import type { EventName } from '#lib/core/dlms/profile/event-names.ts';
import {
	instantOfTid,
	lastInstantOfKen,
	MAX_TID,
	type BaseDate,
	KEN_NEVER,
} from '#lib/core/sts/tid.ts';
import type { Quantity } from '../quantity.ts';
import { valueOf } from '../reading.ts';
import type { ClockDrift } from './clock.ts';
import { eventsKnown, type MeterGlance } from './glance.ts';
import { isOutOfCredit, isTampered, type OpenReason } from './relay.ts';
import { type StsKey, stsKeyOf } from './sts-attributes.ts';

/** What the backend has of the meter, as far as it is known here. */
export interface ExpectedMeter {
	/** The meter number that was asked for. */
	readonly drn?: string;
	readonly key?: StsKey & { readonly baseDate: BaseDate };
	/** Firmware that the utility knows; empty: every one is unknown. */
	readonly firmware?: readonly string[];
}

export interface VerdictLimits {
	/** A clock may be off by so much. */
	readonly driftMs: number;
	/** From when on the end of a key is told. */
	readonly keyEndsWithinMs: number;
}

const DAY_MS = 86_400_000;

/** A minute, and a year: a key takes weeks to get and the meter must be visited. */
export const USUAL_LIMITS: VerdictLimits = { driftMs: 60_000, keyEndsWithinMs: 365 * DAY_MS };

/** All findings, heaviest first, each with how it is shown. */
export const VERDICT_TONES = {
	'other-meter': 'bad',
	'number-unsound': 'bad',
	tampered: 'bad',
	'relay-contradictory': 'bad',
	'relay-open': 'bad',
	'credit-out': 'bad',
	'key-ended': 'bad',
	'key-behind': 'wait',
	'key-differs': 'wait',
	'clock-not-set': 'bad',
	'clock-zone': 'wait',
	'clock-drifts': 'wait',
	'relay-waits': 'wait',
	'key-ends': 'wait',
	'credit-low': 'wait',
	'emergency-credit': 'wait',
	'cover-opened': 'wait',
	'firmware-unknown': 'note',
	'clock-doubtful': 'note',
	'objects-assumed': 'note',
} as const;
export type VerdictKind = keyof typeof VERDICT_TONES;

/** Attributes of a key in which meter and registration may differ. */
export type KeyDifference = 'ea' | 'sgc' | 'ti' | 'krn' | 'kt' | 'ken';

interface VerdictFacts {
	'other-meter': { readonly found: string; readonly expected: string };
	'number-unsound': { readonly found: string };
	'relay-open': { readonly because: readonly OpenReason[] };
	'credit-out': { readonly credit: Quantity | undefined };
	'credit-low': { readonly credit: Quantity | undefined };
	'key-behind': { readonly found: number; readonly expected: number };
	'key-differs': { readonly differences: readonly KeyDifference[] };
	'key-ended': { readonly endsMs: number };
	'key-ends': { readonly endsMs: number };
	'clock-zone': { readonly drift: ClockDrift };
	'clock-drifts': { readonly drift: ClockDrift };
	'cover-opened': { readonly count: number };
	'firmware-unknown': { readonly found: string | undefined };
}

/** One finding with its facts. */
export type Verdict = {
	[Kind in VerdictKind]: { readonly kind: Kind } & (Kind extends keyof VerdictFacts
		? VerdictFacts[Kind]
		: unknown);
}[VerdictKind];

const WEIGHT = Object.keys(VERDICT_TONES) as VerdictKind[];

/**
 * The findings of a glance, heaviest first.
 * @param nowMs our time, for the end of the key
 * @param events of the logs, newest first; where none were read, the last one of each log counts
 */
export function verdictsOf(
	glance: MeterGlance,
	expected: ExpectedMeter,
	nowMs: number,
	events: readonly EventName[] = [],
	limits: VerdictLimits = USUAL_LIMITS,
): Verdict[] {
	const found = [
		...numberVerdicts(glance, expected),
		...tamperVerdicts(glance, eventsKnown(events, glance.lastEvents)),
		...relayVerdicts(glance),
		...creditVerdicts(glance),
		...clockVerdicts(glance, limits),
		...keyVerdicts(glance, expected),
		...keyEndVerdicts(glance, expected, nowMs, limits),
		...firmwareVerdicts(glance, expected),
		...(glance.objects.source === 'assumed' ? [{ kind: 'objects-assumed' } as const] : []),
	];
	return found.toSorted((a, b) => WEIGHT.indexOf(a.kind) - WEIGHT.indexOf(b.kind));
}

function numberVerdicts({ sts, identity }: MeterGlance, { drn }: ExpectedMeter): Verdict[] {
	const pan = valueOf(sts.pan);
	if (pan && !pan.sound) return [{ kind: 'number-unsound', found: pan.drn }];
	if (drn === undefined) return [];
	// Without STS attributes only a serial number of the same form can speak against it.
	const serial = identity.serials
		.map(({ text }) => valueOf(text))
		.find((text) => text !== undefined);
	const found = pan?.drn ?? (sts.pan.state !== 'waiting' && isDrnLike(serial) ? serial : undefined);
	return found === undefined || found === drn
		? []
		: [{ kind: 'other-meter', found, expected: drn }];
}

const isDrnLike = (text: string | undefined): text is string =>
	text !== undefined && /^(?:\d{11}|\d{13})$/.test(text);

function tamperVerdicts({ counters }: MeterGlance, events: readonly EventName[]): Verdict[] {
	if (isTampered(events)) return [{ kind: 'tampered' }];
	const covers = counters.filter(({ kind }) => kind === 'meter-cover' || kind === 'terminal-cover');
	const count = covers.reduce((sum, counter) => sum + (valueOf(counter.count) ?? 0), 0);
	return count > 0 ? [{ kind: 'cover-opened', count }] : [];
}

function relayVerdicts({ relays: [main] }: MeterGlance): Verdict[] {
	switch (main?.standing) {
		case 'open':
			return [{ kind: 'relay-open', because: main.openBecause }];
		case 'armed':
			return [{ kind: 'relay-waits' }];
		case 'contradictory':
			return [{ kind: 'relay-contradictory' }];
		default:
			return [];
	}
}

function creditVerdicts({ payment }: MeterGlance): Verdict[] {
	const credit = valueOf(payment.account.available);
	const emergency = payment.credits.some(
		({ type, status }) => valueOf(type) === 'emergency' && valueOf(status) === 'in-use',
	);
	const used: Verdict[] = emergency ? [{ kind: 'emergency-credit' }] : [];
	if (isOutOfCredit(payment)) return [{ kind: 'credit-out', credit }, ...used];
	const low = valueOf(payment.account.flags)?.includes('low-credit');
	return low ? [{ kind: 'credit-low', credit }, ...used] : used;
}

function clockVerdicts({ clock }: MeterGlance, { driftMs }: VerdictLimits): Verdict[] {
	const time = valueOf(clock.time);
	if (clock.time.state === 'not-understood' || time?.atMs === null)
		return [{ kind: 'clock-not-set' }];
	const { drift } = clock;
	const doubtful: Verdict[] = time?.doubtful ? [{ kind: 'clock-doubtful' }] : [];
	// Where our own time is not known, the meter's is not judged by it.
	if (!drift || drift.uncertaintyMs === null) return doubtful;
	if (Math.abs(drift.driftMs) - drift.uncertaintyMs <= driftMs) return doubtful;
	return [{ kind: drift.looksLikeZone ? 'clock-zone' : 'clock-drifts', drift }, ...doubtful];
}

/** The other attributes of a key than its revision, which is judged by itself. */
const COMPARED = ['ea', 'sgc', 'ti', 'kt', 'ken'] as const;
/** Revisions run from 1 to 9 and start again. */
const REVISIONS = 9;

function keyVerdicts({ sts }: MeterGlance, { key }: ExpectedMeter): Verdict[] {
	if (!key) return [];
	const found = stsKeyOf(sts);
	const differences: KeyDifference[] = COMPARED.filter((name) => differs(name, found, key));
	const behind = revisionsBehind(found.krn, key.krn);
	const verdicts: Verdict[] = [];
	if (behind > 0 && found.krn !== undefined && key.krn !== undefined)
		verdicts.push({ kind: 'key-behind', found: found.krn, expected: key.krn });
	if (behind < 0) differences.push('krn');
	return differences.length > 0 ? [...verdicts, { kind: 'key-differs', differences }] : verdicts;
}

/** A set of two key-change tokens carries no supply group, and the meter then shows none (sts.md §13.10). */
const NO_SGC = '000000';

function differs(name: (typeof COMPARED)[number], found: StsKey, expected: StsKey): boolean {
	if (found[name] === undefined || expected[name] === undefined) return false;
	if (name === 'sgc' && found.sgc === NO_SGC) return false;
	return found[name] !== expected[name];
}

/** How many revisions a meter is behind, 1 … 4; negative where it is ahead; 0 where it is not known. */
function revisionsBehind(found: number | undefined, expected: number | undefined): number {
	if (found === undefined || expected === undefined) return 0;
	const ahead = (expected - found + REVISIONS) % REVISIONS;
	return ahead > REVISIONS / 2 ? ahead - REVISIONS : ahead;
}

function keyEndVerdicts(
	{ sts }: MeterGlance,
	{ key }: ExpectedMeter,
	nowMs: number,
	{ keyEndsWithinMs }: VerdictLimits,
): Verdict[] {
	if (!key) return [];
	const endsMs = keyEnd(key.baseDate, valueOf(sts.ken) ?? key.ken);
	if (endsMs <= nowMs) return [{ kind: 'key-ended', endsMs }];
	return endsMs - nowMs <= keyEndsWithinMs ? [{ kind: 'key-ends', endsMs }] : [];
}

/** The last minute of a key: that of its expiry number, or of its base date's era (sts.md §6.7, §6.9). */
export function keyEnd(baseDate: BaseDate, ken: number | undefined): number {
	const eraEnds = instantOfTid(MAX_TID, baseDate);
	if (ken === undefined || ken === KEN_NEVER) return eraEnds;
	return Math.min(eraEnds, lastInstantOfKen(ken, baseDate));
}

function firmwareVerdicts(
	{ identity, progress }: MeterGlance,
	{ firmware }: ExpectedMeter,
): Verdict[] {
	const [found] = identity.firmware.flatMap(({ kind, text }) =>
		kind === 'identifier' ? (valueOf(text) ?? []) : [],
	);
	if (found === undefined) return progress.complete ? [{ kind: 'firmware-unknown', found }] : [];
	return firmware && !firmware.includes(found) ? [{ kind: 'firmware-unknown', found }] : [];
}
