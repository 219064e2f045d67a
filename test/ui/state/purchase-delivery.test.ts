/** The screen that sends a purchase to its meter, where the device gives it nothing to work with. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { app } from '#lib/ui/state/app.svelte.ts';
import { PurchaseDelivery } from '#lib/ui/state/purchase-delivery.svelte.ts';
import { FakeMemory } from '../../harness/fake-memory.ts';

beforeEach(() => vi.stubGlobal('localStorage', new FakeMemory()));
afterEach(async () => {
	vi.unstubAllGlobals();
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
