import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { asciiOctets } from '#lib/core/dlms/axdr/build.ts';
import { clientAddress, meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { encodeFrame } from '#lib/core/dlms/hdlc/frame.ts';
import { addParity } from '#lib/core/dlms/opening/identification.ts';
import { damageOfAnswer, damageOfIdentification } from '#lib/core/field/doctor/damage.ts';

const ADDRESSES = [meterAddress(1), meterAddress(1, 17), meterAddress(1, 17, 4)];
const answer = (type: 'UA' | 'DM', address = meterAddress(1)): Uint8Array =>
	encodeFrame({
		segmented: false,
		destination: clientAddress(16),
		source: address,
		control: { type, pollFinal: true },
		information: new Uint8Array(),
	});
const LINE = addParity(asciiOctets('/TKL5\\2TOKENLINE\r\n'));
const DISC = encodeFrame({
	segmented: false,
	destination: meterAddress(1),
	source: clientAddress(16),
	control: { type: 'DISC', pollFinal: true },
	information: new Uint8Array(),
});
const stick = (octets: Uint8Array, bit: number, value: 0 | 1): Uint8Array =>
	octets.map((octet) => (value === 1 ? octet | (1 << bit) : octet & ~(1 << bit)));
const without = (octets: Uint8Array, every: number, offset: number): Uint8Array =>
	octets.filter((_, at) => (at + offset) % every !== every - 1);

const stuck = fc.record({ bit: fc.nat(7), value: fc.constantFrom(0 as const, 1 as const) });

describe('an answer to DISC', () => {
	it('tells which bit is stuck, for every bit', () => {
		fc.assert(
			fc.property(
				stuck,
				fc.constantFrom('UA' as const, 'DM' as const),
				fc.constantFrom(...ADDRESSES),
				({ bit, value }, type, address) => {
					const heard = stick(answer(type, address), bit, value);
					expect(damageOfAnswer(heard, DISC, address, 16)).toEqual({
						kind: 'stuck-bit',
						bit,
						value,
					});
				},
			),
		);
	});

	it('tells that octets are lost, however often', () => {
		fc.assert(
			fc.property(fc.integer({ min: 2, max: 9 }), fc.nat(8), (every, offset) => {
				const heard = without(answer('DM'), every, offset);
				expect(damageOfAnswer(heard, DISC, meterAddress(1), 16)).toEqual({ kind: 'octets-lost' });
			}),
		);
	});

	it('tells it from an echo too, with an answer after it or without', () => {
		for (const whole of [DISC, concatBytes(DISC, answer('UA'))]) {
			const heard = stick(whole, 3, 1);
			const expected = { kind: 'stuck-bit', bit: 3, value: 1 };
			expect(damageOfAnswer(heard, DISC, meterAddress(1), 16)).toEqual(expected);
			const lost = without(whole, 7, 0);
			expect(damageOfAnswer(lost, DISC, meterAddress(1), 16)).toEqual({ kind: 'octets-lost' });
		}
	});

	it('tells nothing more where it is neither, and nothing where hardly anything came', () => {
		const flipped = answer('DM');
		flipped[3] = 0x55;
		expect(damageOfAnswer(flipped, DISC, meterAddress(1), 16)).toEqual({ kind: 'garbled' });
		expect(damageOfAnswer(answer('DM').subarray(0, 2), DISC, meterAddress(1), 16)).toBeUndefined();
		expect(damageOfAnswer(new Uint8Array(), DISC, meterAddress(1), 16)).toBeUndefined();
	});
});

describe('an identification', () => {
	it('tells by its parity which bit is stuck', () => {
		fc.assert(
			fc.property(stuck, ({ bit, value }) => {
				// Bit 7 is the parity itself: the line can be read, and is no damage to be found here.
				fc.pre(bit < 7);
				const heard = stick(LINE, bit, value);
				fc.pre(heard.some((octet, at) => octet !== LINE[at]));
				expect(damageOfIdentification(heard)).toEqual({ kind: 'stuck-bit', bit, value });
			}),
		);
	});

	it('tells by its parity that octets are lost, not spoiled', () => {
		for (const heard of [LINE.subarray(1), LINE.subarray(0, 15), LINE.filter((_, at) => at !== 17)])
			expect(damageOfIdentification(heard)).toEqual({ kind: 'octets-lost' });
	});

	it('tells nothing more of noise', () => {
		const noise = Uint8Array.of(0x81, 0x02, 0x77, 0x13, 0x00, 0xf1, 0x99, 0x10, 0x54);
		expect(damageOfIdentification(noise)).toEqual({ kind: 'garbled' });
		expect(damageOfIdentification(noise.subarray(0, 2))).toBeUndefined();
	});
});
