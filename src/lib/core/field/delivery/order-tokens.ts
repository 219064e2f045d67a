/**
 * The order in which a meter gets its tokens. Credit under the old key comes first, where that is known;
 * then key changes, section by section, since what is sold with one is under the new key; then the rest,
 * oldest first, since a meter refuses a TID older than the oldest it remembers.
 */
import type { CheckedToken } from './queued-token.ts';

/** Drops every token whose digits came before; the first one stays. */
export function withoutRepeats(tokens: readonly CheckedToken[]): CheckedToken[] {
	const seen = new Set<string>();
	return tokens.filter(({ digits }) => !seen.has(digits) && seen.add(digits));
}

/** The order of entry; what nothing is known of keeps its place among the rest. */
export function orderTokens(tokens: readonly CheckedToken[]): CheckedToken[] {
	const oldKey = tokens.filter(isUnderOldKey);
	const keyChanges = tokens.filter((token) => token.kind === 'key-change');
	const rest = tokens.filter((token) => !isUnderOldKey(token) && token.kind !== 'key-change');
	return [...oldestFirst(oldKey), ...bySections(keyChanges), ...oldestFirst(rest)];
}

const isUnderOldKey = (token: CheckedToken): boolean =>
	token.underOldKey === true && token.kind !== 'key-change';

/** Sorts those whose age is known among the places they have; a stable sort keeps the person's order. */
function oldestFirst(tokens: readonly CheckedToken[]): CheckedToken[] {
	const sorted = tokens
		.filter(({ madeAtMs }) => madeAtMs !== undefined)
		.toSorted((a, b) => age(a) - age(b) || place(a, b));
	return tokens.map((token) =>
		token.madeAtMs === undefined ? token : (sorted.shift() as CheckedToken),
	);
}

/** Sets oldest first, then as they came; in a set its sections in their order. */
function bySections(tokens: readonly CheckedToken[]): CheckedToken[] {
	const sets = [...Map.groupBy(tokens, ({ set }) => set ?? '').values()];
	return sets
		.toSorted(([a], [b]) => age(a as CheckedToken) - age(b as CheckedToken))
		.flatMap((set) => set.toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0)));
}

/** What nobody knows the age of counts as the oldest. */
const age = ({ madeAtMs = 0 }: CheckedToken): number => madeAtMs;

/** Tokens of one vend have one age. */
const place = (a: CheckedToken, b: CheckedToken): number =>
	a.set === b.set ? (a.place ?? 0) - (b.place ?? 0) : 0;
