/**
 * From twenty digits back to fields: the exact reverse of `encode.ts`, and the first half of what a
 * meter does. The check decides whether the key was the right one; a wrong key, a wrong meter and a
 * typing slip look the same (sts.md §13.2).
 */
import type { Block } from './block.ts';
import type { Cipher } from './ciphers/cipher.ts';
import { subclassRow, type FieldsOf, type LayoutName, type Token } from './subclasses.ts';
import { bodyOf, isCheckRight, subclassOf, unpackBody } from './token-block.ts';
import { digitsToBits, parseToken, type TokenNumberRefusal } from './token-number.ts';
import { removeClass, type ClassNumber } from './transposition.ts';

/** Why digits cannot be read as a token, in order of precedence. */
export type DecodeRefusal = TokenNumberRefusal | 'reserved-class' | 'needs-key' | 'check-failed';

/** A token that was read, with the plain block it came from. */
export interface DecodedToken {
	readonly token: Token;
	readonly block: Block;
}

/** The class of a token and its block, still encrypted for classes 0 and 2. Needs no key. */
export function splitToken(
	text: string,
): { classNumber: ClassNumber; block: Block } | { refusal: TokenNumberRefusal } {
	const parsed = parseToken(text);
	return 'refusal' in parsed ? parsed : removeClass(digitsToBits(parsed.digits));
}

/** The fields of a plain block, or nothing when its check does not hold. */
export function readBlock(
	classNumber: ClassNumber,
	block: Block,
	ea: Cipher['ea'],
): Token | undefined {
	const subclass = subclassOf(block);
	const row = subclassRow(classNumber, subclass, ea);
	if (!isCheckRight(classNumber, block, row.check)) return undefined;
	const fields: FieldsOf<LayoutName> = unpackBody(row.layout, bodyOf(block));
	// The table ties kind to layout; the compiler cannot follow a look-up by number.
	return { kind: row.kind, classNumber, subclass, fields } as unknown as Token;
}

/**
 * Reads twenty digits, spaces allowed. Class 1 needs no key; classes 0 and 2 need the meter's.
 */
export function decodeToken(
	text: string,
	cipher?: Cipher,
): DecodedToken | { refusal: DecodeRefusal } {
	const split = splitToken(text);
	if ('refusal' in split) return split;
	const { classNumber } = split;
	if (classNumber === 3) return { refusal: 'reserved-class' };
	if (classNumber !== 1 && !cipher) return { refusal: 'needs-key' };
	const block = classNumber === 1 || !cipher ? split.block : cipher.decrypt(split.block);
	const token = readBlock(classNumber, block, cipher?.ea ?? 7);
	return token ? { token, block } : { refusal: 'check-failed' };
}
