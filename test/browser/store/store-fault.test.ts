import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { stored, StoreFault } from '#lib/browser/store/store-fault.ts';
import { writeDelivery } from '#lib/browser/store/technician-deliveries.ts';
import { closeTabs, NOW, tab } from '../vault/bench.ts';

afterEach(async () => {
	vi.restoreAllMocks();
	await closeTabs();
});

describe('what breaks the store', () => {
	it.each([
		['QuotaExceededError', 'no-space'],
		['VersionError', 'newer-version'],
		['SecurityError', 'not-allowed'],
		['InvalidStateError', 'not-allowed'],
		['DataError', 'failed'],
	])('as %s is named %s', async (name, kind) => {
		const broken = stored(() => Promise.reject(new DOMException('what the browser says', name)));
		await expect(broken).rejects.toMatchObject({ name: 'StoreFault', kind });
	});

	it('is named by what the browser said inside what Dexie says', async () => {
		const inner = new DOMException('full', 'QuotaExceededError');
		const broken = stored(() => Promise.reject(new Dexie.AbortError('aborted', inner)));
		await expect(broken).rejects.toMatchObject({ kind: 'no-space' });
	});

	it('says nothing of what was to be stored', async () => {
		const inner = new DOMException('full', 'QuotaExceededError');
		const error = await stored(() => Promise.reject(inner)).catch((cause: unknown) => cause);
		expect((error as StoreFault).message).toBe('no-space');
	});

	it('leaves a slip a slip, and a fault what it is', async () => {
		const slip = new RangeError('ours');
		await expect(stored(() => Promise.reject(slip))).rejects.toBe(slip);
		const fault = new StoreFault('other-tab');
		await expect(stored(() => Promise.reject(fault))).rejects.toBe(fault);
	});

	it('leaves nothing half written: a full disk in the middle of a transaction', async () => {
		const store = tab();
		await writeDelivery(store, { drn: '1', revision: 0, snapshot: 'a' }, NOW);
		const full = new DOMException('full', 'QuotaExceededError');
		const broken = stored(() =>
			store.transaction('rw', store.deliveries, store.counters, async () => {
				await store.deliveries.put({
					...{ drn: '1', schema: 1, snapshot: 'b', revision: 2, updatedAtMs: NOW },
				});
				await store.counters.put({ space: 's', schema: 1, reserved: 1 });
				throw full;
			}),
		);
		await expect(broken).rejects.toMatchObject({ kind: 'no-space' });
		expect(await store.counters.count()).toBe(0);
		expect((await store.deliveries.get('1'))?.snapshot).toBe('a');
	});

	it('of a database that was closed under us is a newer version’s doing', async () => {
		const store = tab();
		await store.open();
		store.close();
		const broken = stored(() => store.deliveries.count());
		await expect(broken).rejects.toMatchObject({ kind: 'newer-version' });
	});
});
