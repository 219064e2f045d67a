import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { formatBlock, parseBlock } from '#lib/core/sts/block.ts';
import { parseStaTables, STA_TABLES } from '#lib/core/sts/ciphers/sta-tables.ts';
import { compileSta, prepareSta } from '#lib/core/sts/ciphers/sta.ts';
import { bitsOfBlock, bitsOfHex, blockOfBits, plainSta } from '../plain/sta.ts';
import { randomBlock, seeded } from '../seeded.ts';

const KEY = '0abc12def3456789';
/** The textbook's tables: useless for meters, good for the textbook's example. */
const SAMPLE_TABLES = {
	s1: [12, 10, 8, 4, 3, 15, 0, 2, 14, 1, 5, 13, 6, 9, 7, 11],
	s2: [6, 9, 7, 4, 3, 10, 12, 14, 2, 13, 1, 15, 0, 11, 8, 5],
	p: [
		29, 27, 34, 9, 16, 62, 55, 2, 40, 49, 38, 25, 33, 61, 30, 23, 1, 41, 21, 57, 42, 15, 5, 58, 19,
		53, 22, 17, 48, 28, 24, 39, 3, 60, 36, 14, 11, 52, 54, 12, 31, 51, 10, 26, 0, 45, 37, 43, 44, 6,
		59, 4, 7, 35, 56, 50, 13, 18, 32, 47, 46, 63, 20, 8,
	],
};

describe('the STA tables', () => {
	it('are those of the field', () => {
		const octets = Uint8Array.from([...STA_TABLES.s1, ...STA_TABLES.s2, ...STA_TABLES.p]);
		expect(createHash('sha256').update(octets).digest('hex')).toBe(
			'2417810c087e153a22ef481682e2b5da0c93499cadbc2de73d6febd88b19fabd',
		);
	});

	it('can be replaced by an operator', () => {
		expect(parseStaTables(JSON.parse(JSON.stringify(SAMPLE_TABLES)))).toEqual({
			tables: SAMPLE_TABLES,
		});
	});

	it.each<[string, unknown]>([
		['not-tables', null],
		['not-tables', 'tables'],
		['s1-not-a-permutation', {}],
		['s1-not-a-permutation', { ...SAMPLE_TABLES, s1: SAMPLE_TABLES.s1.slice(1) }],
		['s2-not-a-permutation', { ...SAMPLE_TABLES, s2: SAMPLE_TABLES.s2.map(() => 1) }],
		['p-not-a-permutation', { ...SAMPLE_TABLES, p: [...SAMPLE_TABLES.p.slice(1), 64] }],
		['p-not-a-permutation', { ...SAMPLE_TABLES, p: SAMPLE_TABLES.p.map(String) }],
	])('are refused by name: %s', (refusal, value) => {
		expect(parseStaTables(value)).toEqual({ refusal });
	});
});

describe('STA', () => {
	const cipher = prepareSta(parseHex(KEY));

	it('gives the published examples', () => {
		const plain = parseBlock('0b19eb230100c207');
		expect(formatBlock(cipher.encrypt(plain))).toBe('9335c6c96b7352dc');
		expect(cipher.decrypt(parseBlock('9335c6c96b7352dc'))).toEqual(plain);
		const sample = prepareSta(parseHex(KEY), compileSta(SAMPLE_TABLES));
		expect(formatBlock(sample.encrypt(plain))).toBe('c45ed1619406df95');
		expect(sample.decrypt(parseBlock('c45ed1619406df95'))).toEqual(plain);
	});

	it('takes keys of eight octets only', () => {
		expect(() => prepareSta(parseHex('0abc12def34567'))).toThrow(RangeError);
	});

	it('agrees with a plain second implementation on 100,000 random blocks', () => {
		const random = seeded(7);
		let plainly = plainSta(bitsOfHex(KEY), STA_TABLES);
		let fast = cipher;
		for (let count = 0; count < 100_000; count += 1) {
			if (count % 1000 === 0) {
				const keyBlock = randomBlock(random);
				plainly = plainSta(bitsOfBlock(keyBlock), STA_TABLES);
				fast = prepareSta(parseHex(formatBlock(keyBlock)));
			}
			const plain = randomBlock(random);
			const ciphered = blockOfBits(plainly.encrypt(bitsOfBlock(plain)));
			const { high, low } = fast.encrypt(plain);
			if (high !== ciphered.high || low !== ciphered.low)
				expect(formatBlock({ high, low })).toBe(formatBlock(ciphered));
			const back = fast.decrypt(ciphered);
			if (back.high !== plain.high || back.low !== plain.low)
				expect(formatBlock(back)).toBe(formatBlock(plain));
			if (count % 10 === 0) {
				const { high, low } = blockOfBits(plainly.decrypt(bitsOfBlock(ciphered)));
				if (high !== plain.high || low !== plain.low)
					expect(formatBlock({ high, low })).toBe(formatBlock(plain));
			}
		}
	}, 60_000);
});
