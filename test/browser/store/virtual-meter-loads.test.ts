import { describe, expect, it } from 'vitest';
import { appendLoads, packLoads, unpackLoads } from '#lib/browser/store/virtual-meter-loads.ts';
import { LOAD_PROFILE_CAPACITY } from '#lib/core/meter/cosem/load-profile.ts';

const row = (clockMs: number) => ({ clockMs, totalWh: clockMs + 1, powerW: 300, creditWh: 0 });

describe('the load profile of a virtual meter in its own row', () => {
	it('comes back as it was packed', () => {
		const rows = [row(900_000), row(1_800_000)];
		expect(unpackLoads(packLoads(rows))).toEqual(rows);
		expect(unpackLoads([])).toEqual([]);
	});

	it('lets the oldest row give way', () => {
		const full = packLoads(Array.from({ length: LOAD_PROFILE_CAPACITY }, (_, at) => row(at)));
		const rows = unpackLoads(appendLoads(full, [row(5000), row(6000)]));
		expect(rows?.length).toBe(LOAD_PROFILE_CAPACITY);
		expect([rows?.[0], rows?.at(-1)]).toEqual([row(2), row(6000)]);
	});

	it.each([
		['a row cut short', [1, 2, 3]],
		['a number below nothing', [1, 2, 3, -1]],
		['a part of a number', [1, 2, 3, 0.5]],
		['one row too many', new Array<number>((LOAD_PROFILE_CAPACITY + 1) * 4).fill(0)],
		['no numbers', 'abcd' as unknown as number[]],
	])('is refused: %s', (_, numbers) => {
		expect(unpackLoads(numbers)).toBeUndefined();
	});
});
