import { describe, expect, it } from 'vitest';
import { decideMeterVerdict } from '#lib/ui/view/meter-verdict.ts';

describe('the verdict while typing', () => {
	it.each([
		['', { kind: 'hint' }],
		['0123 4', { kind: 'so-far', digits: 5 }],
		['٠١٢٣ ٤', { kind: 'so-far', digits: 5 }],
		['0123 4567 897', { kind: 'sound', drn: '01234567897' }],
		['0123 4567 890', { kind: 'refused', code: 'meter-check-digit' }],
		// It may still become a number of thirteen digits.
		['0123 4567 8900', { kind: 'so-far', digits: 12 }],
		['0123 4567 890123', { kind: 'refused', code: 'meter-number-length' }],
		['0123 45b', { kind: 'refused', code: 'meter-number-not-digits' }],
	])('%j', (text, verdict) => {
		expect(decideMeterVerdict(text, false)).toEqual(verdict);
	});

	it.each([
		['', { kind: 'refused', code: 'meter-number-empty' }],
		['0123 4', { kind: 'refused', code: 'meter-number-length' }],
		['0123 4567 897', { kind: 'sound', drn: '01234567897' }],
	])('%j, when that is all', (text, verdict) => {
		expect(decideMeterVerdict(text, true)).toEqual(verdict);
	});
});
