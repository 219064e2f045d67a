import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latinDigits } from '#lib/core/units/digits.ts';
import '../../harness/seed.ts';

/** The same text with the digits of a script that begins there. */
const inScript = (text: string, nought: number): string =>
	text.replace(/[0-9]/g, (digit) => String.fromCharCode(nought + Number(digit)));

describe('digits of other keyboards', () => {
	it.each([
		['Arabic', 0x660],
		['Persian', 0x6f0],
	])('%s ones become Latin ones, and nothing else changes', (_, nought) => {
		expect(latinDigits(inScript('0123456789', nought))).toBe('0123456789');
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
				expect(latinDigits(inScript(text, nought))).toBe(text);
			}),
		);
	});

	it('beside them are left alone, such as letters of the same script', () => {
		for (const text of ['٪', 'ﻻ', 'ٟ', 'ۺ', '७', 'عداد', '−1']) expect(latinDigits(text)).toBe(text);
	});
});
