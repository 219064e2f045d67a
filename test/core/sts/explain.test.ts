import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { blockToDigits, encodeToken } from '#lib/core/sts/encode.ts';
import { explainToken, type KnownKey } from '#lib/core/sts/explain.ts';
import { encodeKeyChange } from '#lib/core/sts/key-change.ts';
import { sealBlock } from '#lib/core/sts/token-block.ts';

const CIPHER = prepareCipher(7, parseHex('0abc12def3456789'));
const MINE: KnownKey = { name: 'my meter', cipher: CIPHER, baseDate: 1993 };
const OTHER: KnownKey = {
	name: 'other meter',
	cipher: prepareCipher(11, parseHex('929bd3a415c9420a05ec5ee9f3ce91c3')),
	baseDate: 2014,
};

const read = (digits: string) => {
	const explanation = explainToken(digits, [OTHER, MINE]);
	if (explanation.verdict !== 'read') throw new Error(explanation.verdict);
	return explanation.token;
};

describe('twenty digits alone', () => {
	it.each([
		['', { verdict: 'not-a-token', why: 'empty' }],
		['7063 0503 4700 2872 611', { verdict: 'not-a-token', why: 'too-short' }],
		['73941234567890123456', { verdict: 'not-a-token', why: 'too-large' }],
		['73786976294838206463', { verdict: 'reserved-class' }],
		['00000000000150997585', { verdict: 'mistyped', classNumber: 1 }],
		['29054347139309851356', { verdict: 'needs-key', classNumber: 0 }],
		['64677297699170608942', { verdict: 'needs-key', classNumber: 2 }],
	])('%j: %j', (digits, explanation) => {
		expect(explainToken(digits)).toMatchObject(explanation);
	});

	it('say everything when they are of class 1', () => {
		expect(explainToken('5649 3153 7254 5031 3471')).toEqual({
			verdict: 'read',
			token: {
				classNumber: 1,
				subclass: 0,
				title: 'InitiateMeterTest/Display',
				meaning: { kind: 'meter-test', tests: [{ number: 0, name: 'all' }], mfrCode: 0 },
			},
		});
	});

	it('name what a token of the class can be', () => {
		const explanation = explainToken('29054347139309851356');
		expect('canBe' in explanation && explanation.canBe).toContain('TransferCredit electricity');
	});
});

describe('with keys', () => {
	it('a credit says how much, when and under which key', () => {
		expect(read('29054347139309851356')).toEqual({
			classNumber: 0,
			subclass: 0,
			title: 'TransferCredit electricity',
			meaning: { kind: 'transfer-credit', service: 'electricity', units: 256 },
			stamp: {
				tid: 1_698_595,
				instantMs: Date.UTC(1996, 2, 25, 13, 55),
				reserved: false,
				rnd: 11,
			},
			keyName: 'my meter',
		});
	});

	it('a token that no key fits is not said to be mistyped', () => {
		expect(explainToken('29054347139309851356', [OTHER])).toEqual({
			verdict: 'no-key-fits',
			classNumber: 0,
		});
	});

	const encode = (subclass: number, fields: object) =>
		encodeToken({ classNumber: 2, subclass, fields: fields as never }, CIPHER);

	it.each<[string, string, object]>([
		['a power limit', encode(0, { rnd: 1, tid: 9, value: 0x416a }), { watts: 20_004 }],
		['a cleared register', encode(1, { rnd: 1, tid: 9, value: 2 }), { register: 'gas' }],
		['a reserved register', encode(1, { rnd: 1, tid: 9, value: 99 }), { registerNumber: 99 }],
		['a tariff rate', encode(2, { rnd: 1, tid: 9, value: 3 }), { value: 3 }],
		['a cleared tamper', encode(5, { rnd: 1, tid: 9, value: 0 }), { kind: 'clear-tamper' }],
		[
			'a flag',
			encode(10, { rnd: 1, tid: 9, value: 0xfc01 }),
			{ setting: { flag: 'certification-test', flagValue: 1 } },
		],
	])('%s is told', (_, digits, meaning) => {
		expect(read(digits)).toMatchObject({ meaning, stamp: { tid: 9, rnd: 1 } });
	});

	it('an amount in currency is told with its sign', () => {
		const fields = { signExponent: 8, tid: 1441, amount: 5 };
		const digits = encodeToken({ classNumber: 0, subclass: 5, fields }, CIPHER);
		expect(read(digits)).toMatchObject({
			meaning: { kind: 'transfer-currency', service: 'water', units: '-5' },
			stamp: { tid: 1441, reserved: true },
		});
	});

	it('an extended read is told', () => {
		const fields = { control: 0xf_c000_0000, mfrCode: 0 };
		const digits = encodeToken({ classNumber: 1, subclass: 2, fields });
		expect(explainToken(digits)).toMatchObject({
			token: { meaning: { kind: 'extended-read', index: 63, rest: 0, mfrCode: 0 } },
		});
	});

	it('a key change is told without its key', () => {
		const newKey = {
			...{ decoderKey: parseHex('7f78cdd220be39b8'), ken: 255, krn: 3, kt: 2 as const },
			...{ ti: 7, sgc: '000123', rollover: true },
		};
		const set = encodeKeyChange(newKey, CIPHER).map(read);
		expect(set.map(({ meaning }) => meaning)).toEqual([
			{
				...{ kind: 'key-change', section: 1, krn: 3, kt: 2, kenHigh: 15 },
				...{ rollover: true, threeTokens: true },
			},
			{ kind: 'key-change', section: 2, ti: 7, kenLow: 15 },
			{ kind: 'key-change', section: 3, sgc: '000123' },
		]);
		expect(JSON.stringify(set)).not.toContain(String(0x7f78cdd2));
	});

	it('sections of a long key are told apart', () => {
		const newKey = {
			...{ decoderKey: new Uint8Array(16), ken: 1, krn: 3, kt: 2 as const },
			...{ ti: 7, sgc: '000123', rollover: false },
		};
		const set = encodeKeyChange(newKey, OTHER.cipher).map(read);
		expect(set.slice(2).map(({ meaning }) => meaning)).toEqual([
			{ kind: 'key-change', section: 3 },
			{ kind: 'key-change', section: 4 },
		]);
	});

	it.each([
		[0, 8, 'association'],
		[2, 12, 'maker'],
	] as const)('class %i subclass %i is left to the %s', (classNumber, subclass, leftTo) => {
		const block = sealBlock(classNumber, subclass, 123, 'plain');
		const token = read(blockToDigits(classNumber, block, CIPHER));
		expect(token.meaning).toEqual({ kind: 'not-defined', leftTo });
		expect(token).not.toHaveProperty('stamp');
	});
});
