/** The page's bench, where it cannot be gone on with. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import type { FieldDesk } from '#lib/browser/sync/field-desk.ts';
import { benchDesk } from '#lib/ui/technician/bench/bench.svelte.ts';
import { VIRTUAL_PROFILE } from '#lib/ui/technician/meter/known-profiles.ts';
import { technicianDesk } from '#lib/ui/technician/state/desk.svelte.ts';
import { meterDesk } from '#lib/ui/technician/state/meter.svelte.ts';

// The page's one meter looks for its ports as it is made.
vi.hoisted(() => vi.stubGlobal('localStorage', { getItem: () => null }));

/** A desk whose counters cannot be kept. */
const deskWith = (error: Error) =>
	({ counters: () => Promise.reject(error) }) as unknown as FieldDesk;

describe('a run at the connected meter', () => {
	beforeEach(() => {
		vi.spyOn(meterDesk, 'disconnect').mockResolvedValue();
		benchDesk.target = 'connected';
		meterDesk.drn = '12345678903';
		meterDesk.profile = VIRTUAL_PROFILE;
		meterDesk.rights = { kind: 'test-keys' };
		meterDesk.way = { id: 'way' } as typeof meterDesk.way;
		meterDesk.connected = { identity: {} } as typeof meterDesk.connected;
	});

	afterEach(() => {
		vi.restoreAllMocks();
		meterDesk.connected = undefined;
		technicianDesk.trouble = undefined;
		benchDesk.again();
	});

	it('that breaks on the store says what the store did', async () => {
		const desk = deskWith(new StoreFault('no-space'));
		vi.spyOn(technicianDesk, 'desk', 'get').mockReturnValue(desk);
		await benchDesk.start();
		expect(benchDesk.phase).toBe('broken');
		expect(technicianDesk.trouble).toEqual({ kind: 'store', fault: 'no-space' });
	});

	it('that breaks on a slip of ours hides it from nobody', async () => {
		const slip = new TypeError('a slip');
		vi.spyOn(technicianDesk, 'desk', 'get').mockReturnValue(deskWith(slip));
		await expect(benchDesk.start()).rejects.toBe(slip);
		expect(benchDesk.phase).toBe('broken');
		expect(technicianDesk.trouble).toBeUndefined();
	});
});
