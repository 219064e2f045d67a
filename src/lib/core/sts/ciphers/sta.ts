/**
 * STA, the Standard Transfer Algorithm, EA07 (IEC 62055-41 6.5.4, sts.md §7): sixteen rounds of nibble
 * substitution and bit permutation under a 64-bit key that turns by one bit per round.
 *
 * A round is done octet by octet: substitution and permutation of one octet at one place, for each of
 * the four pairs of selector bits, is a table entry of two 32-bit halves, and the eight entries of a
 * round are put together by XOR. The tables hang on the STA tables only (`compileSta`); what hangs on the
 * key is the list of entry offsets (`prepareSta`). Both are values that the caller keeps.
 */
import { readWord, type Block } from '../block.ts';
import { STA_TABLES, type StaTables } from './sta-tables.ts';

const ROUNDS = 16;
const OCTETS = 8;
/** Places in a table for one octet under one pair of selector bits: 256 octet values, two halves each. */
const PAGE = 512;

/** STA tables turned into whole-octet steps. */
export interface StaProgram {
	/** Substitute, then permute: `[octet place][selector pair][octet value]` → high, low. */
	readonly forward: Uint32Array;
	/** Inverse substitute, then inverse permute, in the same order. */
	readonly backward: Uint32Array;
	/** Inverse permute alone: `[octet place][octet value]` → high, low. */
	readonly unpermute: Uint32Array;
	/** Inverse substitute alone: `[selector pair][octet value]` → octet value. */
	readonly unsubstitute: Uint8Array;
}

/** STA under one key. */
export interface StaCipher {
	encrypt(block: Block): Block;
	decrypt(block: Block): Block;
}

function invert(table: readonly number[]): number[] {
	const inverse: number[] = [];
	table.forEach((to, from) => (inverse[to] = from));
	return inverse;
}

/** Writes where the bits of `octet`, at octet place `place`, go to: two halves at `at`. */
function scatter(
	table: Uint32Array,
	at: number,
	octet: number,
	place: number,
	p: readonly number[],
) {
	let high = 0;
	let low = 0;
	for (let bit = 0; bit < 8; bit += 1) {
		if (((octet >>> bit) & 1) === 0) continue;
		const to = p[place * 8 + bit] as number;
		if (to >= 32) high |= 1 << (to - 32);
		else low |= 1 << to;
	}
	table[at] = high;
	table[at + 1] = low;
}

/** Substitutes both nibbles of an octet; bit 0 of `pair` selects for the lower nibble, bit 1 for the upper. */
function substitute(octet: number, pair: number, byBit: readonly (readonly number[])[]): number {
	const lower = byBit[pair & 1]?.[octet & 15] as number;
	const upper = byBit[pair >>> 1]?.[octet >>> 4] as number;
	return (upper << 4) | lower;
}

/** Turns STA tables into whole-octet steps: 140 kB, once per set of tables. */
export function compileSta(tables: StaTables): StaProgram {
	const inverseP = invert(tables.p);
	const forwardS = [tables.s1, tables.s2];
	// In decryption a selector bit of 1 names S1: see `prepareSta`.
	const backwardS = [invert(tables.s2), invert(tables.s1)];
	const forward = new Uint32Array(OCTETS * 4 * PAGE);
	const backward = new Uint32Array(OCTETS * 4 * PAGE);
	const unpermute = new Uint32Array(OCTETS * PAGE);
	const unsubstitute = new Uint8Array(4 * 256);
	for (let octet = 0; octet < 256; octet += 1) {
		for (let pair = 0; pair < 4; pair += 1) {
			const onward = substitute(octet, pair, forwardS);
			const back = substitute(octet, pair, backwardS);
			unsubstitute[pair * 256 + octet] = back;
			for (let place = 0; place < OCTETS; place += 1) {
				const at = (place * 4 + pair) * PAGE + octet * 2;
				scatter(forward, at, onward, place, tables.p);
				scatter(backward, at, back, place, inverseP);
			}
		}
		for (let place = 0; place < OCTETS; place += 1)
			scatter(unpermute, place * PAGE + octet * 2, octet, place, inverseP);
	}
	return { forward, backward, unpermute, unsubstitute };
}

/** STA with the tables that meters in the field carry. */
export const STANDARD_STA: StaProgram = /* @__PURE__ */ compileSta(STA_TABLES);

/** A block turned by some bits, fewer than 32, to the left. */
function turnLeft({ high, low }: Block, bits: number): Block {
	return {
		high: ((high << bits) | (low >>> (32 - bits))) >>> 0,
		low: ((low << bits) | (high >>> (32 - bits))) >>> 0,
	};
}

const exchanged = ({ high, low }: Block): Block => ({ high: low, low: high });

/**
 * For each round and octet place, the page of the table to use: bit `selector` of each nibble of the
 * turning key chooses.
 */
function scheduleSelectors(
	firstKey: Block,
	selector: number,
	turn: (key: Block) => Block,
): Uint16Array {
	const pages = new Uint16Array(ROUNDS * OCTETS);
	let key = firstKey;
	for (let round = 0; round < ROUNDS; round += 1) {
		for (let place = 0; place < OCTETS; place += 1) {
			const octet = (place < 4 ? key.low : key.high) >>> ((place & 3) * 8);
			const pair = ((octet >>> selector) & 1) | (((octet >>> (selector + 4)) & 1) << 1);
			pages[round * OCTETS + place] = (place * 4 + pair) * PAGE;
		}
		key = turn(key);
	}
	return pages;
}

/** The rounds from `from` to `to` with one of the combined tables: the hot path, written out octet by octet. */
function runRounds(
	table: Uint32Array,
	pages: Uint16Array,
	block: Block,
	from: number,
	to: number,
): Block {
	let { high, low } = block;
	for (let at = from * OCTETS; at < to * OCTETS; at += OCTETS) {
		const a = (pages[at] as number) + ((low & 0xff) << 1);
		const b = (pages[at + 1] as number) + ((low >>> 7) & 0x1fe);
		const c = (pages[at + 2] as number) + ((low >>> 15) & 0x1fe);
		const d = (pages[at + 3] as number) + ((low >>> 23) & 0x1fe);
		const e = (pages[at + 4] as number) + ((high & 0xff) << 1);
		const f = (pages[at + 5] as number) + ((high >>> 7) & 0x1fe);
		const g = (pages[at + 6] as number) + ((high >>> 15) & 0x1fe);
		const h = (pages[at + 7] as number) + ((high >>> 23) & 0x1fe);
		high =
			(table[a] as number) ^
			(table[b] as number) ^
			(table[c] as number) ^
			(table[d] as number) ^
			(table[e] as number) ^
			(table[f] as number) ^
			(table[g] as number) ^
			(table[h] as number);
		low =
			(table[a + 1] as number) ^
			(table[b + 1] as number) ^
			(table[c + 1] as number) ^
			(table[d + 1] as number) ^
			(table[e + 1] as number) ^
			(table[f + 1] as number) ^
			(table[g + 1] as number) ^
			(table[h + 1] as number);
	}
	return { high: high >>> 0, low: low >>> 0 };
}

function unpermuteBlock(table: Uint32Array, block: Block): Block {
	let high = 0;
	let low = 0;
	for (let place = 0; place < OCTETS; place += 1) {
		const half = place < 4 ? block.low : block.high;
		const at = place * PAGE + ((half >>> ((place & 3) * 8)) & 0xff) * 2;
		high |= table[at] as number;
		low |= table[at + 1] as number;
	}
	return { high: high >>> 0, low: low >>> 0 };
}

/** `pages` of the last round carry the selector pair in bits 9 and 10: the page number modulo four. */
function unsubstituteBlock(table: Uint8Array, pages: Uint16Array, block: Block): Block {
	const halves = [0, 0];
	for (let place = 0; place < OCTETS; place += 1) {
		const pair = ((pages[(ROUNDS - 1) * OCTETS + place] as number) / PAGE) & 3;
		const half = place < 4 ? block.low : block.high;
		const shift = (place & 3) * 8;
		const octet = table[pair * 256 + ((half >>> shift) & 0xff)] as number;
		halves[place >> 2] = (halves[place >> 2] as number) | (octet << shift);
	}
	return { high: (halves[1] as number) >>> 0, low: (halves[0] as number) >>> 0 };
}

/**
 * STA under a key of 8 octets.
 * @throws {RangeError} slip: a key of another length
 */
export function prepareSta(key: Uint8Array, program: StaProgram = STANDARD_STA): StaCipher {
	if (key.length !== OCTETS) throw new RangeError('an STA key has 8 octets');
	const given = { high: readWord(key, 0), low: readWord(key, 4) };
	const complement = { high: ~given.high >>> 0, low: ~given.low >>> 0 };
	// Encryption starts with the complement turned right by 12, which is left by 20 with halves exchanged.
	const onward = scheduleSelectors(exchanged(turnLeft(complement, 20)), 3, (k) => turnLeft(k, 1));
	// Decryption runs that backwards: its first round meets the complement of key bit 4i, so a 1 means S1.
	const back = scheduleSelectors(given, 0, (k) => exchanged(turnLeft(k, 31)));
	return {
		encrypt: (block) => runRounds(program.forward, onward, block, 0, ROUNDS),
		// Each round of decryption permutes first. Shifted by half a round, fifteen of them are combined steps.
		decrypt: (block) =>
			unsubstituteBlock(
				program.unsubstitute,
				back,
				runRounds(program.backward, back, unpermuteBlock(program.unpermute, block), 0, ROUNDS - 1),
			),
	};
}
