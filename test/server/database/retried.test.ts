import { describe, expect, it } from 'vitest';
import { decideRetry } from '#lib/server/database/retried.ts';

describe('decideRetry', () => {
	it('does a work again that met another one, with growing pauses, and not for ever', () => {
		for (const state of ['40001', '40P01']) {
			const pauses = Array.from({ length: 12 }, (_, at) => decideRetry(state, at + 1, 0.5));
			expect(pauses).toEqual([
				4,
				8,
				16,
				32,
				64,
				100,
				100,
				100,
				100,
				undefined,
				undefined,
				undefined,
			]);
		}
	});

	it('does a work again at once that inserted what is there already, three times', () => {
		const pauses = Array.from({ length: 4 }, (_, at) => decideRetry('23505', at + 1, 0.9));
		expect(pauses).toEqual([0, 0, 0, undefined]);
	});

	it('does nothing again that failed for a reason of its own', () => {
		for (const state of [undefined, '23503', 'P0001', '23514'])
			expect(decideRetry(state, 1, 0)).toBeUndefined();
	});
});
