/**
 * MISTY1 a second time (RFC 2994, sts.md §9): the S-boxes worked out from their algebraic normal forms
 * instead of tables, the key words looked up where the text names them. Slow, and there to disagree.
 */

/** One line per output bit: terms to XOR, `c` for the constant 1, `034` for x0·x3·x4. */
const S7_FORM = [
	'c 0 13 15 26 45 016 025 034 056 356',
	'c 6 02 04 06 15 34 36 056 146 236 245',
	'4 05 12 14 16 36 46 014 023 036 045 246 345',
	'c 0 1 03 24 26 56 012 046 136 145',
	'c 5 04 16 23 25 035 125 134 156 456',
	'0 1 2 03 05 06 14 35 012 015 024 123 256',
	'3 01 03 05 16 25 35 46 036 126 135 234 256',
];
const S9_FORM = [
	'c 04 05 15 16 26 27 37 38 48',
	'c 3 7 02 06 08 13 23 26 34 38 45 58',
	'4 8 01 04 06 13 17 24 34 37 45 56',
	'0 5 12 15 17 24 28 35 45 48 56 67',
	'1 6 03 05 23 26 28 35 46 56 67 78',
	'2 7 03 08 14 16 34 37 46 57 67 78',
	'c 3 8 01 08 14 25 27 45 48 57 68 78',
	'c 1 5 01 04 07 12 16 18 23 36 47 67',
	'c 0 4 01 05 07 08 12 25 36 38 56 68',
];

function evaluate(form: readonly string[], x: number): number {
	return form.reduce((result, line, bit) => {
		const value = line
			.split(' ')
			.map((term) => (term === 'c' ? 1 : [...term].every((at) => (x >> Number(at)) & 1) ? 1 : 0))
			.reduce<number>((sum, product) => sum ^ product, 0);
		return result | (value << bit);
	}, 0);
}

export const PLAIN_S7 = Array.from({ length: 128 }, (_, x) => evaluate(S7_FORM, x));
export const PLAIN_S9 = Array.from({ length: 512 }, (_, x) => evaluate(S9_FORM, x));

function fi(x: number, k: number): number {
	let d9 = x >> 7;
	let d7 = x & 0x7f;
	d9 = (PLAIN_S9[d9] as number) ^ d7;
	d7 = (PLAIN_S7[d7] as number) ^ (d9 & 0x7f);
	d7 ^= k >> 9;
	d9 ^= k & 0x1ff;
	d9 = (PLAIN_S9[d9] as number) ^ d7;
	return (d7 << 9) | d9;
}

interface Keys {
	readonly k: (i: number) => number;
	readonly derived: (i: number) => number;
}

function keysOf(key: Uint8Array): Keys {
	const k = (i: number) => ((key[2 * (i % 8)] as number) << 8) | (key[2 * (i % 8) + 1] as number);
	return { k, derived: (i) => fi(k(i), k(i + 1)) };
}

type Half = readonly [upper: number, lower: number];

function fo([upper, lower]: Half, i: number, { k, derived }: Keys): Half {
	let [t0, t1] = [upper, lower];
	t0 = fi(t0 ^ k(i), derived(i + 5)) ^ t1;
	t1 = fi(t1 ^ k(i + 2), derived(i + 1)) ^ t0;
	t0 = fi(t0 ^ k(i + 7), derived(i + 3)) ^ t1;
	return [t1 ^ k(i + 4), t0];
}

function fl([upper, lower]: Half, i: number, { k, derived }: Keys): Half {
	const half = Math.floor(i / 2);
	const d1 = lower ^ (upper & (i % 2 === 0 ? k(half) : derived(half + 2)));
	const d0 = upper ^ (d1 | (i % 2 === 0 ? derived(half + 6) : k(half + 4)));
	return [d0, d1];
}

const xor = (a: Half, b: Half): Half => [a[0] ^ b[0], a[1] ^ b[1]];
const halfOf = (word: number): Half => [word >>> 16, word & 0xffff];
const wordOf = ([upper, lower]: Half): number => upper * 65_536 + lower;

export function plainMisty1(key: Uint8Array, block: { high: number; low: number }) {
	const keys = keysOf(key);
	let d0 = halfOf(block.high);
	let d1 = halfOf(block.low);
	for (let round = 0; round < 8; round += 2) {
		d0 = fl(d0, round, keys);
		d1 = fl(d1, round + 1, keys);
		d1 = xor(d1, fo(d0, round, keys));
		d0 = xor(d0, fo(d1, round + 1, keys));
	}
	return { high: wordOf(fl(d1, 9, keys)), low: wordOf(fl(d0, 8, keys)) };
}
