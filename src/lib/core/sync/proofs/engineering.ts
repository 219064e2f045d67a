/** What is written down of a deed of engineering: clock, relay, key, firmware. Pure. */
import type { ImageRun } from '#lib/core/field/engineering/image-run.ts';
import type { KeyRun, KeyVerdict } from '#lib/core/field/engineering/key-run.ts';
import type { ClockVerdict } from '#lib/core/field/engineering/set-clock.ts';
import type { RelayVerdict, RelayWish } from '#lib/core/field/engineering/switch-relay.ts';
import type { ClockDrift } from '#lib/core/field/glance/clock.ts';
import type { RelayStanding } from '#lib/core/field/glance/relay.ts';
import type { DEED_OUTCOMES, JournalContents, MeterAsRead, ProbeAsMet } from '../field-deeds.ts';
import { keyAsRead, oneLine } from './as-read.ts';

type Outcome = (typeof DEED_OUTCOMES)[number];

/** Characters of a reason in the journal; a person's own words are cut there. */
const REASON = 200;
const reasonOf = (text: string): string | null => oneLine(text, REASON);

/** A clock that was told the time and stands as before, or off still, did not do as it was told. */
const CLOCK_OUTCOMES: Readonly<Record<ClockVerdict, Outcome>> = {
	set: 'done',
	'still-off': 'refused',
	unchanged: 'refused',
	refused: 'refused',
	unknown: 'unknown',
};

/** @param wantedMs our time when it was set; the meter's before and after are told by their drifts */
export function clockProof(
	probe: ProbeAsMet,
	wantedMs: number,
	{
		verdict,
		before,
		after,
	}: {
		readonly verdict: ClockVerdict;
		readonly before: ClockDrift | null;
		readonly after: ClockDrift | null;
	},
	reason: string,
): JournalContents['clock-set'] {
	const shown = (drift: ClockDrift | null) => drift && Math.round(wantedMs + drift.driftMs);
	return {
		...{ probe, wantedMs, beforeMs: shown(before), afterMs: shown(after) },
		...{ outcome: CLOCK_OUTCOMES[verdict], reason: reasonOf(reason) },
	};
}

/** A relay that waits for a hand did what it was told: no more can be done from here. */
const RELAY_OUTCOMES: Readonly<Record<RelayVerdict, Outcome>> = {
	done: 'done',
	'waits-for-hand': 'done',
	refused: 'refused',
	'no-change': 'refused',
	unknown: 'unknown',
};

const STANDINGS: Readonly<Record<RelayStanding, MeterAsRead['relay']>> = {
	closed: 'connected',
	open: 'disconnected',
	armed: 'ready-for-reconnection',
	contradictory: null,
	unknown: null,
};

export function relayProof(
	probe: ProbeAsMet,
	wish: RelayWish,
	{
		verdict,
		before,
		after,
	}: {
		readonly verdict: RelayVerdict;
		readonly before: RelayStanding;
		readonly after: RelayStanding;
	},
	reason: string,
): JournalContents['relay-switched'] {
	return {
		...{ probe, wanted: wish === 'disconnect' ? 'disconnected' : 'connected' },
		...{ before: STANDINGS[before], after: STANDINGS[after] },
		...{ outcome: RELAY_OUTCOMES[verdict], reason: reasonOf(reason) },
	};
}

/** A key that the meter shows as it was, or as nobody wanted it, was not changed as wanted. */
const KEY_OUTCOMES: Readonly<Record<KeyVerdict, Outcome>> = {
	'changed-as-wanted': 'done',
	unchanged: 'refused',
	'other-than-wanted': 'refused',
	unknown: 'unknown',
};

/** @param tokens sections that were handed over @param vendId whose set; null: keyed in */
export function keyRunProof(
	probe: ProbeAsMet,
	{ before, after, verdict }: KeyRun,
	tokens: number,
	vendId: string | null,
	framesDigest: string | null,
): JournalContents['key-change-run'] {
	return {
		...{ probe, vendId, tokens, framesDigest },
		before: before && keyAsRead(before),
		after: after && keyAsRead(after),
		outcome: verdict ? KEY_OUTCOMES[verdict] : 'unknown',
	};
}

const TRANSFERRED: readonly ImageRun['phase'][] = ['verify', 'verifying', 'verified'];
const VERIFIED: readonly ImageRun['phase'][] = ['ready', 'activate', 'activating'];

/** How far an image came. */
export function imageStage({
	phase,
	activationAsked,
	stopped,
}: ImageRun): JournalContents['firmware-transfer']['stage'] {
	if (phase === 'done') return 'activated';
	if (VERIFIED.includes(phase) || activationAsked) return 'verified';
	const unverified = stopped === 'verification-failed' || stopped === 'verification-refused';
	return TRANSFERRED.includes(phase) || unverified ? 'transferred' : 'broken-off';
}

/** A run that still waits for something is as yet unknown; one that the meter stopped was refused. */
const imageOutcome = ({ phase, stopped }: ImageRun): Outcome => {
	if (phase === 'done' || phase === 'ready') return 'done';
	const refused =
		phase === 'stopped' && stopped !== 'no-answer' && stopped !== 'activation-unknown';
	return refused ? 'refused' : 'unknown';
};

export function imageProof(
	probe: ProbeAsMet,
	run: ImageRun,
	{ before, after }: { readonly before: string | undefined; readonly after: string | undefined },
	reason: string,
): JournalContents['firmware-transfer'] {
	const FIRMWARE = 60;
	return {
		...{ probe, imageDigest: run.digest, identifier: run.identifier, sizeOctets: run.size },
		...{ blocksSent: run.nextBlock, stage: imageStage(run), outcome: imageOutcome(run) },
		firmwareBefore: oneLine(before, FIRMWARE),
		firmwareAfter: oneLine(after, FIRMWARE),
		reason: reasonOf(reason),
	};
}
