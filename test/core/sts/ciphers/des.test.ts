import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { desDecrypt, desEncrypt, hasOddParity } from '#lib/core/sts/ciphers/des.ts';

describe('DES', () => {
	it('gives the classic example, and back', () => {
		const key = parseHex('133457799bbcdff1');
		expect(formatHex(desEncrypt(key, parseHex('0123456789abcdef')))).toBe('85e813540f0ab405');
		expect(formatHex(desDecrypt(key, parseHex('85e813540f0ab405')))).toBe('0123456789abcdef');
	});

	it('takes eight octets of key and of block', () => {
		expect(() => desEncrypt(parseHex('1334'), parseHex('0123456789abcdef'))).toThrow(RangeError);
		expect(() => desEncrypt(parseHex('133457799bbcdff1'), parseHex('01'))).toThrow(RangeError);
	});

	it('knows the parity of a key', () => {
		expect(hasOddParity(parseHex('abababababababab'))).toBe(true);
		expect(hasOddParity(parseHex('abababababababaa'))).toBe(false);
	});
});

describe('a prepared cipher', () => {
	it('takes a key of its algorithm’s length, and never tells it', () => {
		expect(() => prepareCipher(7, parseHex('00112233445566778899aabbccddeeff'))).toThrow(
			RangeError,
		);
		expect(() => prepareCipher(11, parseHex('0123456789abcdef'))).toThrow(
			'a decoder key of EA11 has another length',
		);
	});
});
