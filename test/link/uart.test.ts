import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { asciiOctets } from '#lib/core/dlms/axdr/build.ts';
import { addParity } from '#lib/core/dlms/opening/identification.ts';
import { sameSettings, eightN1, type LineSettings, sevenE1 } from '#lib/link/line.ts';
import { hearBurst } from '#lib/link/uart.ts';

const octetsOf = (heard: ReturnType<typeof hearBurst>): number[] => heard.map(({ octet }) => octet);
const REQUEST = asciiOctets('/?!\r\n');

const settings = fc.record<LineSettings>({
	baud: fc.constantFrom(300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200),
	dataBits: fc.constantFrom(7 as const, 8 as const),
	parity: fc.constantFrom('none' as const, 'even' as const, 'odd' as const),
});

describe('two ports set alike', () => {
	it('understand each other at every rate and in every form', () => {
		fc.assert(
			fc.property(settings, fc.uint8Array({ maxLength: 40 }), (set, octets) => {
				const mask = set.dataBits === 7 ? 0x7f : 0xff;
				const heard = hearBurst(octets, set, set);
				expect(octetsOf(heard)).toEqual([...octets].map((octet) => octet & mask));
				expect(heard.every(({ flaw }) => flaw === undefined)).toBe(true);
				expect(sameSettings(set, { ...set })).toBe(true);
			}),
		);
	});
});

describe('another form', () => {
	it('shows the even parity of 7E1 in bit 7 of an 8N1 port', () => {
		const heard = hearBurst(REQUEST, sevenE1(300), eightN1(300));
		expect(octetsOf(heard)).toEqual([...parseHex('af3f218d0a')]);
		expect(heard.every(({ flaw }) => flaw === undefined)).toBe(true);
	});

	it('takes parity made in software for parity', () => {
		const heard = hearBurst(addParity(REQUEST), eightN1(300), sevenE1(300));
		expect(octetsOf(heard)).toEqual([...REQUEST]);
		expect(heard.every(({ flaw }) => flaw === undefined)).toBe(true);
	});

	it('finds the parity wrong of every octet that was sent with the other one', () => {
		const odd: LineSettings = { baud: 300, dataBits: 7, parity: 'odd' };
		const heard = hearBurst(REQUEST, sevenE1(300), odd);
		expect(octetsOf(heard)).toEqual([...REQUEST]);
		expect(heard.every(({ flaw }) => flaw === 'parity')).toBe(true);
	});

	it('misses the stop bit where nine bits come for eight', () => {
		const eightE1: LineSettings = { baud: 9600, dataBits: 8, parity: 'even' };
		// Two ones: the parity bit is 0 where the stop bit is looked for.
		expect(hearBurst(Uint8Array.of(0x03), eightE1, eightN1(9600))).toMatchObject([
			{ octet: 0x03, flaw: 'framing' },
		]);
		expect(hearBurst(Uint8Array.of(0x01), eightE1, eightN1(9600))).toMatchObject([
			{ octet: 0x01, flaw: undefined },
		]);
	});
});

describe('another rate', () => {
	it('makes other octets of the same bits, the same each time', () => {
		const once = hearBurst(REQUEST, sevenE1(300), eightN1(9600));
		expect(once.length).toBeGreaterThan(REQUEST.length);
		expect(octetsOf(once)).not.toEqual([...REQUEST]);
		expect(hearBurst(REQUEST, sevenE1(300), eightN1(9600))).toEqual(once);
	});

	it('is nothing to a port so slow that a whole character is a spike', () => {
		// The only low bit that lasts is over before the middle of a start bit at 300 baud.
		expect(hearBurst(Uint8Array.of(0xff), eightN1(9600), eightN1(300))).toEqual([]);
	});

	it('never goes on for ever, and never gives more than there is', () => {
		fc.assert(
			fc.property(settings, settings, fc.uint8Array({ maxLength: 40 }), (from, to, octets) => {
				const heard = hearBurst(octets, from, to);
				const edges = octets.length * 6;
				expect(heard.length).toBeLessThanOrEqual(edges);
				for (const { octet } of heard) expect(octet).toBeLessThan(1 << to.dataBits);
			}),
		);
	});
});

describe('a port that comes late', () => {
	it('misses what was before it and finds its way into what follows', () => {
		const octets = Uint8Array.of(0x55, 0xff, 0xff, 0x31);
		const characterMs = 10_000 / 300;
		const heard = hearBurst(octets, eightN1(300), eightN1(300), characterMs * 1.5);
		expect(octetsOf(heard)).toEqual([0xff, 0x31]);
	});
});
