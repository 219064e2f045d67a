import { describe, expect, it } from 'vitest';
import { lookAfterStorage } from '#lib/browser/store/technician-storage.ts';
import { LEAST_ROOM_OCTETS } from '#lib/core/field/storage-danger.ts';

describe('asking the browser to keep it', () => {
	const storage = (persisted: boolean, granted: boolean, asked = { times: 0 }) => ({
		asked,
		persisted: async () => persisted,
		persist: async () => ((asked.times += 1), granted),
		estimate: async () => ({ usage: 0, quota: LEAST_ROOM_OCTETS }),
	});

	it('is done where it does not yet, and its answer is believed', async () => {
		const refusing = storage(false, false);
		expect(await lookAfterStorage(refusing)).toBe('not-persisted');
		expect(refusing.asked.times).toBe(1);
		expect(await lookAfterStorage(storage(false, true))).toBe('none');
		const keeping = storage(true, false);
		expect(await lookAfterStorage(keeping)).toBe('none');
		expect(keeping.asked.times).toBe(0);
	});

	it('that answers nothing, or is not there, promises nothing', async () => {
		expect(await lookAfterStorage(undefined)).toBe('not-persisted');
		const broken = { ...storage(true, true), estimate: () => Promise.reject(new TypeError('no')) };
		expect(await lookAfterStorage(broken)).toBe('not-persisted');
	});
});
