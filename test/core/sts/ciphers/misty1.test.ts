import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { formatBlock, parseBlock } from '#lib/core/sts/block.ts';
import { prepareMisty1 } from '#lib/core/sts/ciphers/misty1.ts';
import { S7, S9 } from '#lib/core/sts/ciphers/misty1-tables.ts';
import { plainMisty1, PLAIN_S7, PLAIN_S9 } from '../plain/misty1.ts';
import { randomBlock, randomBytes, seeded } from '../seeded.ts';

describe('the S-boxes of MISTY1', () => {
	it('are those of the RFC, and what their normal forms give', () => {
		expect(createHash('sha256').update(S7).digest('hex')).toBe(
			'2ef2f333a517fe3bf0d0d4afd2c1d4b743ce2eb4eacd4b65b5e6dbcd4ca733e7',
		);
		const bigEndian = Uint8Array.from([...S9].flatMap((word) => [word >> 8, word & 0xff]));
		expect(createHash('sha256').update(bigEndian).digest('hex')).toBe(
			'3921809db7e7b172acd29dbb6e5478d750782b890b2bc1a232139399ab31c7c6',
		);
		expect([...S7]).toEqual(PLAIN_S7);
		expect([...S9]).toEqual(PLAIN_S9);
	});
});

describe('MISTY1', () => {
	it('gives the examples of RFC 2994', () => {
		const cipher = prepareMisty1(parseHex('00112233445566778899aabbccddeeff'));
		for (const [plain, ciphered] of [
			['0123456789abcdef', '8b1da5f56ab3d07c'],
			['fedcba9876543210', '04b68240b13be95d'],
		] as const) {
			expect(formatBlock(cipher.encrypt(parseBlock(plain)))).toBe(ciphered);
			expect(formatBlock(cipher.decrypt(parseBlock(ciphered)))).toBe(plain);
		}
	});

	it('takes keys of sixteen octets only', () => {
		expect(() => prepareMisty1(parseHex('0011223344556677'))).toThrow(RangeError);
	});

	it('agrees with a plain second implementation on 100,000 random blocks', () => {
		const random = seeded(11);
		let key = randomBytes(random, 16);
		let fast = prepareMisty1(key);
		for (let count = 0; count < 100_000; count += 1) {
			if (count % 1000 === 0) {
				key = randomBytes(random, 16);
				fast = prepareMisty1(key);
			}
			const plain = randomBlock(random);
			const ciphered = plainMisty1(key, plain);
			const { high, low } = fast.encrypt(plain);
			if (high !== ciphered.high || low !== ciphered.low)
				expect(formatBlock({ high, low })).toBe(formatBlock(ciphered));
			const back = fast.decrypt(ciphered);
			if (back.high !== plain.high || back.low !== plain.low)
				expect(formatBlock(back)).toBe(formatBlock(plain));
		}
	}, 60_000);
});
