import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSlip } from '#lib/core/vending/reject-doctor/slip.ts';

const TOKEN = '12345678901234567890';

const digit = fc.constantFrom(...'0123456789');
const token = fc.string({ unit: digit, minLength: 20, maxLength: 20 });
const without = (text: string, at: number, count: number) =>
	text.slice(0, at) + text.slice(at + count);

describe('a slip', () => {
	it.each([
		['the same', TOKEN, null],
		['one digit', '12345678901234567891', { kind: 'digit', at: 19, typed: '1' }],
		['the first digit', '02345678901234567890', { kind: 'digit', at: 0, typed: '0' }],
		['two neighbours', '12354678901234567890', { kind: 'swapped', at: 3 }],
		['the last two', '12345678901234567809', { kind: 'swapped', at: 18 }],
		['one left out', '1234567890123456890', { kind: 'missing', at: 16, count: 1 }],
		['a group left out', '1234901234567890', { kind: 'missing', at: 4, count: 4 }],
		['stopped early', '12345678', { kind: 'missing', at: 8, count: 12 }],
		['one too many', '123456788901234567890', { kind: 'extra', at: 8, count: 1 }],
		['one more at the end', '123456789012345678900', { kind: 'extra', at: 20, count: 1 }],
		['two digits apart', '12345078901234567891', { kind: 'several', at: 5 }],
		['something else', '99', { kind: 'several', at: 0 }],
		['one left out, one wrong', '1234567890123456791', { kind: 'several', at: 17 }],
	])('%s is named', (_, typed, slip) => {
		expect(findSlip(TOKEN, typed)).toEqual(slip);
	});

	it('explains every single slip by one that makes the same digits', () => {
		fc.assert(
			fc.property(token, fc.nat(19), digit, fc.integer({ min: 1, max: 5 }), (good, at, d, n) => {
				const wrong = good.slice(0, at) + d + good.slice(at + 1);
				expect(findSlip(good, wrong)).toEqual(
					wrong === good ? null : { kind: 'digit', at, typed: d },
				);
				const short = without(good, at, n);
				const missing = findSlip(good, short);
				expect(missing).toMatchObject({ kind: 'missing' });
				if (missing?.kind === 'missing')
					expect(without(good, missing.at, missing.count)).toBe(short);
				const long = good.slice(0, at) + d.repeat(n) + good.slice(at);
				const extra = findSlip(good, long);
				expect(extra).toMatchObject({ kind: 'extra', count: n });
				if (extra?.kind === 'extra') expect(without(long, extra.at, n)).toBe(good);
			}),
		);
	});

	it('of any digits is one, or none for the same', () => {
		fc.assert(
			fc.property(token, fc.string({ unit: digit, maxLength: 30 }), (good, typed) => {
				const slip = findSlip(good, typed);
				expect(slip === null).toBe(good === typed);
				if (slip) expect(slip.at).toBeLessThanOrEqual(20);
			}),
		);
	});
});
