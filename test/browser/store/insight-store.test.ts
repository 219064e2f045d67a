/** Readings and reminders come to an older database without touching what is in it. */
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, describe, expect, it } from 'vitest';
import {
	changeReminder,
	putReminder,
	readReminders,
	switchOffReminder,
} from '#lib/browser/store/reminders.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import { addReading, readUse, removeReading } from '#lib/browser/store/use.ts';
import { startReminder } from '#lib/core/sync/reminders.ts';

const NAME = 'insight';
const DRN = '12345678903';
afterEach(() => Dexie.delete(NAME));

const receipt = (issuedAtMs: number, energyDeciKwh: number, change: object = {}) => ({
	...{ drn: DRN, issuedAtMs, roundingGainDeciKwh: 0 },
	waterfall: { tenderedMinor: energyDeciKwh * 100, lines: [], energyDeciKwh },
	...change,
});
const sale = (id: string, drn = DRN) => ({ id, createdAtMs: 1, request: { drn } });
const issued = (id: string, of: object) => ({
	...{ id, state: 'issued', notBeforeMs: 0 },
	answer: { id, state: 'issued', receipt: of, tokens: [] },
});
const entry = { id: 'a', drn: DRN, token: 0, group: 2 };

/** The database as version 3 of the app left it. */
async function oldDatabase(): Promise<void> {
	const old = new Dexie(NAME);
	old.version(1).stores({
		outbox: 'id, createdAtMs, request.drn',
		progress: 'id, state, notBeforeMs',
		meters: 'drn, lastUsedAtMs',
		virtualMeters: 'drn',
	});
	old.version(2).stores({ virtualMeterLoads: 'drn' });
	old.version(3).stores({ keypadEntries: 'id, drn', keypadLockouts: 'drn' });
	const sales = [sale('b'), sale('a'), sale('free'), sale('q'), sale('other', '1'), sale('no')];
	await old.table('outbox').bulkAdd(sales);
	const free = { tenderedMinor: 0, lines: [], energyDeciKwh: 500 };
	await old
		.table('progress')
		.bulkAdd([
			issued('a', receipt(1_000, 200)),
			issued('b', receipt(2_000, 300, { roundingGainDeciKwh: 1 })),
			issued('free', receipt(3_000, 0, { kind: 'fbe', waterfall: free })),
			issued('other', receipt(4_000, 999)),
			{ id: 'q', state: 'queued', notBeforeMs: 0, answer: null },
			{ id: 'no', state: 'refused', notBeforeMs: 0, answer: { id: 'no', state: 'refused' } },
		]);
	await old.table('meters').add({ drn: DRN, nickname: 'Home', lastUsedAtMs: 5 });
	await old.table('keypadEntries').add(entry);
	old.close();
}

async function withStore(work: (store: TokenlineStore) => Promise<void>): Promise<void> {
	const store = new TokenlineStore(NAME);
	try {
		await work(store);
	} finally {
		store.close();
	}
}

describe('what is known of a meter’s use', () => {
	it('is in the sales that an earlier version kept, which stay as they are', async () => {
		await oldDatabase();
		await withStore(async (store) => {
			const use = await readUse(store, DRN);
			expect(use).toMatchObject({
				bought: [
					{ atMs: 1_000, energyDeciKwh: 200 },
					{ atMs: 2_000, energyDeciKwh: 301 },
					{ atMs: 3_000, energyDeciKwh: 500 },
				],
				...{ readings: [], meter: { nickname: 'Home' }, freeDeciKwh: 500, lastPaidMinor: 30_000 },
			});
			expect(await store.outbox.count()).toBe(6);
			expect(await store.keypadEntries.get('a')).toEqual(entry);
			expect(await readReminders(store)).toEqual([]);
		});
	});

	it('has readings, in their order, until they are taken back', async () => {
		await oldDatabase();
		await withStore(async (store) => {
			const reading = (id: string, atMs: number) => ({ id, drn: DRN, atMs, creditWh: 12_400 });
			await addReading(store, reading('late', 20));
			await addReading(store, reading('early', 10));
			await addReading(store, { ...reading('other', 15), drn: '1' });
			const ids = async () => (await readUse(store, DRN)).readings.map(({ id }) => id);
			expect(await ids()).toEqual(['early', 'late']);
			await removeReading(store, 'late');
			expect(await ids()).toEqual(['early']);
		});
	});

	it('is nothing for a meter that was never seen', async () => {
		await withStore(async (store) => {
			const none = { bought: [], readings: [], meter: null, freeDeciKwh: 0, lastPaidMinor: null };
			expect(await readUse(store, DRN)).toEqual(none);
		});
	});
});

describe('a stored reminder', () => {
	const wish = (id: string) =>
		startReminder(
			{
				...{ id, kind: 'low-credit', drn: DRN, rule: { by: 'days-left', days: 3 } },
				...{ said: { title: '', body: '' }, path: '/' },
			},
			9,
			1,
		);

	it('takes the place of the one before, which the backend may still have', async () => {
		await withStore(async (store) => {
			await putReminder(store, wish('a'));
			await putReminder(store, wish('b'));
			const all = await readReminders(store);
			expect(all.map(({ id, off }) => ({ id, off }))).toEqual([
				{ id: 'a', off: true },
				{ id: 'b', off: false },
			]);
			await switchOffReminder(store, 'low-credit', DRN);
			await switchOffReminder(store, 'fbe', DRN);
			expect((await readReminders(store)).every(({ off }) => off)).toBe(true);
		});
	});

	it('is changed by two at once without a loss', async () => {
		await withStore(async (store) => {
			await putReminder(store, wish('a'));
			await Promise.all([
				changeReminder(store, 'a', (now) => ({ ...now, seenAtMs: 5 })),
				changeReminder(store, 'a', (now) => ({ ...now, notifiedAtMs: 6 })),
				changeReminder(store, 'none', (now) => ({ ...now, off: true })),
			]);
			expect(await store.reminders.get('a')).toMatchObject({ seenAtMs: 5, notifiedAtMs: 6 });
		});
	});
});
