import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePin, MAX_PASSPHRASE, normalizePin, type PinRefusal } from '#lib/core/field/pin.ts';

describe('a PIN', () => {
	it.each<[string, PinRefusal]>([
		['', 'too-short'],
		['48291', 'too-short'],
		['   48291   ', 'too-short'],
		['4829104829104', 'too-long'],
		['111111', 'few-characters'],
		['121112', 'few-characters'],
		['345678', 'in-a-row'],
		['987654', 'in-a-row'],
		['890123', 'in-a-row'],
		['864208', 'in-a-row'],
		['271271', 'repeats'],
		['48294829', 'repeats'],
		['147258', 'well-known'],
	])('%j is refused: %s', (pin, refusal) => {
		expect(judgePin(pin)).toBe(refusal);
	});

	it.each(['482917', '902184', '482910482916', ' 482917 '])('%j is taken', (pin) => {
		expect(judgePin(pin)).toBeUndefined();
	});

	it('refuses few of those that chance makes', () => {
		const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 8 });
		const sample = fc.sample(digits, 2_000).map((each) => judgePin(each.join('')));
		expect(sample.filter((refusal) => refusal !== undefined).length).toBeLessThan(40);
	});
});

describe('a passphrase', () => {
	it.each<[string, PinRefusal]>([
		['short one', 'too-short'],
		['a'.repeat(MAX_PASSPHRASE) + 'b', 'too-long'],
		['aaaabbbbcccc', 'few-characters'],
		['abcdefghij', 'in-a-row'],
		['nmlkjihgfedc', 'in-a-row'],
		['lanternlantern', 'repeats'],
		['Password123', 'well-known'],
		['QWERTYUIOP', 'well-known'],
	])('%j is refused: %s', (pin, refusal) => {
		expect(judgePin(pin)).toBe(refusal);
	});

	it.each(['four blue kettles', 'пробник на стене', 'kettle 4829'])('%j is taken', (pin) => {
		expect(judgePin(pin)).toBeUndefined();
	});

	it('is the same however the keyboard composes it', () => {
		expect(normalizePin('  kéttle ４８２９ ')).toBe(normalizePin('ke\u0301ttle 4829'));
	});
});
