/** What is said at the keypad is kept, beside sales that an earlier version of the app wrote. */
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, describe, expect, it } from 'vitest';
import { changeEntry, keepHeard, readEntry, readKeypad } from '#lib/browser/store/keypad.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import { startEntry, tokenTaken, typeGroup } from '#lib/core/sync/keypad-entry.ts';
import { hearSaying, unlocked } from '#lib/core/sync/keypad-lockout.ts';

const NAME = 'keypad';
const DRN = '12345678903';
afterEach(() => Dexie.delete(NAME));

const sale = (id: string, drn: string) => ({ id, createdAtMs: 1, request: { drn } });
const issued = (id: string, drn: string, issuedAtMs: number) => ({
	...{ id, state: 'issued', notBeforeMs: 0 },
	answer: {
		...{ id, state: 'issued' },
		receipt: { drn, issuedAtMs },
		tokens: [{ kind: 'credit', digits: '1'.repeat(20) }],
	},
});

/** The database as version 2 of the app left it, with sales in it. */
async function oldDatabase(): Promise<void> {
	const old = new Dexie(NAME);
	old.version(1).stores({
		outbox: 'id, createdAtMs, request.drn',
		progress: 'id, state, notBeforeMs',
		meters: 'drn, lastUsedAtMs',
		virtualMeters: 'drn',
	});
	old.version(2).stores({ virtualMeterLoads: 'drn' });
	await old
		.table('outbox')
		.bulkAdd([sale('a', DRN), sale('b', DRN), sale('c', '1'), sale('d', DRN)]);
	await old
		.table('progress')
		.bulkAdd([issued('a', DRN, 1), issued('b', DRN, 2), issued('c', '1', 3)]);
	await old.table('progress').add({ id: 'd', state: 'queued', notBeforeMs: 0, answer: null });
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

describe('the keypad’s tables', () => {
	it('come to an older database without touching its sales', async () => {
		await oldDatabase();
		await withStore(async (store) => {
			expect(await store.outbox.count()).toBe(4);
			const facts = await readKeypad(store, 'b');
			expect(facts).toMatchObject({
				...{ issued: { id: 'b' }, entry: startEntry('b', DRN), lockout: unlocked(DRN) },
			});
			// Of this meter, and those that have their tokens.
			expect(facts?.vends.map(({ id }) => id).sort()).toEqual(['a', 'b']);
			expect(await store.outbox.get('a')).toEqual(sale('a', DRN));
		});
	});

	it('know no purchase without a token', async () => {
		await oldDatabase();
		await withStore(async (store) => {
			expect(await readKeypad(store, 'd')).toBeNull();
			expect(await readKeypad(store, 'x')).toBeNull();
		});
	});

	it('keep every tap, over a closed app too', async () => {
		await oldDatabase();
		await withStore(async (store) => {
			await changeEntry(store, { id: 'a', drn: DRN }, (entry) => typeGroup(entry, 5));
			// Two taps at once, from two tabs: none is lost.
			const taps = [6, 7].map((ms) =>
				changeEntry(store, { id: 'a', drn: DRN }, (entry) => typeGroup(entry, ms)),
			);
			await Promise.all(taps);
		});
		await withStore(async (store) => {
			expect(await readEntry(store, 'a')).toMatchObject({ group: 3 });
			expect((await readKeypad(store, 'b'))?.entries.get('a')).toMatchObject({ group: 3 });
		});
	});

	it('keep what the display said with what it means for the meter’s other tokens', async () => {
		await oldDatabase();
		await withStore(async (store) => {
			const locked = [1, 2, 3].reduce(
				(lockout, ms) => hearSaying(lockout, 'wrong-token', ms),
				unlocked(DRN),
			);
			await keepHeard(store, tokenTaken(startEntry('a', DRN), 9), locked);
			const other = await readKeypad(store, 'b');
			expect(other?.lockout).toEqual(locked);
			expect(other?.entries.get('a')?.takenMs).toEqual([9]);
			expect((await readKeypad(store, 'c'))?.lockout).toEqual(unlocked('1'));
		});
	});
});
