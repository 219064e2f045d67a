/** Which tokens of a meter's vends a pack carries, and in which order they are entered: pure. */
import type { FieldState } from '#lib/core/sync/wire-deliveries.ts';
import { MAX_UNDELIVERED_VENDS, type TokensWanted } from '#lib/core/sync/wire-jobs.ts';

/** A token of a vend, and what technicians' journals say of it. */
export interface KnownToken {
	readonly sequence: number;
	readonly kind: string;
	/** Null: nothing. */
	readonly delivery: FieldState | null;
}

/** An issued vend of the meter. */
export interface KnownVend<Token extends KnownToken = KnownToken> {
	readonly id: string;
	/** When its tokens were made. One vend of a meter is in the making at a time. */
	readonly madeAtMs: number;
	/** In their order of entry. */
	readonly tokens: readonly Token[];
}

/**
 * The tokens that are wanted and not known to be in the meter, in the order of entry: as they were made, so
 * that a credit under the old key goes before the set that ends it, and the set before what is under the new
 * one.
 * @param vends the named ones, and the newest of the meter, in any order
 */
export function chooseTokens<Token extends KnownToken>(
	vends: readonly KnownVend<Token>[],
	wanted: readonly TokensWanted[],
): { vendId: string; of: number; token: Token }[] {
	const inOrder = [...vends].sort(
		(one, other) => one.madeAtMs - other.madeAtMs || (one.id < other.id ? -1 : 1),
	);
	const named = new Set(wanted.flatMap((one) => (one.which === 'vends' ? one.vendIds : [])));
	const all = wanted.some(({ which }) => which === 'undelivered') ? openEnd(inOrder) : [];
	return inOrder
		.filter((vend) => named.has(vend.id) || all.includes(vend))
		.flatMap((vend) =>
			leftOf(vend).map((token) => ({ vendId: vend.id, of: vend.tokens.length, token })),
		);
}

/** The vends after the last one that is wholly in the meter, of the newest few. */
function openEnd<Vend extends KnownVend>(inOrder: readonly Vend[]): readonly Vend[] {
	const lastIn = inOrder.findLastIndex((vend) => leftOf(vend).length === 0);
	return inOrder.slice(lastIn + 1).slice(-MAX_UNDELIVERED_VENDS);
}

/** A meter forgets the sections of a key-change set that is not whole in time: the set is entered anew. */
function leftOf<Token extends KnownToken>({ tokens }: KnownVend<Token>): Token[] {
	const isIn = ({ delivery }: KnownToken) => delivery === 'delivered';
	const isSection = ({ kind }: KnownToken) => kind === 'key-change';
	const isSetIn = tokens.filter(isSection).every(isIn);
	return tokens.filter((token) => (isSection(token) ? !isSetIn : !isIn(token)));
}
