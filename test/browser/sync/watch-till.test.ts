import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { hasAgentStore } from '#lib/browser/store/agent-presence.ts';
import { setStop } from '#lib/browser/store/agent-outbox.ts';
import { drainTill } from '#lib/browser/sync/till-drain.ts';
import { readTillHere } from '#lib/browser/sync/till-here.ts';
import { watchTill } from '#lib/browser/sync/watch-till.ts';
import { soon } from '../../harness/soon.ts';
import { closeTillTabs, sell, tillBench, tillTab } from './till-bench.ts';

afterEach(closeTillTabs);

describe('what a new version of the app waits for', () => {
	it('is the till’s rows, told whenever they change', async () => {
		const bench = await tillBench();
		const told: number[] = [];
		const stop = await watchTill((rows) => told.push(rows), bench.store.name);
		await soon(() => expect(told.at(-1)).toBe(0));
		await sell(bench);
		await soon(() => expect(told.at(-1)).toBe(1));
		await drainTill(bench);
		await soon(() => expect(told.at(-1)).toBe(0));
		stop();
	});

	it('is not what a stopped till will never hand in', async () => {
		const bench = await tillBench();
		await sell(bench);
		await setStop(bench.store, bench.keys.id, 'revoked');
		const told: number[] = [];
		const stop = await watchTill((rows) => told.push(rows), bench.store.name);
		await soon(() => expect(told).toEqual([0]));
		stop();
	});

	it('is not an agent’s store on the device of somebody else, and asking makes none', async () => {
		expect(await hasAgentStore('nobodys')).toBe(false);
		expect(await hasAgentStore('nobodys')).toBe(false);
		const { store } = await tillBench();
		expect(await hasAgentStore(store.name)).toBe(true);
	});
});

describe('the till that this device is', () => {
	it('is none before it is enrolled', async () => {
		expect(await readTillHere(tillTab(), Date.now)).toBeUndefined();
	});

	it('has its keys, and the backend’s clock as it was last heard', async () => {
		const bench = await tillBench();
		await bench.store.till.update('till', { offsetMs: 5_000 });
		const here = await readTillHere(bench.store, bench.nowMs);
		expect(here?.keys.id).toBe(bench.keys.id);
		expect(here?.offsetMs()).toBe(5_000);
		here?.signer.hear(7_000);
		expect(here?.offsetMs()).toBe(7_000);
		await soon(async () =>
			expect(await bench.store.till.get('till')).toMatchObject({ offsetMs: 7_000 }),
		);
	});

	it('says so where the browser threw its keys away', async () => {
		const bench = await tillBench();
		await bench.store.deviceKeys.clear();
		expect(await readTillHere(bench.store, bench.nowMs)).toBeUndefined();
		expect(await bench.store.till.get('till')).toMatchObject({ stop: 'keys-missing' });
	});
});
