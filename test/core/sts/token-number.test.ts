import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	bitsToDigits,
	digitsToBits,
	formatToken,
	MAX_TOKEN,
	parseToken,
	type TokenBits,
} from '#lib/core/sts/token-number.ts';

const asBigInt = ({ top, rest }: TokenBits) =>
	(BigInt(top) << 64n) | (BigInt(rest.high) << 32n) | BigInt(rest.low);

const anyTokenNumber = fc.bigInt({ min: 0n, max: 2n ** 66n - 1n });

describe('the twenty digits of a token', () => {
	it('are printed as five groups of four', () => {
		expect(formatToken('00000000000150997584')).toBe('0000 0000 0001 5099 7584');
		expect(() => formatToken('1234')).toThrow(RangeError);
	});

	it.each([
		['', 'empty'],
		['  - ', 'empty'],
		['7063 0503 4700 2872 611x', 'not-digits'],
		['७'.repeat(20), 'not-digits'],
		['٧'.repeat(19), 'too-short'],
		['7063050347002872611', 'too-short'],
		['706305034700287261144', 'too-long'],
		['73786976294838206464', 'too-large'],
		['99999999999999999999', 'too-large'],
	])('refuse %j by name: %s', (text, refusal) => {
		expect(parseToken(text)).toEqual({ refusal });
	});

	it('are read with the spaces, hyphens and no-break spaces people paste', () => {
		const digits = '70630503470028726114';
		for (const text of [
			'7063 0503 4700 2872 6114',
			'7063-0503-4700-2872-6114',
			'7063\u00a00503 4700 2872 6114\n',
			'٧٠٦٣ ٠٥٠٣ ٤٧٠٠ ٢٨٧٢ ٦١١٤',
		])
			expect(parseToken(text)).toEqual({ digits });
		expect(parseToken(MAX_TOKEN)).toEqual({ digits: MAX_TOKEN });
	});

	it('are the decimal form of the 66 bits, whatever they are', () => {
		fc.assert(
			fc.property(anyTokenNumber, (number) => {
				const digits = number.toString().padStart(20, '0');
				expect(asBigInt(digitsToBits(digits))).toBe(number);
				expect(bitsToDigits(digitsToBits(digits))).toBe(digits);
			}),
			{ numRuns: 20_000, seed: 1 },
		);
	});

	it('are right at every carry of the arithmetic', () => {
		const edges = [
			0n,
			1n,
			2n ** 32n - 1n,
			2n ** 32n,
			2n ** 64n - 1n,
			2n ** 64n,
			10n ** 10n,
			2n ** 66n - 1n,
		];
		for (const edge of edges)
			for (const number of [edge - 1n, edge, edge + 1n]) {
				if (number < 0n || number >= 2n ** 66n) continue;
				const digits = number.toString().padStart(20, '0');
				expect(asBigInt(digitsToBits(digits))).toBe(number);
				expect(bitsToDigits(digitsToBits(digits))).toBe(digits);
			}
		expect(() => digitsToBits('73786976294838206464')).toThrow(RangeError);
	});
});
