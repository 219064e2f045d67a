/** A reading that is taken back: by a device that can, and by one whose store is closed. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { keepReading } from '#lib/browser/sync/keep-reading.ts';
import { app } from '#lib/ui/state/app.svelte.ts';
import { MeterUseWatch } from '#lib/ui/state/meter-use.svelte.ts';

const DRN = '37204100004';

beforeEach(async () => {
	await app.store.open();
	await app.store.readings.clear();
});

describe('a reading taken back', () => {
	it('is gone', async () => {
		await keepReading(app.store, DRN, 12_000);
		const [reading] = await app.store.readings.toArray();
		await new MeterUseWatch(DRN).takeBack(reading?.id ?? '');
		expect(await app.store.readings.count()).toBe(0);
	});

	it('stays where the store cannot be written, every screen says so, and then it can be taken back', async () => {
		await keepReading(app.store, DRN, 12_000);
		const [reading] = await app.store.readings.toArray();
		const watch = new MeterUseWatch(DRN);
		app.store.close();
		await watch.takeBack(reading?.id ?? '');
		expect(app.keepTrouble).not.toBeNull();
		await app.store.open();
		expect(await app.store.readings.count()).toBe(1);
		await watch.takeBack(reading?.id ?? '');
		expect(app.keepTrouble).toBeNull();
	});
});
