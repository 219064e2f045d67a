/**
 * One token as it comes to a delivery: its digits, and whatever is known of it. Its class stands in the
 * digits in the open (sts.md §4), so that what is claimed of it can be checked.
 */
import { splitToken } from '../../sts/decode.ts';
import { parseToken, type TokenNumberRefusal } from '../../sts/token-number.ts';
import type { ClassNumber } from '../../sts/transposition.ts';

/** What a token was sold as. */
export const TOKEN_KINDS = ['credit', 'fbe', 'free-issue', 'key-change', 'engineering'] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

export interface QueuedToken {
	/** Twenty digits; spaces and dashes between them are passed over. */
	readonly digits: string;
	/** Absent: nobody knows, a person typed it in. */
	readonly kind?: TokenKind;
	/** What the tokens of one key change, or of one vend, have in common: the vend's id. */
	readonly set?: string;
	/** 1-based place in that set. */
	readonly place?: number;
	/** The instant of its TID, or of the vend, epoch milliseconds. */
	readonly madeAtMs?: number;
	/**
	 * Made under the key that the meter has before the key change of this queue: it must go in first, since
	 * it is dead afterwards. Only where that is certainly known.
	 */
	readonly underOldKey?: boolean;
}

/** Why a token cannot be delivered, in order of precedence. */
export type QueuedTokenRefusal =
	| TokenNumberRefusal
	/** Class 3, which no meter has a use for. */
	| 'reserved-class'
	/** Its digits say that it is something else than it is called. */
	| 'another-kind';

/** The classes a kind may have: 0 credit, 1 tests for any meter, 2 for one meter. */
const CLASSES: Readonly<Record<TokenKind, readonly ClassNumber[]>> = {
	credit: [0],
	fbe: [0],
	'free-issue': [0],
	'key-change': [2],
	engineering: [1, 2],
};

/** A token whose digits are good, with its class. */
export type CheckedToken = QueuedToken & { readonly tokenClass: ClassNumber };

export function checkToken(
	token: QueuedToken,
): CheckedToken | { readonly refusal: QueuedTokenRefusal } {
	const parsed = parseToken(token.digits);
	if ('refusal' in parsed) return parsed;
	const split = splitToken(parsed.digits);
	if ('refusal' in split) throw new TypeError('good digits have a class');
	const { classNumber } = split;
	if (classNumber === 3) return { refusal: 'reserved-class' };
	if (token.kind && !CLASSES[token.kind].includes(classNumber)) return { refusal: 'another-kind' };
	return { ...token, digits: parsed.digits, tokenClass: classNumber };
}
