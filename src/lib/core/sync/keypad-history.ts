/**
 * What the purchases of this device say about one token of one meter: the key-change set it needs, whether
 * a newer one went in before it, which older ones nobody has said anything of.
 */
import type { KeySetState } from '../vending/reject-doctor/diagnose.ts';
import { keySetOf, type KeypadEntry } from './keypad-entry.ts';
import type { Token } from './wire.ts';

/** A purchase that has its tokens. */
export interface IssuedVend {
	readonly id: string;
	readonly issuedAtMs: number;
	/** In the order of entry. */
	readonly tokens: readonly Pick<Token, 'kind' | 'digits'>[];
}

/** A token's place among all those of its meter. */
export interface TokenHistory {
	readonly keySet: KeySetState;
	/** The purchase with that set; null where there is none. */
	readonly keySetVend: string | null;
	/** A token of a purchase that was made later is in. */
	readonly newerTaken: boolean;
	/** Digits of every other token for the meter. */
	readonly others: readonly string[];
	/** Purchases made before of which not all tokens are said to be in, the oldest first. */
	readonly olderOpen: readonly string[];
}

type Entries = ReadonlyMap<string, KeypadEntry>;

const hasKeys = ({ tokens }: IssuedVend): boolean =>
	tokens.some(({ kind }) => kind === 'key-change');

function findKeySet(
	vend: IssuedVend,
	older: readonly IssuedVend[],
	newer: readonly IssuedVend[],
	entries: Entries,
): Pick<TokenHistory, 'keySet' | 'keySetVend'> {
	const state = ({ id, tokens }: IssuedVend) => keySetOf(tokens, entries.get(id));
	const younger = newer.find((other) => state(other) === 'done');
	if (younger) return { keySet: 'younger', keySetVend: younger.id };
	const due = hasKeys(vend) ? vend : older.findLast(hasKeys);
	return due ? { keySet: state(due), keySetVend: due.id } : { keySet: 'none', keySetVend: null };
}

/**
 * @param vends those of one meter, in any order, `id` among them
 * @param place of the token in its purchase, from 0
 * @throws {RangeError} slip: `id` is not among them
 */
export function tokenHistory(
	vends: readonly IssuedVend[],
	entries: Entries,
	id: string,
	place: number,
): TokenHistory {
	const sorted = [...vends].sort((a, b) => a.issuedAtMs - b.issuedAtMs || (a.id < b.id ? -1 : 1));
	const at = sorted.findIndex((vend) => vend.id === id);
	const vend = sorted[at];
	if (!vend) throw new RangeError('the purchase is not among those of the meter');
	const [older, newer] = [sorted.slice(0, at), sorted.slice(at + 1)];
	const taken = (other: IssuedVend): number => entries.get(other.id)?.takenMs.length ?? 0;
	const own = vend.tokens[place]?.digits;
	return {
		...findKeySet(vend, older, newer, entries),
		newerTaken: newer.some((other) => taken(other) > 0),
		others: sorted
			.flatMap(({ tokens }) => tokens.map(({ digits }) => digits))
			.filter((d) => d !== own),
		olderOpen: older.filter((other) => taken(other) < other.tokens.length).map((other) => other.id),
	};
}
