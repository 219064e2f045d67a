/**
 * How the two class bits enter a token (IEC 62055-41 6.4.2, sts.md §4): they take the places of block
 * bits 28 and 27, and those two move up to the front as bits 65 and 64. So the class of any token can be
 * read without a key.
 */
import type { Block } from './block.ts';
import type { TokenBits } from './token-number.ts';

/** Class of a token: 0 credit, 1 for any meter, 2 for one meter, 3 reserved. */
export type ClassNumber = 0 | 1 | 2 | 3;

const CLASS_SHIFT = 27;
const CLASS_MASK = 3 << CLASS_SHIFT;

/** Puts the class bits into a (ciphered, or for class 1 plain) block. */
export function insertClass(classNumber: ClassNumber, block: Block): TokenBits {
	return {
		top: (block.low >>> CLASS_SHIFT) & 3,
		rest: {
			high: block.high,
			low: ((block.low & ~CLASS_MASK) | (classNumber << CLASS_SHIFT)) >>> 0,
		},
	};
}

/** Takes the class bits out of a token and gives the block its own bits back. */
export function removeClass(bits: TokenBits): { classNumber: ClassNumber; block: Block } {
	return {
		classNumber: ((bits.rest.low >>> CLASS_SHIFT) & 3) as ClassNumber,
		block: {
			high: bits.rest.high,
			low: ((bits.rest.low & ~CLASS_MASK) | (bits.top << CLASS_SHIFT)) >>> 0,
		},
	};
}
