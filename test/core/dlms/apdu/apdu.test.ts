import { describe, expect, it } from 'vitest';
import { Breach } from '#lib/core/bytes/breach.ts';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { decodeApdu, decodeApduLeniently, encodeApdu } from '#lib/core/dlms/apdu/apdu.ts';
import {
	allows,
	conformance,
	CONFORMANCE_BITS,
	conformanceNames,
	FULL_CONFORMANCE,
} from '#lib/core/dlms/apdu/conformance.ts';
import { wantedCounter } from '#lib/core/dlms/apdu/failure.ts';
import {
	APDU_TAGS,
	cipheredScope,
	cipheredTag,
	nameOfTag,
	tagOf,
} from '#lib/core/dlms/apdu/tags.ts';
import { obis, obisOctets, obisOf, parseObis } from '#lib/core/dlms/cosem/obis.ts';
import { breaches, expectSturdy } from '../every-way.ts';
import { APDU_EXAMPLES } from './examples.ts';

/** Kinds whose last field may lawfully be absent or longer, so that a cut or longer one is another APDU. */
const OPEN_ENDED = new Set([
	'exception-response',
	'RLRE',
	'unknown',
	'set-response',
	'action-response',
]);

/** No octets at all are an answer of their own: here they count as refused. */
const decodeFilled = (octets: Uint8Array) => {
	if (octets.length === 0) throw new Breach('empty', 0, 'test');
	return decodeApdu(octets);
};

describe('every APDU', () => {
	it.each(APDU_EXAMPLES.map((apdu) => [formatHex(encodeApdu(apdu)), apdu] as const))(
		'%s comes back as it was, and is refused in every other way',
		(hex, apdu) => {
			expect(decodeApdu(parseHex(hex))).toEqual(apdu);
			expectSturdy(decodeFilled, parseHex(hex), !OPEN_ENDED.has(apdu.apdu));
		},
	);

	it('has an example of every service with a row', () => {
		const shown = new Set(APDU_EXAMPLES.map((apdu) => apdu.apdu as string));
		const missing = APDU_TAGS.map((row) => row.name).filter((name) => !shown.has(name));
		expect(missing).toEqual(['data-notification-confirm']);
	});
});

describe('what peers get wrong', () => {
	it('reads what stands before octets that belong to nothing', () => {
		const twice = parseHex(
			'c401c100090c07ea0b150600231e00000000090f090c07ea0b150600231e00000000090f',
		);
		const { apdu, trailing } = decodeApduLeniently(twice);
		expect(apdu).toMatchObject({ apdu: 'get-response', kind: 'normal' });
		expect(trailing).toBe(18);
		expect(() => decodeApdu(twice)).toThrow(expect.objectContaining({ code: 'trailing-octets' }));
	});

	it('takes the reason of a release whose lengths are wrong', () => {
		expect(decodeApdu(parseHex('6311800100be0f040e0800065f1f0400001e1d04000007'))).toEqual({
			apdu: 'RLRE',
			reason: Uint8Array.of(0),
			misshapen: true,
		});
		expect(breaches(decodeApdu, parseHex('6211800100be0f040e0800065f1f0400001e1d04000007'))).toBe(
			true,
		);
		expect(breaches(decodeApdu, parseHex('6305be0304010000'))).toBe(true);
	});

	it('carries an unknown tag, and an answer of no octets', () => {
		for (const hex of ['7f0102', '0001c109', '']) {
			const apdu = decodeApdu(parseHex(hex));
			expect(apdu.apdu).toBe('unknown');
			expect(formatHex(encodeApdu(apdu))).toBe(hex);
		}
	});

	it('takes an AARE that begins with a protocol version and has no authentication fields', () => {
		const aare = decodeApdu(
			parseHex(
				'612d80020780a109060760857405080101a203020100a305a103020100be10040e0800065f1f040000501f01f40007',
			),
		);
		expect(aare).toMatchObject({
			apdu: 'AARE',
			result: 0,
			diagnostic: { source: 'user', value: 0 },
		});
	});
});

describe('tables', () => {
	it('knows the ciphered twins', () => {
		expect(cipheredTag(tagOf('get-request'), 'glo')).toBe(0xc8);
		expect(cipheredTag(tagOf('action-response'), 'ded')).toBe(0xd7);
		expect(cipheredTag(tagOf('access-request'), 'glo')).toBeUndefined();
		expect(cipheredScope(0x28)).toEqual({ scope: 'glo', plain: 0x08 });
		expect(cipheredScope(0xd5)).toEqual({ scope: 'ded', plain: 0xc5 });
		expect(cipheredScope(0xc0)).toBeUndefined();
		expect(nameOfTag(0xe0)).toBe('general-block-transfer');
	});

	it('counts conformance from the highest bit', () => {
		expect(conformance('get', 'set')).toBe(0x000018);
		expect(conformanceNames(0x00501f)).toEqual([
			'priority-management',
			'block-transfer-with-get',
			'get',
			'set',
			'selective-access',
			'event-notification',
			'action',
		]);
		expect(allows(FULL_CONFORMANCE, 'general-block-transfer')).toBe(true);
		expect(conformance(...CONFORMANCE_BITS.map((row) => row.name))).toBe(0x7effff);
	});

	it('finds the counter a meter asks for', () => {
		const apdu = decodeApdu(parseHex('d8010600030d44'));
		expect(apdu.apdu === 'exception-response' && wantedCounter(apdu)).toBe(0x30d44);
		const other = decodeApdu(parseHex('d80205'));
		expect(other.apdu === 'exception-response' && wantedCounter(other)).toBeUndefined();
	});

	it('reads logical names as people write them', () => {
		for (const text of ['1.0.1.8.0.255', '1-0:1.8.0*255', '1-0:1.8.0', ' 1.0.1.8.0 '])
			expect(parseObis(text)).toBe('1.0.1.8.0.255');
		for (const text of ['', '1.0.1.8', '1.0.1.8.0.256', 'a.b.c.d.e.f', '1.0.1.8.0.255.1'])
			expect(parseObis(text)).toBeUndefined();
		expect(formatHex(obisOctets(obis('1.0.1.8.0.255')))).toBe('0100010800ff');
		expect(obisOf(parseHex('0100010800ff'))).toBe('1.0.1.8.0.255');
		expect(obisOf(parseHex('0100'))).toBeUndefined();
		expect(() => obis('nonsense')).toThrow(TypeError);
	});
});
