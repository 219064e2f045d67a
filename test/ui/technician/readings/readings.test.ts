/** The profile that is shown: of the meter at the probe, and looked up before it may be read anew. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readResume, writeResume } from '#lib/browser/store/technician-deliveries.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { readings } from '#lib/ui/technician/readings/readings.svelte.ts';
import { headSubject } from '#lib/ui/technician/readings/kept-reading.ts';
import { technicianDesk } from '#lib/ui/technician/state/desk.svelte.ts';
import { meterDesk } from '#lib/ui/technician/state/meter.svelte.ts';
import { closeTabs, NOW, tab } from '../../../browser/vault/bench.ts';
import { DeliveryBench } from '../state/delivery-bench.ts';

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

describe('a profile of which this device has something', () => {
	const DRN = '12345678903';
	const OTHER = '37204100004';
	const subject = headSubject(LOAD);
	let store = tab();

	beforeEach(async () => {
		store = tab();
		vi.spyOn(technicianDesk, 'store', 'get').mockReturnValue(store);
		await writeResume(store, { drn: DRN, subject, snapshot: '{}', updatedAtMs: NOW });
		technicianDesk.trouble = undefined;
		meterDesk.drn = OTHER;
		await readings.choose(LOAD);
		meterDesk.drn = DRN;
		meterDesk.connected = new DeliveryBench(store).at().connected as typeof meterDesk.connected;
	});

	afterEach(async () => {
		vi.restoreAllMocks();
		meterDesk.connected = undefined;
		await closeTabs();
	});

	const isKept = async () => (await readResume(store, DRN, subject)) !== undefined;
	const known = () => ({ isKnown: readings.isKnown, isUnread: readings.isUnread });
	const breaks = () => new DOMException('full', 'QuotaExceededError');

	it('is not read anew where that could not be looked up, until another look has made it known', async () => {
		const get = vi.spyOn(store.resumes, 'get').mockRejectedValue(breaks());
		await readings.choose(LOAD);
		expect(known()).toEqual({ isKnown: false, isUnread: true });
		expect(technicianDesk.trouble).toEqual({ kind: 'store', fault: 'no-space' });
		get.mockRestore();
		await readings.read('all');
		expect(await isKept()).toBe(true);
		const looking = readings.lookAgain();
		expect(known()).toEqual({ isKnown: false, isUnread: false });
		await looking;
		expect(known()).toEqual({ isKnown: true, isUnread: false });
	});

	it('says so where that cannot be thrown away, and begins no reading', async () => {
		await readings.choose(LOAD);
		vi.spyOn(store.resumes, 'delete').mockRejectedValue(breaks());
		await readings.read('all');
		expect(technicianDesk.trouble).toEqual({ kind: 'store', fault: 'no-space' });
		expect(readings.reading).toBeUndefined();
		expect(readings.running).toBe(false);
		expect(await isKept()).toBe(true);
	});
});
