/**
 * `npm run bench -- sts`: whole tokens and key derivations per second on one core, with the decoder key
 * at hand, beside a naive reference in this file: the text of the specification put down with BigInt,
 * bit by bit, and Node's own cryptography for the derivations.
 */
import { createCipheriv, createHmac } from 'node:crypto';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import type { Ea } from '#lib/core/sts/algorithms.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { S7, S9 } from '#lib/core/sts/ciphers/misty1-tables.ts';
import { STA_TABLES } from '#lib/core/sts/ciphers/sta-tables.ts';
import { encodeCreditToken } from '#lib/core/sts/credit-token.ts';
import { decodeToken } from '#lib/core/sts/decode.ts';
import { deriveDecoderKey, keyDerivationMessage } from '#lib/core/sts/decoder-key.ts';
import type { KeyAttributes } from '#lib/core/sts/key-attributes.ts';
import { machine, perSecond, printRate } from './measure.ts';

const MASK_64 = (1n << 64n) - 1n;

const rotate = (value: bigint, left: number): bigint =>
	((value << BigInt(left)) | (value >> BigInt(64 - left))) & MASK_64;

/** Sections 7.3 and 7.4, one bit after the other. */
function naiveSta(key: bigint, input: bigint, direction: 'encrypt' | 'decrypt'): bigint {
	const { s1, s2, p } = STA_TABLES;
	let block = input;
	let turning = direction === 'encrypt' ? rotate(~key & MASK_64, 52) : key;
	for (let round = 0; round < 16; round += 1) {
		const substituted = (bit: number, tables: readonly (readonly number[])[]) => {
			let result = 0n;
			for (let nibble = 0; nibble < 16; nibble += 1) {
				const table = tables[Number((turning >> BigInt(4 * nibble + bit)) & 1n)];
				const from = Number((block >> BigInt(4 * nibble)) & 15n);
				const to = direction === 'encrypt' ? (table?.[from] ?? 0) : (table?.indexOf(from) ?? 0);
				result |= BigInt(to) << BigInt(4 * nibble);
			}
			return result;
		};
		const permuted = () => {
			let result = 0n;
			p.forEach((to, from) => {
				const [here, there] = direction === 'encrypt' ? [from, to] : [to, from];
				result |= ((block >> BigInt(here)) & 1n) << BigInt(there);
			});
			return result;
		};
		if (direction === 'encrypt') {
			block = substituted(3, [s1, s2]);
			block = permuted();
			turning = rotate(turning, 1);
		} else {
			block = permuted();
			block = substituted(0, [s2, s1]);
			turning = rotate(turning, 63);
		}
	}
	return block;
}

/** Sections 9.5 to 9.9, with the key schedule worked out anew for every block. */
function naiveMisty1(key: bigint, input: bigint, direction: 'encrypt' | 'decrypt'): bigint {
	const k = Array.from({ length: 8 }, (_, i) => Number((key >> BigInt(112 - 16 * i)) & 0xffffn));
	const fi = (x: number, subkey: number) => {
		let d9 = x >> 7;
		let d7 = x & 0x7f;
		d9 = (S9[d9] ?? 0) ^ d7;
		d7 = (S7[d7] ?? 0) ^ (d9 & 0x7f) ^ (subkey >> 9);
		d9 = (S9[d9 ^ (subkey & 0x1ff)] ?? 0) ^ d7;
		return (d7 << 9) | d9;
	};
	const at = (words: readonly number[], i: number) => words[i & 7] ?? 0;
	const derived = k.map((word, i) => fi(word, at(k, i + 1)));
	const fo = (x: bigint, i: number): bigint => {
		let t0 = Number(x >> 16n);
		let t1 = Number(x & 0xffffn);
		t0 = fi(t0 ^ at(k, i), at(derived, i + 5)) ^ t1;
		t1 = fi(t1 ^ at(k, i + 2), at(derived, i + 1)) ^ t0;
		t0 = fi(t0 ^ at(k, i + 7), at(derived, i + 3)) ^ t1;
		return (BigInt(t1 ^ at(k, i + 4)) << 16n) | BigInt(t0);
	};
	const fl = (x: bigint, i: number, inverse: boolean): bigint => {
		let d0 = Number(x >> 16n);
		let d1 = Number(x & 0xffffn);
		const half = i >> 1;
		const and = i % 2 === 0 ? at(k, half) : at(derived, half + 2);
		const or = i % 2 === 0 ? at(derived, half + 6) : at(k, half + 4);
		if (inverse) d0 ^= d1 | or;
		d1 ^= d0 & and;
		if (!inverse) d0 ^= d1 | or;
		return (BigInt(d0) << 16n) | BigInt(d1);
	};
	let [d0, d1] = [input >> 32n, input & 0xffff_ffffn];
	if (direction === 'encrypt') {
		for (let r = 0; r < 8; r += 2) {
			d0 = fl(d0, r, false);
			d1 = fl(d1, r + 1, false);
			d1 ^= fo(d0, r);
			d0 ^= fo(d1, r + 1);
		}
		return (fl(d1, 9, false) << 32n) | fl(d0, 8, false);
	}
	[d0, d1] = [fl(d1, 8, true), fl(d0, 9, true)];
	for (let r = 6; r >= 0; r -= 2) {
		d0 ^= fo(d1, r + 1);
		d1 ^= fo(d0, r);
		d0 = fl(d0, r, true);
		d1 = fl(d1, r + 1, true);
	}
	return (d0 << 32n) | d1;
}

/** Section 3, one bit after the other. */
function naiveCrc(classAndBody: bigint): bigint {
	let crc = 0xffff;
	for (let octet = 6; octet >= 0; octet -= 1) {
		crc ^= Number((classAndBody >> BigInt(8 * octet)) & 0xffn);
		for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
	}
	return BigInt(((crc & 0xff) << 8) | (crc >> 8));
}

type NaiveCipher = (key: bigint, block: bigint, direction: 'encrypt' | 'decrypt') => bigint;

function naiveEncode(cipher: NaiveCipher, key: bigint, units: number, tid: number): string {
	const body = (5n << 40n) | (BigInt(tid) << 16n) | BigInt(units);
	const block = cipher(key, (body << 16n) | naiveCrc(body), 'encrypt');
	const moved = ((block >> 27n) & 3n) << 64n;
	return (moved | (block & ~(3n << 27n))).toString().padStart(20, '0');
}

function naiveDecode(cipher: NaiveCipher, key: bigint, digits: string): bigint | undefined {
	const number = BigInt(digits);
	const block = (number & MASK_64 & ~(3n << 27n)) | ((number >> 64n) << 27n);
	const plain = cipher(key, block, 'decrypt');
	return naiveCrc(plain >> 16n) === (plain & 0xffffn) ? plain : undefined;
}

const ATTRIBUTES: KeyAttributes = {
	pan: '600727000000000009',
	ea: 7,
	sgc: '201457',
	ti: 1,
	krn: 1,
	kt: 2,
	baseDate: 2014,
};

/** Different tokens in turn, so that nothing can be remembered. */
const UNITS = 500;
const TIDS = 4096;
const tidOf = (index: number) => 5_000_000 + (index % TIDS);

function benchTokens(ea: Ea, keyHex: string, naiveCipher: NaiveCipher): void {
	const cipher = prepareCipher(ea, parseHex(keyHex));
	const key = BigInt(`0x${keyHex}`);
	const encode = (index: number): string => {
		const made = encodeCreditToken({ units: UNITS, tid: tidOf(index), rnd: 5 }, cipher);
		if ('refusal' in made) throw new Error(made.refusal);
		return made.digits;
	};
	const digits = Array.from({ length: TIDS }, (_, index) => encode(index));
	const digitsOf = (index: number) => digits[index % TIDS] ?? '';
	if (naiveEncode(naiveCipher, key, UNITS, tidOf(7)) !== digitsOf(7))
		throw new Error('the naive reference disagrees');
	const name = ea === 7 ? 'EA07' : 'EA11';
	printRate(
		`${name} encode and encrypt`,
		perSecond(encode),
		perSecond((index) => naiveEncode(naiveCipher, key, UNITS, tidOf(index))),
	);
	printRate(
		`${name} decrypt and decode`,
		perSecond((index) => 'token' in decodeToken(digitsOf(index), cipher)),
		perSecond((index) => naiveDecode(naiveCipher, key, digitsOf(index))),
	);
	printRate(
		`${name} key made ready`,
		perSecond(() => prepareCipher(ea, parseHex(keyHex))),
	);
}

function derive(vendingKeyHex: string, dkga: 2 | 4, ea: Ea): string {
	const vendingKey = { dkga, bytes: parseHex(vendingKeyHex) };
	const derived = deriveDecoderKey(vendingKey, { ...ATTRIBUTES, ea });
	if ('refusal' in derived) throw new Error(derived.refusal);
	return formatHex(derived.decoderKey);
}

const DES_KEY = 'abababababababab';
const HMAC_KEY = 'abababababababab949494949494949401234567';

function benchDerivations(): void {
	const desKey = Buffer.from(DES_KEY.repeat(3), 'hex');
	const data = Buffer.from('0072700000000000', 'hex');
	printRate(
		'DKGA02 decoder keys',
		perSecond(() => derive(DES_KEY, 2, 7)),
		perSecond(() => {
			const cipher = createCipheriv('des-ede3-ecb', desKey, null).setAutoPadding(false);
			return cipher.update(data);
		}),
	);
	const hmacKey = Buffer.from(HMAC_KEY, 'hex');
	printRate(
		'DKGA04 decoder keys',
		perSecond(() => derive(HMAC_KEY, 4, 11)),
		perSecond(() =>
			createHmac('sha256', hmacKey).update(keyDerivationMessage(ATTRIBUTES)).digest(),
		),
	);
}

/** Prints the table. */
export function run(): void {
	console.log(`STS, ${machine()}`);
	benchTokens(7, derive(HMAC_KEY, 4, 7), naiveSta);
	benchTokens(11, derive(HMAC_KEY, 4, 11), naiveMisty1);
	benchDerivations();
}
