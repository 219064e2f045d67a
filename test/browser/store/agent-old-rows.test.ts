/** Rows that every earlier version of the app wrote still reach the backend, whole and in order. */
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, describe, expect, it } from 'vitest';
import { readTill } from '#lib/browser/store/agent-outbox.ts';
import { AGENT_SCHEMAS, openAgentStore } from '#lib/browser/store/agent.ts';
import { drainTill } from '#lib/browser/sync/till-drain.ts';
import { checkOwnTillJournal } from '#lib/browser/sync/till-journal.ts';
import { readDeviceKeys } from '#lib/browser/vault/device-keys.ts';
import { TILL_JOURNAL_SCHEMA, type SignedTillEntry } from '#lib/core/sync/till-journal.ts';
import { FakeClocks, fakeLocks } from '../vault/bench.ts';
import { ModelBackend } from '../sync/till-bench.ts';
import { frozenDatabases, thaw } from './old-rows/old-rows.ts';

const NAME = 'agent-old-rows';
afterEach(() => Dexie.delete(NAME));

const frozen = frozenDatabases();

describe('rows of an earlier version', () => {
	it('were frozen for every version of the database, and of the entries', () => {
		expect([...new Set(frozen.map(({ database }) => database))]).toEqual(
			AGENT_SCHEMAS.map(({ version }) => version),
		);
		expect(Math.max(...frozen.map(({ entrySchema }) => entrySchema))).toBe(TILL_JOURNAL_SCHEMA);
	});

	for (const old of frozen)
		it(`of database ${old.database}, entries ${old.entrySchema}: nothing is lost or changed`, async () => {
			await thaw(NAME, old);
			const store = await openAgentStore(NAME);
			try {
				const entries = old.rows['entries'] as { sequence: number; entry: SignedTillEntry }[];
				expect(await store.entries.toArray()).toEqual(entries);
				const keys = (await readDeviceKeys(store, 'till'))!;
				expect(await checkOwnTillJournal(store, keys)).toMatchObject({ sequence: entries.length });

				const clocks = new FakeClocks();
				clocks.pass(365 * 86_400_000);
				const backend = new ModelBackend(keys, clocks);
				const half = entries.length / 2;
				const taken = entries
					.slice(0, half)
					.map(({ entry }) => ({ what: 'entry', entry }) as const);
				await backend.take({ rows: taken });
				const ports = { store, keys, api: backend.api, locks: fakeLocks() };
				const drained = await drainTill({ ...ports, nowMs: clocks.nowMs, chance: () => 0.5 });
				expect(drained).toEqual({ dueMs: null, stop: null, pending: 0 });
				expect(backend.kept.map(({ entry }) => entry)).toEqual(entries.map(({ entry }) => entry));
				for (const { state } of await store.sales.toArray()) expect(state).toBe('issued');
				expect(await readTill(store)).toMatchObject({ deviceId: old.deviceId, stop: null });
			} finally {
				store.close();
			}
		});
});
