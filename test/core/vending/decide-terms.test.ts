/** Terms of selling without the network that contradict themselves. */
import { describe, expect, it } from 'vitest';
import { findTermsErrors } from '#lib/core/vending/decide-terms.ts';
import { DEFAULT_OFFLINE_TERMS, type OfflineTerms } from '#lib/core/vending/offline-terms.ts';

const caps = { perSaleMinor: 100, sumMinor: 1_000, count: 10, ageMs: 1_000 };
const reserve = { denominationsMinor: [10, 20, 50], sumMinor: 100, count: 5, lifeMs: 1_000 };
const good: OfflineTerms = { queued: caps, unkept: caps, reserve };
const placesOf = (terms: OfflineTerms) => findTermsErrors(terms).map(({ pointer }) => pointer);

describe('terms', () => {
	it('that fit together have no errors', () => {
		expect(findTermsErrors(good)).toEqual([]);
		expect(findTermsErrors(DEFAULT_OFFLINE_TERMS)).toEqual([]);
	});

	it('cap one sale at no more than the sum', () => {
		const less = { ...caps, sumMinor: 99 };
		expect(placesOf({ ...good, unkept: less })).toEqual(['/unkept/perSaleMinor']);
		expect(placesOf({ queued: less, unkept: less, reserve: null })).toEqual([
			'/queued/perSaleMinor',
			'/unkept/perSaleMinor',
		]);
	});

	it('never allow more where rows can be lost', () => {
		const more = { perSaleMinor: 101, sumMinor: 1_001, count: 11, ageMs: 1_001 };
		expect(placesOf({ ...good, unkept: more })).toEqual([
			'/unkept/perSaleMinor',
			'/unkept/sumMinor',
			'/unkept/count',
			'/unkept/ageMs',
		]);
		expect(placesOf({ ...good, queued: null, unkept: more })).toEqual([]);
	});

	it('have denominations that rise, each once, and none above the sum', () => {
		const of = (...denominationsMinor: number[]) =>
			placesOf({ ...good, reserve: { ...reserve, denominationsMinor } });
		expect(of(10, 10)).toEqual(['/reserve/denominationsMinor/1']);
		expect(of(20, 10)).toEqual(['/reserve/denominationsMinor/1']);
		expect(of(10, 101)).toEqual(['/reserve/denominationsMinor/1']);
	});
});
