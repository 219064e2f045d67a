import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { asciiOctets } from '#lib/core/dlms/axdr/build.ts';
import { clientAddress, meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { encodeFrame } from '#lib/core/dlms/hdlc/frame.ts';
import {
	framesTo,
	identificationIn,
	parityOf,
	withoutEcho,
	withParity,
} from '#lib/core/field/doctor/hearing.ts';

const DISC = parseHex('7ea00703215303c77e');
const frame = (type: 'UA' | 'DM' | 'SNRM', from: 'us' | 'meter'): Uint8Array =>
	encodeFrame({
		segmented: false,
		destination: from === 'us' ? meterAddress(1) : clientAddress(16),
		source: from === 'us' ? clientAddress(16) : meterAddress(1),
		control: { type, pollFinal: true },
		information: new Uint8Array(),
	});

describe('our own words', () => {
	const REST = asciiOctets('rest');

	it('are taken out where they came back whole, each once', () => {
		const heard = concatBytes(DISC, REST, REST);
		expect(withoutEcho(heard, [DISC])).toEqual({ octets: concatBytes(REST, REST), echoed: true });
		expect(withoutEcho(concatBytes(DISC, DISC), [DISC]).octets).toEqual(DISC);
		expect(withoutEcho(concatBytes(REST, DISC, REST), [DISC])).toEqual({
			octets: concatBytes(REST, REST),
			echoed: true,
		});
	});

	it('may have come in part, and the part is no answer', () => {
		for (let count = 1; count < DISC.length; count += 1)
			expect(withoutEcho(DISC.subarray(0, count), [DISC])).toEqual({
				octets: new Uint8Array(),
				echoed: false,
			});
	});

	it('leave an answer alone that begins and ends as they do', () => {
		const answer = frame('DM', 'meter');
		expect(withoutEcho(answer, [DISC])).toEqual({ octets: answer, echoed: false });
		expect(formatHex(withoutEcho(concatBytes(DISC, answer), [DISC]).octets)).toBe(
			formatHex(answer),
		);
	});

	it('never make more of what was heard', () => {
		fc.assert(
			fc.property(fc.uint8Array(), fc.array(fc.uint8Array({ minLength: 1 })), (heard, said) => {
				const { octets } = withoutEcho(heard, said);
				expect(octets.length).toBeLessThanOrEqual(heard.length);
			}),
		);
	});
});

describe('frames', () => {
	it('are those to us, not our own', () => {
		const heard = concatBytes(frame('SNRM', 'us'), Uint8Array.of(1, 2), frame('UA', 'meter'));
		expect(framesTo(16, heard).map(({ control }) => control.type)).toEqual(['UA']);
		expect(framesTo(17, heard).map(({ control }) => control.type)).toEqual([]);
	});
});

describe('an identification', () => {
	const LINE = asciiOctets('/TKL5\\2TOKENLINE\r\n');

	it.each(['even', 'odd', 'none'] as const)(
		'is found with %s parity, whatever is before it',
		(parity) => {
			const spoken = withParity(LINE, parity);
			const heard = concatBytes(
				Uint8Array.of(0, 0xff),
				withParity(asciiOctets('/?!\r\n/x'), parity),
				spoken,
			);
			const found = identificationIn(heard);
			expect(found?.identification).toMatchObject({ maker: 'TKL', baud: 9600, offersHdlc: true });
			expect(found?.octets).toEqual(spoken);
			expect(parityOf(spoken)).toBe(parity);
		},
	);

	it('is not what has no end or no sense', () => {
		for (const text of ['', '/TKL5\\2X', '/?!\r\n', '/!\r\n', 'TKL5\\2X\r\n'])
			expect(identificationIn(asciiOctets(text))).toBeUndefined();
	});

	it('has no parity where its octets differ', () => {
		expect(parityOf(Uint8Array.of(0xaf, 0x54))).toBeUndefined();
	});
});
