import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import {
	assembleNewKey,
	decideKeyChange,
	encodeKeyChange,
	keyChangeSections,
	type KeyState,
	type NewKey,
} from '#lib/core/sts/key-change.ts';
import {
	isKeyType,
	isKeyTypeChangePermitted,
	judgeKeyTypeForIssue,
	KEY_TYPES,
} from '#lib/core/sts/key-type.ts';
import { nextKrn } from '#lib/core/sts/key-attributes.ts';

const CIPHER = prepareCipher(7, parseHex('87f3ecbb2e46b48f'));
const CIPHER_11 = prepareCipher(11, parseHex('929bd3a415c9420a05ec5ee9f3ce91c3'));

const SHORT: NewKey = {
	...{ decoderKey: parseHex('7f78cdd220be39b8'), ken: 255, krn: 1, kt: 2, ti: 2 },
	...{ sgc: undefined, rollover: false },
};
const LONG: NewKey = {
	...SHORT,
	decoderKey: parseHex('b199270a77af96d3156c51b0964a8782'),
	sgc: '201457',
};

describe('a set of key-change tokens', () => {
	it('is as published for a 64-bit key', () => {
		expect(encodeKeyChange(SHORT, CIPHER)[0]).toBe('06510894141453018386');
		expect(encodeKeyChange({ ...SHORT, sgc: '201457' }, CIPHER)).toHaveLength(3);
	});

	it('puts the octets of a 128-bit key where the published sets have them', () => {
		const parts = keyChangeSections(LONG).map(({ fields }) =>
			'keyPart' in fields ? fields.keyPart.toString(16) : '',
		);
		expect(parts).toEqual(['b199270a', '964a8782', '77af96d3', '156c51b0']);
		expect(keyChangeSections(LONG)[2]?.fields).toMatchObject({ sgcLow: 753 });
		expect(keyChangeSections(LONG)[3]?.fields).toMatchObject({ sgcHigh: 49 });
		expect(encodeKeyChange(LONG, CIPHER_11)).toHaveLength(4);
	});

	it('is the same digits when it is made again', () => {
		expect(encodeKeyChange(LONG, CIPHER_11)).toEqual(encodeKeyChange(LONG, CIPHER_11));
	});

	it('is a slip across algorithms, or of four without a supply group', () => {
		expect(() => encodeKeyChange(LONG, CIPHER)).toThrow(RangeError);
		expect(() => encodeKeyChange(SHORT, CIPHER_11)).toThrow(RangeError);
		expect(() => keyChangeSections({ ...LONG, sgc: undefined })).toThrow(RangeError);
		expect(() => keyChangeSections({ ...SHORT, decoderKey: new Uint8Array(5) })).toThrow(
			RangeError,
		);
	});

	it('gives the key back when all of it is there, and not before', () => {
		const [first, second, third, fourth] = keyChangeSections(LONG).map(({ fields }) => fields);
		const whole = { first, second, thirdOf128: third, fourthOf128: fourth } as never;
		const assembled = assembleNewKey(whole, 16);
		expect(assembled).toEqual(LONG);
		expect(formatHex(assembled?.decoderKey ?? new Uint8Array())).toBe(formatHex(LONG.decoderKey));
		for (const missing of ['first', 'second', 'thirdOf128', 'fourthOf128'])
			expect(assembleNewKey({ ...(whole as object), [missing]: undefined }, 16)).toBeUndefined();
	});
});

describe('whether a key change may be issued', () => {
	const NOW = Date.UTC(2024, 10, 1);
	const FROM: KeyState = {
		...{ pan: '600727000000000009', ea: 7, sgc: '201457', ti: 1 },
		...{ krn: 1, kt: 2, baseDate: 1993, ken: 255 },
	};
	const decide = (to: Partial<KeyState>, from: Partial<KeyState> = {}) =>
		decideKeyChange({ ...FROM, ...from }, { ...FROM, ...to }, NOW);

	it('tells the meter to roll over when the base date moves on', () => {
		expect(decide({ ti: 2 })).toEqual({ rollover: false });
		expect(decide({ baseDate: 2014, krn: 2 })).toEqual({ rollover: true });
		expect(decide({ krn: 2 }, { baseDate: 2014 })).toEqual({ rollover: false });
	});

	it.each<[string, Partial<KeyState>]>([
		['other-meter', { pan: '000001000000000082' }],
		['other-ea', { ea: 11 }],
		['key-type-change', { kt: 0 }],
		['key-type-change', { kt: 3 }],
		['rollover-needs-new-key', { baseDate: 2014 }],
		['before-base-date', { baseDate: 2035, krn: 2 }],
		['key-expired', { ken: 10 }],
	])('refuses by name: %s', (refusal, to) => {
		expect(decide(to)).toEqual({ refusal });
	});

	it('rescues a meter whose key has expired or whose era is over', () => {
		expect(decide({ ken: 255, krn: 2 }, { ken: 10 })).toEqual({ rollover: false });
		const later = Date.UTC(2025, 0, 1);
		expect(decideKeyChange(FROM, { ...FROM, krn: 2 }, later)).toEqual({ refusal: 'era-over' });
		expect(decideKeyChange(FROM, { ...FROM, krn: 2, baseDate: 2014 }, later)).toEqual({
			rollover: true,
		});
	});
});

describe('the key types', () => {
	it('change as the narrow table says, unless the operator widens it', () => {
		const permitted = ([0, 1, 2, 3] as const).map((from) =>
			([0, 1, 2, 3] as const).filter((to) => isKeyTypeChangePermitted(from, to)),
		);
		expect(permitted).toEqual([[1, 2], [1, 2], [1, 2], []]);
		expect(isKeyTypeChangePermitted(3, 3, { 0: [], 1: [], 2: [], 3: [3] })).toBe(true);
	});

	it('say which tokens may be issued under them', () => {
		expect(judgeKeyTypeForIssue(2, 0, '02')).toBeUndefined();
		expect(judgeKeyTypeForIssue(1, 0, '02')).toBe('no-credit-under-default-key');
		expect(judgeKeyTypeForIssue(1, 2, '02')).toBeUndefined();
		expect(judgeKeyTypeForIssue(3, 0, '02')).toBe('common-key-needs-card');
		expect(judgeKeyTypeForIssue(3, 0, '01')).toBeUndefined();
	});

	it('are four, and key revisions wrap from 9 to 1', () => {
		expect(Object.keys(KEY_TYPES).map(Number).every(isKeyType)).toBe(true);
		expect(isKeyType(4)).toBe(false);
		expect([nextKrn(1), nextKrn(9)]).toEqual([2, 1]);
	});
});
