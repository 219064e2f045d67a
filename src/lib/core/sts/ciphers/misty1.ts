/**
 * MISTY1, EA11 (RFC 2994, sts.md §9): a 64-bit block under a 128-bit key in eight rounds. The key
 * schedule is worked out once, into the words in the order in which the rounds ask for them.
 */
import { readWord, type Block } from '../block.ts';
import { S7, S9 } from './misty1-tables.ts';

const KEY_OCTETS = 16;
/** Key words used by one FO: four of K, three of K'. */
const FO_WORDS = 7;
const ROUNDS = 8;

/** MISTY1 under one key. */
export interface Misty1Cipher {
	encrypt(block: Block): Block;
	decrypt(block: Block): Block;
}

/** FI, RFC 2994 §2.1.2: 16 bits under 16 bits of key. */
function fi(input: number, key: number): number {
	let d9 = input >>> 7;
	let d7 = input & 0x7f;
	d9 = (S9[d9] as number) ^ d7;
	d7 = (S7[d7] as number) ^ (d9 & 0x7f) ^ (key >>> 9);
	d9 = (S9[d9 ^ (key & 0x1ff)] as number) ^ d7;
	return (d7 << 9) | d9;
}

/** The key words of all rounds: FO words 7 per round, FL words 2 per FL, in order of use. */
interface Schedule {
	readonly fo: Uint16Array;
	readonly fl: Uint16Array;
}

function scheduleKey(key: Uint8Array): Schedule {
	const k = Uint16Array.from({ length: 8 }, (_, i) => {
		const word = readWord(key, (i >> 1) * 4);
		return i & 1 ? word & 0xffff : word >>> 16;
	});
	const derived = k.map((word, i) => fi(word, k[(i + 1) & 7] as number));
	const fo = new Uint16Array(ROUNDS * FO_WORDS);
	for (let i = 0; i < ROUNDS; i += 1) {
		// RFC 2994 §2.1.1, indices modulo 8.
		const words = [
			k[i],
			derived[(i + 5) & 7],
			k[(i + 2) & 7],
			derived[(i + 1) & 7],
			k[(i + 7) & 7],
			derived[(i + 3) & 7],
			k[(i + 4) & 7],
		] as number[];
		fo.set(words, i * FO_WORDS);
	}
	const fl = new Uint16Array((ROUNDS + 2) * 2);
	for (let i = 0; i < ROUNDS + 2; i += 1) {
		// RFC 2994 §2.1.3: even and odd FLs draw from K and K' the other way round.
		const half = i >> 1;
		const words =
			i & 1 ? [derived[(half + 2) & 7], k[(half + 4) & 7]] : [k[half & 7], derived[(half + 6) & 7]];
		fl.set(words as number[], i * 2);
	}
	return { fo, fl };
}

/** FO, RFC 2994 §2.1.1. */
function fo(input: number, words: Uint16Array, round: number): number {
	const at = round * FO_WORDS;
	let t0 = input >>> 16;
	let t1 = input & 0xffff;
	t0 = fi(t0 ^ (words[at] as number), words[at + 1] as number) ^ t1;
	t1 = fi(t1 ^ (words[at + 2] as number), words[at + 3] as number) ^ t0;
	t0 = fi(t0 ^ (words[at + 4] as number), words[at + 5] as number) ^ t1;
	return (((t1 ^ (words[at + 6] as number)) << 16) | t0) >>> 0;
}

/** FL, RFC 2994 §2.1.3. */
function fl(input: number, words: Uint16Array, index: number): number {
	const d0 = input >>> 16;
	const d1 = (input & 0xffff) ^ (d0 & (words[index * 2] as number));
	return (((d0 ^ (d1 | (words[index * 2 + 1] as number))) << 16) | d1) >>> 0;
}

/** The inverse of FL: the same two steps in the other order. */
function flInverse(input: number, words: Uint16Array, index: number): number {
	const d1 = input & 0xffff;
	const d0 = (input >>> 16) ^ (d1 | (words[index * 2 + 1] as number));
	return ((d0 << 16) | (d1 ^ (d0 & (words[index * 2] as number)))) >>> 0;
}

function encrypt(schedule: Schedule, block: Block): Block {
	let d0 = block.high;
	let d1 = block.low;
	for (let round = 0; round < ROUNDS; round += 2) {
		d0 = fl(d0, schedule.fl, round);
		d1 = fl(d1, schedule.fl, round + 1);
		d1 = (d1 ^ fo(d0, schedule.fo, round)) >>> 0;
		d0 = (d0 ^ fo(d1, schedule.fo, round + 1)) >>> 0;
	}
	return { high: fl(d1, schedule.fl, 9), low: fl(d0, schedule.fl, 8) };
}

function decrypt(schedule: Schedule, block: Block): Block {
	let d0 = flInverse(block.low, schedule.fl, 8);
	let d1 = flInverse(block.high, schedule.fl, 9);
	for (let round = ROUNDS - 2; round >= 0; round -= 2) {
		d0 = (d0 ^ fo(d1, schedule.fo, round + 1)) >>> 0;
		d1 = (d1 ^ fo(d0, schedule.fo, round)) >>> 0;
		d0 = flInverse(d0, schedule.fl, round);
		d1 = flInverse(d1, schedule.fl, round + 1);
	}
	return { high: d0, low: d1 };
}

/**
 * MISTY1 under a key of 16 octets.
 * @throws {RangeError} slip: a key of another length
 */
export function prepareMisty1(key: Uint8Array): Misty1Cipher {
	if (key.length !== KEY_OCTETS) throw new RangeError('a MISTY1 key has 16 octets');
	const schedule = scheduleKey(key);
	return {
		encrypt: (block) => encrypt(schedule, block),
		decrypt: (block) => decrypt(schedule, block),
	};
}
