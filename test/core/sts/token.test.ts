/** Whole tokens of every class: what is encoded is decoded, and nothing else is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { formatBlock, parseBlock } from '#lib/core/sts/block.ts';
import { prepareCipher, type Cipher } from '#lib/core/sts/ciphers/cipher.ts';
import { createDecoder } from '#lib/core/sts/decoder/decoder.ts';
import { judgeToken } from '#lib/core/sts/decoder/judge-token.ts';
import { decodeToken, readBlock } from '#lib/core/sts/decode.ts';
import { blockToDigits, encodeBlock, encodeToken, type TokenWish } from '#lib/core/sts/encode.ts';
import { explainToken } from '#lib/core/sts/explain.ts';
import { LAYOUTS, SUBCLASSES, subclassRow, type SubclassRow } from '#lib/core/sts/subclasses.ts';
import { bodyOf, sealBlock, subclassOf } from '#lib/core/sts/token-block.ts';
import type { ClassNumber } from '#lib/core/sts/transposition.ts';
import { below, seeded } from './seeded.ts';

const CIPHERS: Readonly<Record<7 | 11, Cipher>> = {
	7: prepareCipher(7, parseHex('87f3ecbb2e46b48f')),
	11: prepareCipher(11, parseHex('929bd3a415c9420a05ec5ee9f3ce91c3')),
};

const fieldsOf = (row: SubclassRow) =>
	fc.record(
		Object.fromEntries(
			Object.entries(LAYOUTS[row.layout]).map(([name, bits]) => [
				name,
				fc.integer({ min: 0, max: 2 ** bits - 1 }),
			]),
		),
	);

describe.each([7, 11] as const)('under EA%i', (ea) => {
	const cipher = CIPHERS[ea];
	const rows = (SUBCLASSES as readonly SubclassRow[]).filter(
		(row) => row.ea === undefined || row.ea === ea,
	);

	it.each(rows.map((row) => [`${row.classNumber}.${row.subclass} ${row.name}`, row] as const))(
		'%s is read back as it was written',
		(_, row) => {
			fc.assert(
				fc.property(fieldsOf(row), (fields) => {
					const { classNumber, subclass, kind } = row;
					const wish = { classNumber, subclass, fields } as unknown as TokenWish;
					const digits = encodeToken(wish, cipher);
					expect(digits).toMatch(/^\d{20}$/);
					expect(decodeToken(digits, cipher)).toMatchObject({
						token: { kind, classNumber, subclass, fields },
					});
				}),
				{ numRuns: 200, seed: 20 + row.subclass },
			);
		},
	);

	it('a subclass without a meaning keeps its bits and is given none', () => {
		for (const classNumber of [0, 1, 2] as const)
			for (let subclass = 0; subclass < 16; subclass += 1) {
				if (subclassRow(classNumber, subclass, ea).kind !== 'not-defined') continue;
				const body = 0xfed_cba9_8765;
				const sealed = sealBlock(classNumber, subclass, body, 'plain');
				const digits = blockToDigits(classNumber, sealed, cipher);
				expect(decodeToken(digits, cipher)).toMatchObject({
					token: { kind: 'not-defined', classNumber, subclass, fields: { body } },
				});
				const fields = { rnd: 1, tid: 1, value: 1 };
				expect(() => encodeToken({ classNumber, subclass, fields }, cipher)).toThrow(RangeError);
			}
	});
});

describe('the table of subclasses', () => {
	it('shares out all 44 bits of every body', () => {
		for (const [name, fields] of Object.entries(LAYOUTS)) {
			const bits = Object.values(fields).reduce((sum: number, width: number) => sum + width, 0);
			expect([name, bits]).toEqual([name, 44]);
		}
	});

	it('names each class and subclass once per algorithm', () => {
		for (const ea of [7, 11] as const) {
			const names = (SUBCLASSES as readonly SubclassRow[])
				.filter((row) => row.ea === undefined || row.ea === ea)
				.map(({ classNumber, subclass }) => `${classNumber}.${subclass}`);
			expect(new Set(names).size).toBe(names.length);
		}
		expect(subclassRow(2, 9, 7).kind).toBe('not-defined');
		expect(() => subclassRow(0, 16, 7)).toThrow(RangeError);
	});
});

describe('a block', () => {
	it('keeps subclass and body through its seal', () => {
		const block = encodeBlock({
			classNumber: 0,
			subclass: 0,
			fields: { rnd: 11, tid: 1_698_595, amount: 256 },
		});
		expect(formatBlock(block)).toBe('0b19eb230100c207');
		expect(subclassOf(block)).toBe(0);
		expect(bodyOf(block)).toBe(0xb19_eb23_0100);
	});

	it('with currency fails the plain check, and the other way round', () => {
		const fields = { signExponent: 0, tid: 5_419_321, amount: 0x60aa };
		const block = encodeBlock({ classNumber: 0, subclass: 4, fields });
		expect(formatBlock(block)).toBe('4052b13960aac385');
		const plain = sealBlock(0, 4, bodyOf(block), 'plain');
		expect(readBlock(0, block, 7)).toMatchObject({ kind: 'transfer-currency' });
		expect(readBlock(0, plain, 7)).toBeUndefined();
	});

	it('is a slip with a field that is missing, broken or too wide', () => {
		const good = { rnd: 5, tid: 1, amount: 1 };
		for (const spoiled of [
			{ ...good, rnd: 16 },
			{ ...good, tid: -1 },
			{ ...good, amount: 0.5 },
			{ rnd: 5, tid: 1, value: 1 },
		])
			expect(() => encodeBlock({ classNumber: 0, subclass: 0, fields: spoiled })).toThrow(
				RangeError,
			);
		expect(() => encodeToken({ classNumber: 0, subclass: 0, fields: good })).toThrow(TypeError);
		expect(() => parseBlock('123')).toThrow(TypeError);
	});
});

/** Tokens with one digit mistyped: how many does the check let through? */
function acceptedSlips(cipher: Cipher, slips: number, seed: number): number {
	const random = seeded(seed);
	let accepted = 0;
	for (let count = 0; count < slips; count += 1) {
		const rnd = below(random, 16);
		const tid = below(random, 2 ** 24);
		const fields = { rnd, tid, amount: below(random, 2 ** 16) };
		const digits = encodeToken({ classNumber: 0, subclass: 0, fields }, cipher);
		const at = below(random, 20);
		const slip = (digits.charCodeAt(at) - 48 + 1 + below(random, 9)) % 10;
		const mistyped = digits.slice(0, at) + String(slip) + digits.slice(at + 1);
		if ('token' in decodeToken(mistyped, cipher)) accepted += 1;
	}
	return accepted;
}

describe('a million', () => {
	it('tokens with one digit mistyped: next to none is accepted', () => {
		// A check of 16 bits lets some 11 of those through that are still below 2⁶⁶ and of a class to check.
		const accepted =
			acceptedSlips(CIPHERS[7], 500_000, 101) + acceptedSlips(CIPHERS[11], 500_000, 102);
		expect(accepted).toBeGreaterThan(0);
		expect(accepted).toBeLessThanOrEqual(40);
	}, 120_000);

	it('random strings of twenty digits are each answered', () => {
		const random = seeded(103);
		const decoder = createDecoder(
			{
				keyRegister: {
					...{ decoderKeyHex: '87f3ecbb2e46b48f', ea: 7, sgc: '201457' },
					...{ krn: 1, ti: 1, kt: 2, ken: 255 },
				},
				mfrCode: 12,
				baseDate: 2014,
			},
			Date.UTC(2024, 0, 1),
		);
		const answers: Record<string, number> = {};
		const half = () => String(below(random, 10 ** 10)).padStart(10, '0');
		for (let count = 0; count < 1_000_000; count += 1) {
			const judgement = judgeToken(decoder, half() + half());
			const answer = judgement.verdict === 'refuse' ? judgement.result : judgement.verdict;
			answers[answer] = (answers[answer] ?? 0) + 1;
		}
		// Some 26 in 100 are above 2⁶⁶−1, and a quarter of the rest is of class 3.
		expect(answers['FormatError']).toBeGreaterThan(400_000);
		expect(answers['CRCError']).toBeGreaterThan(500_000);
		expect(answers['execute'] ?? 0).toBeLessThan(40);
	}, 120_000);
});

describe('any text at all', () => {
	it('is explained, and never throws', () => {
		const known = [7, 11].map((ea) => ({
			name: `EA${ea}`,
			cipher: CIPHERS[ea as 7 | 11],
			baseDate: 2014 as const,
		}));
		const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789 -') }));
		fc.assert(
			fc.property(text, (typed) => {
				expect(explainToken(typed)).toHaveProperty('verdict');
				expect(explainToken(typed, known)).toHaveProperty('verdict');
			}),
			{ numRuns: 2000, seed: 6 },
		);
	});

	it('of class 3 is reserved', () => {
		const classThree: ClassNumber = 3;
		const digits = blockToDigits(classThree, { high: 1, low: 2 }, CIPHERS[7]);
		expect(decodeToken(digits, CIPHERS[7])).toEqual({ refusal: 'reserved-class' });
	});
});
