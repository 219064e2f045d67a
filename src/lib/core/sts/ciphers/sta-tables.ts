/**
 * The tables of the Standard Transfer Algorithm, EA07 (sts.md §7.1): two substitutions of a nibble and
 * one permutation of the 64 bits. They are not keys: the security of a token rests on the decoder key
 * alone. They are an argument of the cipher, so that an operator can put the Association's own file in
 * their place; `parseStaTables` reads one.
 */

/** Two substitutions of 16 values and a permutation of 64 bit places, bit 0 the least significant. */
export interface StaTables {
	/** Taken where the key's selector bit is 0. */
	readonly s1: readonly number[];
	/** Taken where the key's selector bit is 1. */
	readonly s2: readonly number[];
	/** Bit `i` of the input becomes bit `p[i]` of the output. */
	readonly p: readonly number[];
}

/** The tables that meters in the field carry. */
export const STA_TABLES: StaTables = {
	s1: [14, 10, 7, 9, 12, 3, 2, 5, 13, 0, 15, 1, 4, 8, 6, 11],
	s2: [12, 8, 2, 13, 7, 6, 1, 3, 11, 5, 9, 15, 0, 4, 10, 14],
	p: [
		55, 42, 10, 18, 24, 21, 44, 35, 2, 22, 56, 43, 27, 58, 9, 50, 6, 36, 12, 61, 37, 38, 53, 16, 62,
		3, 7, 4, 32, 20, 63, 25, 51, 52, 54, 33, 49, 19, 46, 29, 48, 31, 23, 30, 41, 28, 13, 5, 40, 60,
		39, 11, 15, 17, 1, 0, 57, 34, 59, 8, 47, 14, 45, 26,
	],
};

/** Why a file is not a set of STA tables, in order of precedence. */
export type StaTablesRefusal =
	'not-tables' | 's1-not-a-permutation' | 's2-not-a-permutation' | 'p-not-a-permutation';

function isPermutation(values: unknown, length: number): values is readonly number[] {
	return (
		Array.isArray(values) &&
		values.length === length &&
		new Set(values).size === length &&
		values.every((value) => Number.isInteger(value) && value >= 0 && value < length)
	);
}

/** An operator's tables, read from JSON `{"s1": […16], "s2": […16], "p": […64]}`. */
export function parseStaTables(
	value: unknown,
): { tables: StaTables } | { refusal: StaTablesRefusal } {
	if (typeof value !== 'object' || value === null) return { refusal: 'not-tables' };
	const { s1, s2, p } = value as Record<string, unknown>;
	if (!isPermutation(s1, 16)) return { refusal: 's1-not-a-permutation' };
	if (!isPermutation(s2, 16)) return { refusal: 's2-not-a-permutation' };
	if (!isPermutation(p, 64)) return { refusal: 'p-not-a-permutation' };
	return { tables: { s1: [...s1], s2: [...s2], p: [...p] } };
}
