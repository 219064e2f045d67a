import { describe, expect, it } from 'vitest';
import { crc16Modbus, crc16X25 } from '#lib/core/bytes/crc16.ts';
import { equalBytes } from '#lib/core/bytes/equal.ts';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';

const ascii = (text: string) => new TextEncoder().encode(text);

describe('hex', () => {
	it('goes there and back, whatever the case and the spacing', () => {
		expect(formatHex(parseHex('00 Ff\n7e'))).toBe('00ff7e');
		expect(parseHex('')).toEqual(new Uint8Array());
	});

	it.each(['0', 'zz', '0x00', '123'])('refuses %j', (text) => {
		expect(() => parseHex(text)).toThrow(TypeError);
	});
});

describe('crc16', () => {
	it('gives the check values of the catalogue', () => {
		expect(crc16Modbus(ascii('123456789'))).toBe(0x4b37);
		expect(crc16Modbus(ascii('123456789'), 0)).toBe(0xbb3d);
		expect(crc16X25(ascii('123456789'))).toBe(0x906e);
	});

	it('covers just the octets asked for', () => {
		expect(crc16X25(ascii('x123456789y'), 1, 10)).toBe(0x906e);
	});
});

describe('equalBytes', () => {
	it('sees every difference, also in length', () => {
		expect(equalBytes(parseHex('0102'), parseHex('0102'))).toBe(true);
		expect(equalBytes(parseHex('0102'), parseHex('0103'))).toBe(false);
		expect(equalBytes(parseHex('0102'), parseHex('010200'))).toBe(false);
	});
});
