import { describe, expect, it } from 'vitest';
import { latch } from '#lib/ui/view/latch.ts';

describe('a latch', () => {
	it('stays closed once it was closed, each for itself', () => {
		const [one, other] = [latch(), latch()];
		expect([false, true, false].map(one)).toEqual([false, true, true]);
		expect(other(false)).toBe(false);
	});
});
