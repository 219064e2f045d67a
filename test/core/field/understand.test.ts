import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as build from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { encodeData } from '#lib/core/dlms/axdr/encode.ts';
import { dataOctets } from '#lib/core/field/data-size.ts';
import { isOfPattern, obisGroups, obisPattern } from '#lib/core/field/obis-pattern.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import {
	bitsIn,
	MAX_BITS,
	MAX_TEXT_OCTETS,
	textIn,
	truthIn,
	wholeIn,
} from '#lib/core/field/understand.ts';

const SAMPLES: readonly Data[] = [
	build.NULL_DATA,
	build.boolean(true),
	build.bitString(Uint8Array.of(0xa5, 0x80), 9),
	build.doubleLong(-1),
	build.octetString(new Uint8Array(200)),
	build.visibleString('abc'),
	build.long64(-5n),
	build.float32(1),
	build.float64(2),
	{ type: 'date', value: new Uint8Array(5) },
	build.structure(build.unsigned(1), build.array(build.integer(2), build.longUnsigned(3))),
	build.compactArray(
		{ type: 'structure', elements: [{ type: 'unsigned' }, { type: 'octet-string' }] },
		build.structure(build.unsigned(1), build.octetString(Uint8Array.of(1, 2))),
		build.structure(build.unsigned(2), build.octetString(new Uint8Array())),
	),
	build.compactArray(
		{ type: 'array', count: 2, element: { type: 'long' } },
		build.array(build.long(1), build.long(2)),
	),
];

describe('values of meters', () => {
	it.each(SAMPLES.map((data) => [data.type, data] as const))(
		'of type %s are as long as they encode',
		(_, data) => {
			expect(dataOctets(data)).toBe(encodeData(data).length);
			expect(dataOctets(build.array(data, data))).toBe(encodeData(build.array(data, data)).length);
		},
	);

	it('are cut where they are long', () => {
		const long = build.octetString(new Uint8Array(5000).fill(0x41));
		expect(textIn(long)).toHaveLength(MAX_TEXT_OCTETS);
		expect(bitsIn(build.bitString(new Uint8Array(500), 4000))).toHaveLength(MAX_BITS);
	});

	it('give the bits that count, for any length', () => {
		fc.assert(
			fc.property(fc.array(fc.boolean(), { maxLength: MAX_BITS }), (bits) => {
				const octets = new Uint8Array(Math.ceil(bits.length / 8));
				bits.forEach((bit, at) => {
					if (bit) octets[at >> 3]! |= 0x80 >> (at & 7);
				});
				expect(bitsIn(build.bitString(octets, bits.length))).toEqual(bits);
			}),
		);
	});

	it('are no numbers where they would lose digits, and no truths where they are texts', () => {
		expect(wholeIn(build.long64Unsigned(2n ** 53n))).toBeUndefined();
		expect(wholeIn(build.long64(-9007199254740991n))).toBe(-9007199254740991);
		expect(wholeIn(build.float64(1))).toBeUndefined();
		expect([build.unsigned(0), build.enumerated(2)].map(truthIn)).toEqual([false, true]);
		expect(truthIn(build.visibleString('on'))).toBeUndefined();
	});
});

describe('families of logical names', () => {
	it('are written with ranges and stars', () => {
		const energy = obisPattern('1.*.1-2.8.0-8');
		const is = (name: string) => isOfPattern(obisGroups(obis(name)), energy);
		expect(['1.0.1.8.0', '1.64.2.8.8', '1.0.3.8.0', '1.0.1.8.9', '1.0.1.8.0.3'].map(is)).toEqual([
			...[true, true, false, false, false],
		]);
	});

	it.each(['', '1.2.3', '1.2.3.4.x', '1.2.3.4.5-'])('%s is none', (text) => {
		expect(() => obisPattern(text)).toThrow(TypeError);
	});
});
