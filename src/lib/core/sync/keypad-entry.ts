/**
 * Tokens being keyed in by hand, as a value that is stored after every tap: which are in by the person's
 * own word, how many groups of the next are typed, and when the last tap was. It proves nothing of the
 * meter. A clock that was set back never keeps anybody waiting.
 */
import { INTER_DIGIT_TIMEOUT_MS } from '../meter/keypad.ts';
import { USUAL_DECODER } from '../sts/decoder/decoder.ts';
import { GROUP_DIGITS, TOKEN_DIGITS } from '../sts/token-number.ts';
import type { KeySetState } from '../vending/reject-doctor/diagnose.ts';
import type { Token } from './wire.ts';

/** Groups of a token. */
export const TOKEN_GROUPS = TOKEN_DIGITS / GROUP_DIGITS;

/** One purchase at the keypad. */
export interface KeypadEntry {
	/** The purchase. */
	readonly id: string;
	/** The meter it is for. */
	readonly drn: string;
	/** When each token went in, in their order; as many as are in. Epoch milliseconds of this device. */
	readonly takenMs: readonly number[];
	/** Groups of the next token that are typed; five: Enter is to be pressed, or was. */
	readonly group: number;
	/** When the last group was typed; 0: none is. */
	readonly tapMs: number;
	/** Times that the next token was refused. */
	readonly refusals: number;
}

/** Nothing keyed in. */
export function startEntry(id: string, drn: string): KeypadEntry {
	return { id, drn, takenMs: [], group: 0, tapMs: 0, refusals: 0 };
}

/** The lit group is typed. */
export function typeGroup(entry: KeypadEntry, nowMs: number): KeypadEntry {
	return { ...entry, group: Math.min(entry.group + 1, TOKEN_GROUPS), tapMs: nowMs };
}

/** One group back: it counts as not typed. */
export function backGroup(entry: KeypadEntry, nowMs: number): KeypadEntry {
	const group = Math.max(0, entry.group - 1);
	return { ...entry, group, tapMs: group === 0 ? 0 : nowMs };
}

/** The token from its first group. */
export function beginAgain(entry: KeypadEntry): KeypadEntry {
	return { ...entry, group: 0, tapMs: 0 };
}

/** The display still shows what was typed: the wait for the next digit starts anew. */
export function stillThere(entry: KeypadEntry, nowMs: number): KeypadEntry {
	return { ...entry, tapMs: nowMs };
}

/** The meter took the token, by the person's own word. */
export function tokenTaken(entry: KeypadEntry, nowMs: number): KeypadEntry {
	return { ...beginAgain(entry), takenMs: [...entry.takenMs, nowMs], refusals: 0 };
}

/** The meter did not take it: it is to be typed from the start. */
export function tokenRefused(entry: KeypadEntry): KeypadEntry {
	return { ...beginAgain(entry), refusals: entry.refusals + 1 };
}

/** The person says at which token they are: those before are in, that one and those after are not. */
export function goToToken(entry: KeypadEntry, place: number, nowMs: number): KeypadEntry {
	const kept = entry.takenMs.slice(0, place);
	const takenMs = [...kept, ...Array.from({ length: place - kept.length }, () => nowMs)];
	return { ...beginAgain(entry), takenMs, refusals: 0 };
}

/**
 * What is left of a time, 0 … `lengthMs`. The screen's clock may lag a little behind the tap; one that is
 * behind by more than the time itself was set back, and then all of it is gone.
 */
function left(sinceMs: number, lengthMs: number, nowMs: number): number {
	const passed = nowMs - sinceMs;
	return passed < -lengthMs ? 0 : Math.max(0, Math.min(lengthMs, lengthMs - passed));
}

/** How long the meter still waits for the next digit; null: nothing of a token is typed. */
export function digitWaitMs({ group, tapMs }: KeypadEntry, nowMs: number): number | null {
	return group === 0 || group === TOKEN_GROUPS ? null : left(tapMs, INTER_DIGIT_TIMEOUT_MS, nowMs);
}

/** Places of the key-change tokens among the tokens of a purchase: they stand side by side. */
function keyPlaces(tokens: readonly Pick<Token, 'kind'>[]): number[] {
	return tokens.flatMap(({ kind }, at) => (kind === 'key-change' ? [at] : []));
}

const KEY_CHANGE_MS = USUAL_DECODER.keyChangeTimeoutMs;

/**
 * How long most meters still wait for the rest of a key-change set; null: none is under way. 0: they
 * have dropped what came, and the set starts from its first.
 */
export function keySetWaitMs(
	tokens: readonly Pick<Token, 'kind'>[],
	{ takenMs }: KeypadEntry,
	nowMs: number,
): number | null {
	const places = keyPlaces(tokens);
	const lastIn = takenMs.length - 1;
	const underWay = places.includes(lastIn) && places.includes(lastIn + 1);
	return underWay ? left(takenMs[lastIn] as number, KEY_CHANGE_MS, nowMs) : null;
}

/** The place at which a purchase's key-change set starts; null: it has none. */
export function firstKeyPlace(tokens: readonly Pick<Token, 'kind'>[]): number | null {
	return keyPlaces(tokens)[0] ?? null;
}

/** Where the key-change set of a purchase is, by what is written down of it. */
export function keySetOf(
	tokens: readonly Pick<Token, 'kind'>[],
	entry: KeypadEntry | undefined,
): KeySetState {
	const places = keyPlaces(tokens);
	if (places.length === 0) return 'none';
	const times = places.flatMap((at) => entry?.takenMs[at] ?? []);
	if (times.length === 0) return 'unknown';
	if (times.length < places.length) return 'half';
	const isSlow = times.some((ms, at) => at > 0 && ms - (times[at - 1] as number) > KEY_CHANGE_MS);
	return isSlow ? 'slow' : 'done';
}
