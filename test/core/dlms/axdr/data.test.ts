import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHex, formatHex } from '#lib/core/bytes/hex.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { type Data, DATA_TYPES, dataTypeOf } from '#lib/core/dlms/axdr/data-type.ts';
import { decodeData } from '#lib/core/dlms/axdr/decode.ts';
import { encodeData } from '#lib/core/dlms/axdr/encode.ts';
import { breaches, expectSturdy } from '../every-way.ts';

const EXAMPLES: [hex: string, data: Data][] = [
	['00', build.NULL_DATA],
	['ff', { type: 'dont-care' }],
	['0100', build.array()],
	['020211020f03', build.structure(build.unsigned(2), build.integer(3))],
	['0301', build.boolean(true)],
	['0300', build.boolean(false)],
	['03ff', { type: 'boolean', value: true, octet: 255 }],
	['0403a0', build.bitString(Uint8Array.of(0xa0), 3)],
	['05ffffffff', build.doubleLong(-1)],
	['06ffffffff', build.doubleLongUnsigned(0xffffffff)],
	['0902abcd', build.octetString(Uint8Array.of(0xab, 0xcd))],
	['0a026869', build.visibleString('hi')],
	['0c02c3a9', { type: 'utf8-string', value: Uint8Array.of(0xc3, 0xa9) }],
	['0d42', { type: 'bcd', value: 0x42 }],
	['0f80', build.integer(-128)],
	['108000', build.long(-32768)],
	['11ff', build.unsigned(255)],
	['12ffff', build.longUnsigned(65535)],
	['148000000000000000', build.long64(-(1n << 63n))],
	['15ffffffffffffffff', build.long64Unsigned((1n << 64n) - 1n)],
	['1607', build.enumerated(7)],
	['173fc00000', build.float32(1.5)],
	['183ff8000000000000', build.float64(1.5)],
	[
		'1907e40106ff00030000ffc400',
		{ type: 'date-time', value: parseHex('07e40106ff00030000ffc400') },
	],
	['1a07e80b15ff', { type: 'date', value: parseHex('07e80b15ff') }],
	['1b081e0f17', { type: 'time', value: parseHex('081e0f17') }],
	['1cff', { type: 'delta-integer', value: -1 }],
	['1dffff', { type: 'delta-long', value: -1 }],
	['1effffffff', { type: 'delta-double-long', value: -1 }],
	['1fff', { type: 'delta-unsigned', value: 255 }],
	['20ffff', { type: 'delta-long-unsigned', value: 65535 }],
	['21ffffffff', { type: 'delta-double-long-unsigned', value: 0xffffffff }],
	[
		'1302021209' + '08' + '0001' + '020102' + '0002' + '00',
		build.compactArray(
			{ type: 'structure', elements: [{ type: 'long-unsigned' }, { type: 'octet-string' }] },
			build.structure(build.longUnsigned(1), build.octetString(Uint8Array.of(1, 2))),
			build.structure(build.longUnsigned(2), build.octetString(new Uint8Array())),
		),
	],
	[
		'1301000211' + '04' + '01020304',
		build.compactArray(
			{ type: 'array', count: 2, element: { type: 'unsigned' } },
			build.array(build.unsigned(1), build.unsigned(2)),
			build.array(build.unsigned(3), build.unsigned(4)),
		),
	],
];

/** Any Data of up to three levels, for round trips. */
const anyData: fc.Arbitrary<Data> = fc.letrec<{ data: Data }>((tie) => ({
	data: fc.oneof(
		{ maxDepth: 3 },
		fc.constantFrom(...EXAMPLES.map(([, data]) => data)),
		fc.integer({ min: -128, max: 127 }).map(build.integer),
		fc.uint8Array({ maxLength: 200 }).map(build.octetString),
		fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }).map(build.long64),
		fc.array(tie('data'), { maxLength: 4 }).map((list) => build.structure(...list)),
		fc.array(tie('data'), { maxLength: 4 }).map((list) => build.array(...list)),
	),
})).data;

describe('Data in A-XDR', () => {
	it.each(EXAMPLES)('%s is read, and written again to the same octets', (hex, data) => {
		expect(decodeData(parseHex(hex))).toEqual(data);
		expect(formatHex(encodeData(data))).toBe(hex);
		expectSturdy(decodeData, parseHex(hex));
	});

	it('has an example of every type of the table', () => {
		const shown = new Set(EXAMPLES.map(([, data]) => data.type));
		expect(DATA_TYPES.map((row) => row.name).filter((name) => !shown.has(name))).toEqual([]);
		expect(dataTypeOf('enum').tag).toBe(22);
	});

	it('gives every value back', () => {
		fc.assert(
			fc.property(anyData, (data) => {
				expect(decodeData(encodeData(data))).toEqual(data);
			}),
			{ seed: 4, numRuns: 500 },
		);
	});

	it('never throws anything but a breach, whatever the octets', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 60 }), (octets) => {
				breaches(decodeData, octets);
			}),
			{ seed: 5, numRuns: 20_000 },
		);
	});

	it.each([
		['unassigned type', '07', 'unknown-data-type'],
		['structures 17 deep', '0201'.repeat(17) + '00', 'nested-too-deep'],
		['two gigaoctets claimed', '09847fffffff00', 'length-past-end'],
		['two thousand million elements', '01847fffffff00', 'length-past-end'],
		['an indefinite length', '0980', 'bad-length'],
		['a length of length five', '09850000000001', 'bad-length'],
		['a bit-string shorter than it says', '0409ff', 'length-past-end'],
		['a compact-array of nothing', '13000100', 'empty-element'],
		['a compact-array of empty arrays', '1301000011' + '0100', 'empty-element'],
		['a compact-array bomb', '13' + '01ffff'.repeat(3) + '00' + '0100', 'too-many-elements'],
		['a description 17 deep', '13' + '010001'.repeat(17) + '11' + '0100', 'nested-too-deep'],
		['a compact-array in a description', '13131100', 'unknown-data-type'],
	])('refuses %s', (_, hex, code) => {
		expect(() => decodeData(parseHex(hex))).toThrow(expect.objectContaining({ code }));
	});

	it('takes sixteen levels, as the limit says', () => {
		const deep = parseHex('0201'.repeat(16) + '00');
		expect(encodeData(decodeData(deep))).toEqual(deep);
	});

	it('counts the elements of all lists together', () => {
		// 7 lists of 65,535 nulls are more than the limit, though each alone is less.
		const list = `0182ffff${'00'.repeat(65_535)}`;
		expect(() => decodeData(parseHex(`0107${list.repeat(7)}`))).toThrow(
			expect.objectContaining({ code: 'too-many-elements' }),
		);
	});

	it.each([
		['a number too large', build.unsigned(256)],
		['a negative unsigned', build.longUnsigned(-1)],
		['a fraction', build.integer(0.5)],
		['a signed number too large', build.doubleLong(0x8000_0000)],
		['a long64 too large', build.long64(1n << 63n)],
		['a negative long64-unsigned', build.long64Unsigned(-1n)],
		['a date of the wrong length', { type: 'date', value: new Uint8Array(4) } as Data],
		['a bit-string of the wrong length', build.bitString(Uint8Array.of(0), 9)],
	])('slips on %s', (_, data) => {
		expect(() => encodeData(data)).toThrow(RangeError);
	});

	it('slips on a compact-array whose elements differ from their description', () => {
		const pair = { type: 'array', count: 2, element: { type: 'unsigned' } } as const;
		const single = { type: 'structure', elements: [{ type: 'unsigned' }] } as const;
		for (const wrong of [
			build.compactArray({ type: 'unsigned' }, build.integer(1)),
			build.compactArray(pair, build.array(build.unsigned(1))),
			build.compactArray(single, build.structure()),
		])
			expect(() => encodeData(wrong)).toThrow(TypeError);
		expect(() => build.visibleString('é')).toThrow(RangeError);
	});
});
