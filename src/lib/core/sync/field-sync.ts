/**
 * How a device's journal comes to the backend: one entry after the other, decided purely. Answers and time
 * come in; how far the journal is, and whether it goes on, come out.
 *
 * What always holds: an entry counts as arrived by the backend's word only; an unknown outcome (no answer, a
 * 5xx) moves nothing, it only makes the same entry, with the same id, be sent again later; what stops the
 * journal has a name, and stays until its cause is gone.
 */
import type { FieldStopReason } from '#lib/core/field/keeping.ts';
import { backOffMs } from '#lib/core/units/back-off.ts';
import { canTryAgain, isRefusalCode } from '#lib/core/vending/refusals.ts';
import type { JournalHead } from './journal-chain.ts';
import type { DeliveryAnswer } from './wire-deliveries.ts';
import type { FieldDeviceAnswer } from './wire-field-devices.ts';
import type { Problem } from './wire.ts';

export interface FieldStop {
	readonly because: FieldStopReason;
	/** The entry it is about; null: none. */
	readonly sequence: number | null;
	/** By what code the backend refused; null: it was not the backend. */
	readonly code: string | null;
}

export interface FieldProgress {
	/** The last entry that is on the backend's disk; 0: none. */
	readonly acknowledged: number;
	/** Requests made in a row without a usable answer. */
	readonly attempts: number;
	/** Nothing is sent before this instant, unless a person asks. */
	readonly notBeforeMs: number;
	readonly updatedAtMs: number;
	/** The office has switched the device off. What was done before that still arrives. */
	readonly revoked: boolean;
	readonly stop: FieldStop | null;
}

/** Of a device that has sent nothing. It registers first. */
export const FIELD_START: FieldProgress = {
	acknowledged: 0,
	attempts: 0,
	notBeforeMs: 0,
	updatedAtMs: 0,
	revoked: false,
	stop: { because: 'not-registered', sequence: null, code: null },
};

const BACK_OFF = { firstMs: 2_000, lastMs: 300_000 };

/** The number of the entry to send now; undefined: none is due. */
export function decideNext(
	progress: FieldProgress,
	head: Pick<JournalHead, 'sequence'>,
	nowMs: number,
): number | undefined {
	const { acknowledged } = progress;
	return acknowledged < head.sequence && isFieldDue(progress, nowMs) ? acknowledged + 1 : undefined;
}

/** When something may be sent; undefined: not by itself. */
export function fieldDueMs(
	{ stop, acknowledged, notBeforeMs }: FieldProgress,
	head: Pick<JournalHead, 'sequence'>,
): number | undefined {
	return stop === null && acknowledged < head.sequence ? notBeforeMs : undefined;
}

/** One that would have to wait longer than any back-off was put off by a clock that was set back since. */
function isFieldDue({ stop, notBeforeMs }: FieldProgress, nowMs: number): boolean {
	return stop === null && (notBeforeMs <= nowMs || notBeforeMs > nowMs + BACK_OFF.lastMs);
}

/** What came of sending an entry. `unknown`: no answer, or one that says nothing about it. */
export type SendOutcome =
	| { readonly kind: 'answer'; readonly answer: DeliveryAnswer }
	| { readonly kind: 'problem'; readonly problem: Problem }
	| { readonly kind: 'unknown' };

/**
 * The progress after the entry `sent` was sent.
 * @param head the end of the journal on this device
 * @param chance a number in [0, 1)
 */
export function absorbSent(
	progress: FieldProgress,
	sent: JournalHead,
	head: Pick<JournalHead, 'sequence'>,
	outcome: SendOutcome,
	nowMs: number,
	chance: number,
): FieldProgress {
	switch (outcome.kind) {
		case 'answer':
			return absorbAnswer(progress, sent, head, outcome.answer, nowMs, chance);
		case 'problem':
			return absorbProblem(progress, sent, outcome.problem, nowMs, chance);
		case 'unknown':
			return later(progress, nowMs, chance);
	}
}

function absorbAnswer(
	progress: FieldProgress,
	sent: JournalHead,
	head: Pick<JournalHead, 'sequence'>,
	{ sequence, hash, expected }: DeliveryAnswer,
	nowMs: number,
	chance: number,
): FieldProgress {
	// An answer about something else says nothing about what was sent.
	if (sequence !== sent.sequence) return later(progress, nowMs, chance);
	if (hash !== sent.hash || expected > head.sequence + 1)
		return stopped(progress, 'fork', sent.sequence, null, nowMs);
	return heard(progress, Math.max(expected - 1, sent.sequence), nowMs);
}

function absorbProblem(
	progress: FieldProgress,
	sent: JournalHead,
	{ code, facts }: Problem,
	nowMs: number,
	chance: number,
): FieldProgress {
	if (code === 'journal-gap') {
		const expected = facts?.['expected'];
		// The backend has less than it said (a restored database): it gets what it misses.
		const goesBack = typeof expected === 'number' && expected >= 1 && expected < sent.sequence;
		return goesBack ? heard(progress, expected - 1, nowMs) : later(progress, nowMs, chance);
	}
	const because = STOPS_BY_CODE[code];
	if (because) return stopped(progress, because, sent.sequence, code, nowMs);
	// A code from a newer backend: what it means is not known here, so nothing is given up.
	if (!isRefusalCode(code) || canTryAgain(code)) return later(progress, nowMs, chance);
	return stopped(progress, 'refused', sent.sequence, code, nowMs);
}

const STOPS_BY_CODE: Readonly<Record<string, FieldStopReason>> = {
	'journal-fork': 'fork',
	'field-device-suspended': 'fork',
	'field-device-revoked': 'revoked',
	'field-device-unknown': 'not-registered',
	'sign-in-needed': 'sign-in',
	'session-ended': 'sign-in',
	'not-allowed': 'sign-in',
};

/** The progress after a problem with something else that was asked for the device, a pack for one. */
export function absorbDeviceProblem(
	progress: FieldProgress,
	code: string,
	nowMs: number,
): FieldProgress {
	const because = STOPS_BY_CODE[code];
	if (because === 'revoked') return { ...progress, revoked: true, updatedAtMs: nowMs };
	return because ? stopped(progress, because, null, code, nowMs) : progress;
}

/**
 * The progress after the backend said how it knows the device. It is the backend's word that counts: a journal
 * that the backend has further than we do, or otherwise, was forked.
 * @param hashHere of our entry with the number of the backend's last one; undefined: we have none
 */
export function absorbDevice(
	progress: FieldProgress,
	{ state, journal }: Pick<FieldDeviceAnswer, 'state' | 'journal'>,
	hashHere: string | undefined,
	nowMs: number,
): FieldProgress {
	// What is wrong with our own journal is not mended by hearing of the device.
	if (progress.stop?.because === 'journal-broken') return progress;
	const { sequence, hash } = journal;
	const known = { ...progress, revoked: state === 'revoked' };
	const agrees = sequence === 0 || hashHere === hash;
	if (state === 'suspended' || !agrees) return stopped(known, 'fork', sequence, null, nowMs);
	return heard(known, sequence, nowMs);
}

/** The progress of a journal that is not what was written on this device, from an entry on. */
export function stopBroken(
	progress: FieldProgress,
	sequence: number,
	nowMs: number,
): FieldProgress {
	return stopped(progress, 'journal-broken', sequence, null, nowMs);
}

/** Makes the next entry due now: a person asked, or the network came back. */
export function dueNow(progress: FieldProgress, nowMs: number): FieldProgress {
	return { ...progress, notBeforeMs: Math.min(progress.notBeforeMs, nowMs) };
}

function heard(progress: FieldProgress, acknowledged: number, nowMs: number): FieldProgress {
	return {
		...progress,
		acknowledged,
		attempts: 0,
		notBeforeMs: nowMs,
		updatedAtMs: nowMs,
		stop: null,
	};
}

function later(progress: FieldProgress, nowMs: number, chance: number): FieldProgress {
	const attempts = progress.attempts + 1;
	const notBeforeMs = nowMs + backOffMs(attempts, BACK_OFF, chance);
	return { ...progress, attempts, notBeforeMs, updatedAtMs: nowMs };
}

function stopped(
	progress: FieldProgress,
	because: FieldStopReason,
	sequence: number | null,
	code: string | null,
	nowMs: number,
): FieldProgress {
	const revoked = progress.revoked || because === 'revoked';
	return { ...progress, revoked, updatedAtMs: nowMs, stop: { because, sequence, code } };
}
