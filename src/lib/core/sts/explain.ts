/**
 * Twenty digits explained, for a person who holds them and not for a meter. From the digits alone: can
 * they be a token, of which class, and for class 1 everything. With keys: which key they are under and
 * all they say. Works without a network; the ground of the reject doctor.
 *
 * It never says more than is known: digits that no key fits are not for this meter, or mistyped, and
 * nothing can tell which.
 */
import type { Ea } from './algorithms.ts';
import type { Cipher } from './ciphers/cipher.ts';
import { decodeToken, readBlock, splitToken } from './decode.ts';
import { meaningOf, stampOf, type TokenMeaning, type TokenStamp } from './meaning.ts';
import { SUBCLASSES, subclassRow, type Token } from './subclasses.ts';
import type { BaseDate } from './tid.ts';
import type { TokenNumberRefusal } from './token-number.ts';
import type { ClassNumber } from './transposition.ts';

/** A key to try, with a name of the caller's choice and the base date its TIDs count from. */
export interface KnownKey {
	readonly name: string;
	readonly cipher: Cipher;
	readonly baseDate: BaseDate;
}

/** A token that could be read. */
export interface ReadToken {
	readonly classNumber: ClassNumber;
	readonly subclass: number;
	/** The standard's name for it. */
	readonly title: string;
	readonly meaning: TokenMeaning;
	/** When it was made; nothing for tokens without a TID. */
	readonly stamp?: TokenStamp;
	/** The key it is under; nothing for class 1. */
	readonly keyName?: string;
}

/** What can be said about some digits. */
export type Explanation =
	/** Not a token number at all. */
	| { readonly verdict: 'not-a-token'; readonly why: TokenNumberRefusal }
	/** Class 3: the standard keeps it back, and no meter takes it. */
	| { readonly verdict: 'reserved-class'; readonly classNumber: 3 }
	/** Class 1 whose check fails: mistyped. */
	| { readonly verdict: 'mistyped'; readonly classNumber: 1 }
	/** Class 0 or 2 without a key to try: only the class is open. `canBe` holds the standard's names. */
	| {
			readonly verdict: 'needs-key';
			readonly classNumber: 0 | 2;
			readonly canBe: readonly string[];
	  }
	/** Class 0 or 2, and none of the keys fits: for another meter or key, or mistyped. */
	| { readonly verdict: 'no-key-fits'; readonly classNumber: 0 | 2 }
	| { readonly verdict: 'read'; readonly token: ReadToken };

function namesOfClass(classNumber: ClassNumber): readonly string[] {
	const rows = SUBCLASSES.filter((row) => row.classNumber === classNumber);
	return [...new Set(rows.map(({ name }) => name))];
}

function readAs(token: Token, ea: Ea, key?: KnownKey): Explanation {
	const { classNumber, subclass } = token;
	const stamp = stampOf(token, key?.baseDate);
	return {
		verdict: 'read',
		token: {
			classNumber,
			subclass,
			title: subclassRow(classNumber, subclass, ea).name,
			meaning: meaningOf(token),
			...(stamp && { stamp }),
			...(key && { keyName: key.name }),
		},
	};
}

/** What the digits say, with the keys at hand tried in their order. Any text is answered; none throws. */
export function explainToken(text: string, keys: readonly KnownKey[] = []): Explanation {
	const split = splitToken(text);
	if ('refusal' in split) return { verdict: 'not-a-token', why: split.refusal };
	const { classNumber } = split;
	if (classNumber === 3) return { verdict: 'reserved-class', classNumber };
	if (classNumber === 1) {
		const token = readBlock(1, split.block, 7);
		return token ? readAs(token, 7) : { verdict: 'mistyped', classNumber };
	}
	if (keys.length === 0)
		return { verdict: 'needs-key', classNumber, canBe: namesOfClass(classNumber) };
	for (const key of keys) {
		const decoded = decodeToken(text, key.cipher);
		if ('token' in decoded) return readAs(decoded.token, key.cipher.ea, key);
	}
	return { verdict: 'no-key-fits', classNumber };
}
