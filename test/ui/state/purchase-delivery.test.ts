/** The screen that sends a purchase to its meter, where the device gives it nothing to work with. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEntry } from '#lib/core/sync/keypad-entry.ts';
import { unlocked } from '#lib/core/sync/keypad-lockout.ts';
import type { LinePort } from '#lib/link/line.ts';
import { app } from '#lib/ui/state/app.svelte.ts';
import { PurchaseDelivery } from '#lib/ui/state/purchase-delivery.svelte.ts';
import * as sales from '../../core/sync/sale.ts';
import { FakeMemory } from '../../harness/fake-memory.ts';

beforeEach(() => vi.stubGlobal('localStorage', new FakeMemory()));
afterEach(async () => {
	vi.unstubAllGlobals();
	vi.restoreAllMocks();
	await app.store.open();
});

describe('looking what there is', () => {
	it('finds the ways to the meter, and that nothing was sent', async () => {
		const watch = new PurchaseDelivery('p');
		await watch.look();
		expect([watch.ports.known, watch.end, watch.delivery]).toEqual([true, undefined, undefined]);
	});

	it('finds the ways also where the store is closed, and says that nothing can be kept', async () => {
		app.store.close();
		const watch = new PurchaseDelivery('p');
		await watch.look();
		expect([watch.ports.known, watch.end]).toEqual([true, { ended: 'not-kept' }]);
	});
});

describe('sending', () => {
	it('is over where the browser gives no lock, and may be tried again', async () => {
		const port: LinePort = {
			...{ label: { kind: 'serial', name: 'FT232R' }, medium: 'serial' },
			open: () => Promise.reject(new Error('nothing may be opened without the lock')),
		};
		const request = vi.fn(() => Promise.reject(new DOMException('', 'InvalidStateError')));
		vi.stubGlobal('navigator', { locks: { request } });
		if (sales.issued.state !== 'issued') throw new TypeError('the purchase has its tokens');
		const { drn } = sales.issued.receipt;
		vi.spyOn(PurchaseDelivery.prototype, 'facts', 'get').mockReturnValue({
			...{ issued: sales.issued, entry: startEntry(sales.ID, drn), lockout: unlocked(drn) },
			...{ sent: null, vends: [], entries: new Map() },
		});
		const watch = new PurchaseDelivery(sales.ID);
		const way = { id: 'serial', port, isLast: true, alike: 1 };
		for (const times of [1, 2]) {
			await expect(watch.send(way)).rejects.toThrow(DOMException);
			expect(watch.doing).toBeUndefined();
			expect(request).toHaveBeenCalledTimes(times);
		}
	});
});
