/**
 * From fields to twenty digits (IEC 62055-41 6.4, sts.md §1.5): body, check, encryption for classes 0
 * and 2, class bits, decimal. The whole way of every token; what its fields mean is decided elsewhere.
 */
import type { Ea } from './algorithms.ts';
import type { Block } from './block.ts';
import type { Cipher } from './ciphers/cipher.ts';
import { subclassRow, type DefinedToken, type FieldsOf, type LayoutName } from './subclasses.ts';
import { packBody, sealBlock } from './token-block.ts';
import { bitsToDigits } from './token-number.ts';
import { insertClass, type ClassNumber } from './transposition.ts';

/** Class 1 is for any meter: it is encoded and read without a key, and no row of it depends on the algorithm. */
const EA_OF_CLASS_1: Ea = 7;

/** What a token is to say; its kind follows from class and subclass. */
export type TokenWish = Pick<DefinedToken, 'classNumber' | 'subclass' | 'fields'>;

/**
 * The plain block of a token.
 * @throws {RangeError} slip: a field out of its range, or a class and subclass the standard does not define
 */
export function encodeBlock(wish: TokenWish, ea: Ea = EA_OF_CLASS_1): Block {
	const row = subclassRow(wish.classNumber, wish.subclass, ea);
	if (row.kind === 'not-defined')
		throw new RangeError(`class ${wish.classNumber} subclass ${wish.subclass} is not defined`);
	const body = packBody(row.layout, wish.fields as FieldsOf<LayoutName>);
	return sealBlock(wish.classNumber, wish.subclass, body, row.check);
}

/** A plain block of a class as twenty digits, encrypted where the class calls for it. */
export function blockToDigits(classNumber: ClassNumber, block: Block, cipher?: Cipher): string {
	if (classNumber === 1) return bitsToDigits(insertClass(1, block));
	if (!cipher) throw new TypeError('a token of class 0 or 2 needs a cipher');
	return bitsToDigits(insertClass(classNumber, cipher.encrypt(block)));
}

/**
 * A token as twenty digits.
 * @param cipher the meter's decoder key; not looked at for class 1
 * @throws {RangeError} slip: as `encodeBlock`
 * @throws {TypeError} slip: class 0 or 2 without a cipher
 */
export function encodeToken(wish: TokenWish, cipher?: Cipher): string {
	return blockToDigits(wish.classNumber, encodeBlock(wish, cipher?.ea), cipher);
}
