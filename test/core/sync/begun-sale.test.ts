import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBegunSale } from '#lib/core/sync/begun-sale.ts';

const NOW = { ms: Date.UTC(2026, 10, 30), isSure: true };
const HOUR = 3_600_000;
const begun = { meterText: '', drn: '01234567897', amountText: '500', atMs: NOW.ms - HOUR };
const kept = (change: object = {}) => JSON.stringify({ ...begun, ...change });

describe('a purchase that was begun', () => {
	it('is found again as it was', () => {
		expect(readBegunSale(kept(), NOW)).toEqual(begun);
		const typing = { ...begun, meterText: '0123 45', drn: null, amountText: '' };
		expect(readBegunSale(JSON.stringify(typing), NOW)).toEqual(typing);
	});

	it.each([
		['nothing', null],
		['rubbish', '{'],
		['another shape', '[1]'],
		['a number', '7'],
		['no meter number', kept({ drn: '0123' })],
		['an endless text', kept({ amountText: '9'.repeat(41) })],
		['no time', kept({ atMs: 'now' })],
		['yesterday’s', kept({ atMs: NOW.ms - 25 * HOUR })],
		['one from 2099', kept({ atMs: Date.UTC(2099, 0, 1) })],
	])('is forgotten: %s', (_, json) => {
		expect(readBegunSale(json, NOW)).toBeNull();
	});

	it('is forgotten where nobody knows what day it is', () => {
		expect(readBegunSale(kept(), { ...NOW, isSure: false })).toBeNull();
	});

	it('is read from whatever stands there without a slip', () => {
		fc.assert(
			fc.property(fc.json(), (json) => {
				expect(readBegunSale(json, NOW)).toBeNull();
			}),
		);
	});
});
