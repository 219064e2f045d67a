/**
 * The reject doctor: from what the display says, what was typed and where, to the likely cause. It asks
 * one thing at a time and only what can still change its mind; no network, no clock, no key.
 *
 * A meter cannot tell a slip from a wrong meter or a wrong key (a failed check, sts.md §13.2), so digits
 * and number are compared before anything else is said, and what then is left is called unclear.
 */
import { parseDrn, type DrnRefusal } from '../../sts/drn.ts';
import { latinDigits } from '../../units/digits.ts';
import type { Cause } from './causes.ts';
import { isTakenSaying, type Saying } from './sayings.ts';
import { findSlip } from './slip.ts';

/** Where the key-change tokens are that the meter needs before, or with, this token. */
export type KeySetState =
	/** None is known of. */
	| 'none'
	/** Nobody has said whether they are in. */
	| 'unknown'
	| 'open'
	| 'half'
	/** All are in, but further apart than most meters wait. */
	| 'slow'
	| 'done'
	/** A set went in that is younger than this token. */
	| 'younger';

/** What is known. A member left out was not asked yet; null: the person cannot say. */
export interface RejectFacts {
	readonly saying: Saying;
	/** The twenty digits. */
	readonly digits: string;
	/** It is one of a key-change set. */
	readonly isKeyPart: boolean;
	/** The meter the token was made for. */
	readonly drn: string;
	/** What the person typed, as they type it again. */
	readonly typed?: string | null;
	/** The number on the meter they stand at. */
	readonly meter?: string | null;
	readonly keySet: KeySetState;
	/** The person's answer where `keySet` is unknown: whether the meter took them all. */
	readonly keySetTaken?: boolean;
	/** Other tokens of this device, twenty digits each. */
	readonly others: readonly string[];
	/** By the person's own word the meter took this token before. */
	readonly takenBefore: boolean;
	/** By the person's own word a token that was made later for this meter went in before. */
	readonly newerTaken: boolean;
	/** Times that this token was refused, this time counted. */
	readonly refusals: number;
	/** Until when the meter should have been locked before this entry; not after `nowMs`: it should not. */
	readonly lockedBeforeMs: number;
	/** Until when most meters are locked now. */
	readonly lockedUntilMs: number;
	readonly nowMs: number;
}

/** What the doctor may ask. */
export type Question = 'typed' | 'meter' | 'key-set';

export type Diagnosis =
	/** The meter took it: there is nothing to find. */
	| { readonly kind: 'none' }
	| {
			readonly kind: 'ask';
			readonly question: Question;
			/** Why the last answer is none: the meter's number cannot be right. */
			readonly refusal?: DrnRefusal;
	  }
	| { readonly kind: 'cause'; readonly cause: Cause };

const because = (cause: Cause): Diagnosis => ({ kind: 'cause', cause });
const ask = (question: Question): Diagnosis => ({ kind: 'ask', question });

/** What was typed, held against the token. */
function judgeTyped({ digits, typed, others }: RejectFacts): Diagnosis | undefined {
	if (typed === undefined) return ask('typed');
	const plain = latinDigits(typed ?? '').replace(/\D/g, '');
	const slip = plain === '' ? null : findSlip(digits, plain);
	if (!slip) return undefined;
	return because(others.includes(plain) ? { name: 'another-token' } : { name: 'slip', slip });
}

/** The meter's number, held against the one that the token was made for. */
function judgeMeter({ drn, meter }: RejectFacts): Diagnosis | undefined {
	if (meter === undefined) return ask('meter');
	if (meter === null) return undefined;
	const parsed = parseDrn(meter);
	if ('refusal' in parsed) return { kind: 'ask', question: 'meter', refusal: parsed.refusal };
	return parsed.drn === drn ? undefined : because({ name: 'other-meter' });
}

/** Whether the meter can have the key that the token was made under. */
function judgeKeySet(facts: RejectFacts): Diagnosis | undefined {
	const { isKeyPart, keySet, keySetTaken } = facts;
	if (keySet === 'younger') return because({ name: 'old-key' });
	if (isKeyPart) return keySet === 'done' ? because({ name: 'key-set-done' }) : undefined;
	switch (keySet) {
		case 'unknown':
			if (keySetTaken === undefined) return ask('key-set');
			return keySetTaken ? undefined : because({ name: 'key-set-first' });
		case 'open':
			return because({ name: 'key-set-first' });
		case 'half':
			return because({ name: 'key-set-half' });
		case 'slow':
			return because({ name: 'key-set-slow' });
		default:
			return undefined;
	}
}

/** A display that says no more than no: every cause is looked for, what costs least to ask first. */
function judgeRefused(facts: RejectFacts): Diagnosis {
	if (facts.lockedBeforeMs > facts.nowMs)
		return because({ name: 'locked', untilMs: facts.lockedBeforeMs });
	if (facts.takenBefore && !facts.isKeyPart) return because({ name: 'used' });
	return judgeCheck(facts, facts.newerTaken ? { name: 'newer-first' } : undefined);
}

/** The meter could not read the token. @param last the cause where nothing else is found */
function judgeCheck(facts: RejectFacts, last?: Cause): Diagnosis {
	return (
		judgeTyped(facts) ??
		judgeMeter(facts) ??
		judgeKeySet(facts) ??
		because(last ?? { name: facts.refusals > 1 ? 'unclear-again' : 'unclear' })
	);
}

/** The next thing to ask, or the cause; always the same for the same facts. */
export function diagnose(facts: RejectFacts): Diagnosis {
	const { saying, isKeyPart, keySet, newerTaken } = facts;
	if (isTakenSaying(saying))
		// A credit that is answered like a key part: it was a key part that was typed.
		return saying === 'key-part' && !isKeyPart
			? because({ name: 'another-token' })
			: { kind: 'none' };
	switch (saying) {
		case 'refused':
		case 'something-else':
			return judgeRefused(facts);
		case 'wrong-token':
		case 'no-token':
			return judgeCheck(facts);
		case 'used':
			return because({ name: 'used' });
		case 'old':
			return because({ name: newerTaken ? 'newer-first' : 'too-old' });
		case 'expired':
			return because({ name: 'key-expired' });
		case 'factory-key':
			return keySet === 'none' || keySet === 'younger'
				? because({ name: 'factory-key' })
				: (judgeKeySet(facts) ?? because({ name: 'factory-key' }));
		case 'too-full':
			return because({ name: 'too-full' });
		case 'locked':
			return because({ name: 'locked', untilMs: facts.lockedUntilMs });
		case 'other-make':
			return because({ name: 'other-make' });
		case 'not-possible':
			return because({ name: 'not-possible' });
		case 'timed-out':
			return because({ name: 'forgot' });
		case 'nothing':
			return because({ name: facts.refusals > 1 ? 'dark-again' : 'dark' });
	}
}
