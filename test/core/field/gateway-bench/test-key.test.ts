/** The keys of a run: the meter's own, and the bench's that follows from it. */
import { describe, expect, it } from 'vitest';
import { BenchKeys, type TestKey } from '#lib/core/field/gateway-bench/test-key.ts';
import { formatHex } from '#lib/core/bytes/hex.ts';
import { KEY_11, KEY_7 } from '../../meter/bench-meter.ts';

const key = (more: Partial<TestKey> = {}): TestKey => ({
	...{ ea: 7, sgc: '201457', krn: 1, ti: 1, kt: 2, ken: 85, baseDate: 2014, decoderKeyHex: KEY_7 },
	...more,
});

describe('the keys of a run', () => {
	it.each([
		[7, KEY_7, 3],
		[11, KEY_11, 4],
	] as const)('of EA%i', (ea, decoderKeyHex, tokens) => {
		const keys = new BenchKeys(key({ ea, decoderKeyHex }));
		const away = keys.newKey('away');
		expect(away).toMatchObject({ krn: 2, ken: 255, ti: 1, kt: 2, rollover: false });
		expect(away.decoderKey.length).toBe(decoderKeyHex.length / 2);
		expect(formatHex(away.decoderKey)).not.toBe(decoderKeyHex);
		// The next run finds the same key again.
		const again = new BenchKeys(key({ ea, decoderKeyHex })).newKey('away');
		expect(again.decoderKey).toEqual(away.decoderKey);
		expect(keys.newKey('home')).toMatchObject({ krn: 1, ken: 85 });
		expect(formatHex(keys.newKey('home').decoderKey)).toBe(decoderKeyHex);
		expect(keys.change('home', away)).toHaveLength(tokens);
		expect(keys.change('home', away)).not.toEqual(keys.change('away', away));
	});

	it('go round after the ninth revision', () => {
		expect(new BenchKeys(key({ krn: 9 })).krn('away')).toBe(1);
	});

	it('have the length of their algorithm', () => {
		expect(() => new BenchKeys(key({ decoderKeyHex: KEY_11 }))).toThrow(RangeError);
	});

	it('are not told by what is printed', () => {
		expect(JSON.stringify(new BenchKeys(key()).foreign)).toBe('{"ea":7}');
	});
});
