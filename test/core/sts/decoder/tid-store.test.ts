import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	EMPTY_TID_STORE,
	factoryTidStore,
	judgeTid,
	recordTid,
	TID_STORE_SIZE,
} from '#lib/core/sts/decoder/tid-store.ts';

describe('the TIDs a meter remembers', () => {
	it('start full of the TID of manufacture', () => {
		const store = factoryTidStore(1000);
		expect(store).toHaveLength(TID_STORE_SIZE);
		expect(judgeTid(store, 999)).toBe('OldError');
		expect(judgeTid(store, 1000)).toBe('UsedError');
		expect(judgeTid(store, 1001)).toBeUndefined();
	});

	it('after a rollover make nothing old until they are many again', () => {
		const store = recordTid(EMPTY_TID_STORE, 500);
		expect(judgeTid(store, 499)).toBeUndefined();
		expect(judgeTid(store, 500)).toBe('UsedError');
	});

	it('are never taken twice, whatever comes in which order', () => {
		const tids = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 300 });
		fc.assert(
			fc.property(tids, (entered) => {
				let store = factoryTidStore(50, 10);
				const taken = new Set<number>();
				for (const tid of entered) {
					if (judgeTid(store, tid, 10)) continue;
					expect(taken.has(tid)).toBe(false);
					taken.add(tid);
					store = recordTid(store, tid, 10);
					expect(store).toHaveLength(10);
					expect([...store].sort((a, b) => a - b)).toEqual(store);
				}
			}),
			{ seed: 10 },
		);
	});
});
