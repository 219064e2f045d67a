/**
 * A key change or rollover of one meter as a run that outlives the page: the key before (class 116), the
 * set delivered by somebody else, the key after, and a verdict by name. Plain JSON.
 *
 * Always holds: nothing is called changed that the meter does not show; what the meter does not show is
 * unknown.
 */
import * as v from 'valibot';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import { isKeyType, isKeyTypeChangePermitted } from '#lib/core/sts/key-type.ts';
import type { PlannedRead } from '../batch.ts';
import type { StsKey } from '../glance/sts-attributes.ts';

export const KEY_RUN_VERSION = 1;

const whole = (least: number, most: number) =>
	v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const sgc = v.pipe(v.string(), v.regex(/^\d{6}$/));

const seen = v.strictObject({
	ea: v.exactOptional(whole(0, 99)),
	sgc: v.exactOptional(sgc),
	ti: v.exactOptional(whole(0, 99)),
	krn: v.exactOptional(whole(1, 9)),
	kt: v.exactOptional(whole(0, 3)),
	ken: v.exactOptional(whole(0, 255)),
});

const wanted = v.strictObject({
	ea: whole(0, 99),
	sgc,
	ti: whole(0, 99),
	krn: whole(1, 9),
	kt: whole(0, 3),
	ken: whole(0, 255),
});

/** What came of the delivery: every section taken, one of them refused, or nobody knows. */
export const SET_DELIVERIES = ['taken', 'refused', 'unknown'] as const;
export type SetDelivery = (typeof SET_DELIVERIES)[number];

export const KEY_VERDICTS = [
	'changed-as-wanted',
	'unchanged',
	'other-than-wanted',
	/** The meter does not show enough of its key to tell. */
	'unknown',
] as const;
export type KeyVerdict = (typeof KEY_VERDICTS)[number];

const run = v.strictObject({
	version: v.literal(KEY_RUN_VERSION),
	drn: v.pipe(v.string(), v.regex(/^(?:\d{11}|\d{13})$/)),
	wanted,
	/** Tokens of the set: 2, 3 or 4. */
	tokens: whole(2, 4),
	/** Whether the set carries the rollover bit: the meter then forgets the tokens it took. */
	rollover: v.boolean(),
	phase: v.picklist(['before', 'deliver', 'after', 'done']),
	before: v.nullable(seen),
	delivery: v.nullable(v.picklist(SET_DELIVERIES)),
	after: v.nullable(seen),
	verdict: v.nullable(v.picklist(KEY_VERDICTS)),
});
export type KeyRun = v.InferOutput<typeof run>;
export type WantedKey = KeyRun['wanted'];

/** What `JSON.parse` gave as a run; undefined for anything else. */
export function parseKeyRun(json: unknown): KeyRun | undefined {
	const parsed = v.safeParse(run, json);
	return parsed.success ? parsed.output : undefined;
}

/** A run that is to begin. */
export const beginKeyRun = (
	plan: Pick<KeyRun, 'drn' | 'wanted' | 'tokens' | 'rollover'>,
): KeyRun => ({
	version: KEY_RUN_VERSION,
	...plan,
	phase: 'before',
	before: null,
	delivery: null,
	after: null,
	verdict: null,
});

/** Class 116 and what of it tells number and key: PAN, algorithm, group, index, revision, type, expiry, set. */
const STS_CLASS = 116;
const KEY_ATTRIBUTES = [2, 5, 6, 7, 8, 9, 10, 11];

/** What is read of a meter before and after. */
export const keyReads = (logicalName: Obis): PlannedRead[] =>
	KEY_ATTRIBUTES.map((attribute) => ({ classId: STS_CLASS, logicalName, attribute }));

/** Why a set is not delivered, in order of precedence. */
export const KEY_RUN_REFUSALS = [
	'other-meter',
	'other-algorithm',
	'already-so',
	'set-not-supported',
	'key-type-change',
] as const;
export type KeyRunRefusal = (typeof KEY_RUN_REFUSALS)[number];

/** What the meter shows before the delivery. */
export interface KeyBefore {
	/** Undefined where the meter does not tell its number. */
	readonly drn: string | undefined;
	readonly key: StsKey;
	/** no_of_kct_supported; undefined where it does not tell. */
	readonly keyChangeTokens: number | undefined;
}

/** Takes the key before: the run goes on to the delivery, or says why there is none. */
export function takeKeyBefore(
	keyRun: KeyRun,
	{ drn, key, keyChangeTokens }: KeyBefore,
): { readonly run: KeyRun } | { readonly refusal: KeyRunRefusal } {
	const { wanted: to, tokens } = keyRun;
	if (drn !== undefined && drn !== keyRun.drn) return { refusal: 'other-meter' };
	if (key.ea !== undefined && key.ea !== to.ea) return { refusal: 'other-algorithm' };
	if (compareKey(key, to, tokens) === 'same') return { refusal: 'already-so' };
	// Some meters tell 0 for "does not say".
	if (keyChangeTokens && keyChangeTokens < tokens) return { refusal: 'set-not-supported' };
	if (key.kt !== undefined && isKeyType(key.kt) && isKeyType(to.kt))
		if (!isKeyTypeChangePermitted(key.kt, to.kt)) return { refusal: 'key-type-change' };
	return { run: { ...keyRun, phase: 'deliver', before: { ...key } } };
}

/** Takes what came of the delivery; whatever it was, the key is read again. */
export const takeSetDelivery = (keyRun: KeyRun, delivery: SetDelivery): KeyRun => ({
	...keyRun,
	phase: 'after',
	delivery,
});

/** Takes the key after: the run is done. @param key null where it was not to be read */
export function takeKeyAfter(keyRun: KeyRun, key: StsKey | null): KeyRun {
	const verdict = judgeKey(keyRun, key);
	return { ...keyRun, phase: 'done', after: key && { ...key }, verdict };
}

function judgeKey({ wanted: to, before, tokens }: KeyRun, after: StsKey | null): KeyVerdict {
	if (!after) return 'unknown';
	const compared = compareKey(after, to, tokens);
	if (compared === 'same') return 'changed-as-wanted';
	if (compared === 'unknown') return 'unknown';
	return before && isAsBefore(after, before) ? 'unchanged' : 'other-than-wanted';
}

const COMPARED = ['ti', 'krn', 'kt', 'ken'] as const;
/** A set of two carries no supply group; the meter then shows none (sts.md §13.10). */
const NO_SGC = '000000';

/**
 * How a key that a meter shows stands to the one wanted. Only what is shown counts; `unknown` where the
 * revision is not shown, or everything shown fits and something is missing.
 */
function compareKey(key: StsKey, to: WantedKey, tokens: number): 'same' | 'other' | 'unknown' {
	const shown = COMPARED.filter((name) => key[name] !== undefined);
	if (shown.some((name) => key[name] !== to[name])) return 'other';
	const without = tokens === 2 && key.sgc === NO_SGC;
	if (key.sgc !== undefined && key.sgc !== to.sgc && !without) return 'other';
	// An expiry number need not be shown: meters may do without (sts.md §6.9).
	const needed = shown.filter((name) => name !== 'ken').length;
	return needed === COMPARED.length - 1 && key.sgc !== undefined ? 'same' : 'unknown';
}

function isAsBefore(after: StsKey, before: StsKey): boolean {
	return [...COMPARED, 'sgc' as const].every((name) => after[name] === before[name]);
}
