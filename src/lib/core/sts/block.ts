/**
 * The 64-bit block that a token is made of and a cipher works on, as two unsigned 32-bit halves: plain
 * number arithmetic, because a phone does some thirty times fewer operations per second on BigInt.
 * `high` holds bits 63..32, `low` bits 31..0; both are always whole and 0 … 2³²−1.
 */

/** Bits 63..32 and bits 31..0 of a block, each unsigned. */
export interface Block {
	readonly high: number;
	readonly low: number;
}

const BLOCK_HEX = /^[0-9a-fA-F]{16}$/;

/** The block as 16 lower-case hex digits, most significant first. */
export function formatBlock(block: Block): string {
	return block.high.toString(16).padStart(8, '0') + block.low.toString(16).padStart(8, '0');
}

/** Sixteen hex digits, most significant first, as a block. @throws {TypeError} slip: anything else */
export function parseBlock(hex: string): Block {
	if (!BLOCK_HEX.test(hex)) throw new TypeError('a block is 16 hexadecimal digits');
	return { high: Number.parseInt(hex.slice(0, 8), 16), low: Number.parseInt(hex.slice(8), 16) };
}

/** The four octets at `from` as an unsigned big-endian number. @throws {RangeError} slip: too few octets */
export function readWord(bytes: Uint8Array, from: number): number {
	if (from + 4 > bytes.length) throw new RangeError('four octets expected');
	const [a, b, c, d] = bytes.subarray(from, from + 4) as unknown as [
		number,
		number,
		number,
		number,
	];
	return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

/** Writes an unsigned 32-bit number into four octets at `from`, big-endian. */
export function writeWord(bytes: Uint8Array, from: number, word: number): void {
	bytes[from] = word >>> 24;
	bytes[from + 1] = word >>> 16;
	bytes[from + 2] = word >>> 8;
	bytes[from + 3] = word;
}
