import { describe, expect, it } from 'vitest';
import { keyEnd } from '#lib/core/vending/key-warning.ts';

const DAY_MS = 86_400_000;
const NOW_MS = 1_800_000_000_000;

describe('the end of a key', () => {
	it.each([
		[91, 91, null],
		[90.01, 90, null],
		[90, 90, 'within-90-days'],
		[30.01, 30, 'within-90-days'],
		[30, 30, 'within-30-days'],
		[7, 7, 'within-7-days'],
		[0.5, 0, 'within-7-days'],
		[0, 0, 'issue-ended'],
		[-5, 0, 'issue-ended'],
	])('%s days away leaves %s whole ones and warns %s', (days, daysLeft, warning) => {
		expect(keyEnd(NOW_MS + days * DAY_MS, NOW_MS)).toEqual({ daysLeft, warning });
	});

	it('that there is none of warns of nothing', () => {
		expect(keyEnd(null, NOW_MS)).toEqual({ daysLeft: null, warning: null });
	});
});
