/**
 * STA a second time, as plainly as it can be written: a list of 64 bits, one step of the specification
 * (sts.md §7.3, §7.4) after the other, inverses found by searching. Slow, and there to disagree.
 */
import type { StaTables } from '#lib/core/sts/ciphers/sta-tables.ts';

/** Sixty-four octets of 0 or 1, bit 0 first. */
export type Bits = Uint8Array;

export const bitsOfHex = (hex: string): Bits =>
	Uint8Array.from({ length: 64 }, (_, bit) => Number((BigInt(`0x${hex}`) >> BigInt(bit)) & 1n));

export function bitsOfBlock({ high, low }: { high: number; low: number }): Bits {
	const bits = new Uint8Array(64);
	for (let bit = 0; bit < 64; bit += 1)
		bits[bit] = (bit < 32 ? low >>> bit : high >>> (bit - 32)) & 1;
	return bits;
}

export function blockOfBits(bits: Bits): { high: number; low: number } {
	const word = (from: number) => {
		let sum = 0;
		for (let bit = 31; bit >= 0; bit -= 1) sum = sum * 2 + (bits[from + bit] as number);
		return sum;
	};
	return { high: word(32), low: word(0) };
}

const rotateLeft = (bits: Bits, by: number): Bits =>
	bits.map((_, at) => bits[(at - by + 128) % 64] as number);

/** Every nibble through one of two tables, by one bit of the key in the nibble's place. */
function substitute(
	block: Bits,
	turning: Bits,
	selector: number,
	tables: readonly Uint8Array[],
): Bits {
	const result = new Uint8Array(64);
	for (let at = 0; at < 64; at += 4) {
		const table = tables[turning[at + selector] as number] as Uint8Array;
		let from = 0;
		for (let bit = 3; bit >= 0; bit -= 1) from = from * 2 + (block[at + bit] as number);
		const to = table[from] as number;
		for (let bit = 0; bit < 4; bit += 1) result[at + bit] = (to >> bit) & 1;
	}
	return result;
}

function permute(block: Bits, p: Uint8Array): Bits {
	const result = new Uint8Array(64);
	for (let from = 0; from < 64; from += 1) result[p[from] as number] = block[from] as number;
	return result;
}

function unpermute(block: Bits, p: Uint8Array): Bits {
	const result = new Uint8Array(64);
	for (let to = 0; to < 64; to += 1) result[to] = block[p[to] as number] as number;
	return result;
}

const inverse = (table: readonly number[]): Uint8Array =>
	Uint8Array.from(table, (_, at) => table.indexOf(at));

/** The key of each round: turned once more than the one before. */
function keysOfRounds(first: Bits, turn: number): readonly Bits[] {
	return Array.from({ length: 16 }, (_, round) => rotateLeft(first, (turn * round) & 63));
}

export function plainSta(key: Bits, tables: StaTables) {
	const p = Uint8Array.from(tables.p);
	const forward = [Uint8Array.from(tables.s1), Uint8Array.from(tables.s2)];
	const backward = [inverse(tables.s2), inverse(tables.s1)];
	const complement = key.map((bit) => 1 - bit);
	const onward = keysOfRounds(rotateLeft(complement, 64 - 12), 1);
	const back = keysOfRounds(key, 63);
	return {
		encrypt: (input: Bits): Bits =>
			onward.reduce((block, turning) => permute(substitute(block, turning, 3, forward), p), input),
		decrypt: (input: Bits): Bits =>
			back.reduce((block, turning) => substitute(unpermute(block, p), turning, 0, backward), input),
	};
}
