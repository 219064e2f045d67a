/** The profile that is shown: of the meter at the probe, and looked up before it may be read anew. */
import { describe, expect, it, vi } from 'vitest';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { readings } from '#lib/ui/technician/readings/readings.svelte.ts';
import { meterDesk } from '#lib/ui/technician/state/meter.svelte.ts';

// The page's one meter looks for its ports as it is made.
vi.hoisted(() => vi.stubGlobal('localStorage', { getItem: () => null }));

const LOAD = obis('1.0.99.1.0.255');
const ROW = { atMs: 0, deviation: null, daylightSaving: false, cells: [1] };

describe('a profile', () => {
	it('of one meter is not shown of the next one that has the same', async () => {
		meterDesk.drn = '12345678903';
		await readings.choose(LOAD);
		readings.kept = { rows: [ROW], leftOut: 0 };
		await readings.choose(LOAD);
		expect(readings.kept.rows).toHaveLength(1);
		meterDesk.drn = '37204100004';
		await readings.choose(LOAD);
		expect(readings.kept.rows).toEqual([]);
	});

	it('is not known before what is kept of it was looked up', async () => {
		meterDesk.drn = '12345678903';
		const looking = readings.choose(LOAD);
		expect(readings.isKnown).toBe(false);
		await looking;
		expect(readings.isKnown).toBe(true);
	});
});
