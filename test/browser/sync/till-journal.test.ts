import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { readTillEntries, readTillHead } from '#lib/browser/store/agent-journal.ts';
import { AGENT_SCHEMAS, AgentStore, openAgentStore } from '#lib/browser/store/agent.ts';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import { drainTill } from '#lib/browser/sync/till-drain.ts';
import { appendTillDeed, checkOwnTillJournal } from '#lib/browser/sync/till-journal.ts';
import { EMPTY_JOURNAL } from '#lib/core/sync/journal-chain.ts';
import type { TillContents } from '#lib/core/sync/till-journal.ts';
import {
	closeTillTabs,
	OPERATOR,
	rewrite,
	saleDeed,
	saleRow,
	sell,
	sellMany,
	SHIFT,
	tamper,
	TERMINAL,
	tillBench,
	tillTab,
	type TillBench,
} from './till-bench.ts';

afterEach(closeTillTabs);

const all = ({ store, keys }: TillBench) => readTillEntries(store, keys.id, 0, 1_000);

/** Every table is as it was. */
async function nothingWritten({ store }: TillBench, before = 0): Promise<void> {
	for (const table of [store.entries, store.progress, store.sales])
		expect(await table.count()).toBe(before);
}

describe('writing a deed down', () => {
	it('makes entries that follow each other, each with its progress and its row', async () => {
		const bench = await tillBench();
		await sellMany(bench, 3);
		const rows = await all(bench);
		expect(rows.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
		expect(rows[2]?.entry).toMatchObject({
			...{ deviceId: bench.keys.id, terminalId: TERMINAL, operatorId: OPERATOR },
			...{ kind: 'sale', acknowledged: 0, offsetMs: null, atMs: bench.clocks.wallMs },
			...{ previousHash: rows[1]?.hash, content: { batchId: SHIFT, sealed: 'sealed-sale' } },
		});
		expect(await checkOwnTillJournal(bench.store, bench.keys)).toEqual(
			await readTillHead(bench.store, bench.keys.id),
		);
		expect(await bench.store.progress.toArray()).toMatchObject(
			rows.map(({ id, sequence }) => ({ id, sequence, state: 'queued', attempts: 0 })),
		);
		expect((await bench.store.sales.toArray()).map(({ id }) => id)).toEqual(
			rows.map(({ id }) => id),
		);
	});

	it('says what the backend had said it has', async () => {
		const bench = await tillBench();
		await sellMany(bench, 2);
		await drainTill(bench);
		bench.backend.outcomeOf = () => ({ state: 'waiting', code: 'float-exhausted', sealed: null });
		expect((await sell(bench)).acknowledged).toBe(2);
		expect((await sell(bench)).acknowledged).toBe(2);
		await drainTill(bench);
		expect((await sell(bench)).acknowledged).toBe(4);
	});

	it('gives no number twice, in two tabs that write at once', async () => {
		const one = await tillBench();
		const two = { ...one, store: tillTab(one.store.name) };
		await Promise.all(Array.from({ length: 20 }, (_, each) => sell(each % 2 === 0 ? one : two)));
		expect(await checkOwnTillJournal(one.store, one.keys)).toMatchObject({ sequence: 20 });
		expect(await all(one)).toHaveLength(20);
	});

	it('is there after the page was killed before anything was sent', async () => {
		const bench = await tillBench();
		await sell(bench);
		bench.store.close();
		const again = { ...bench, store: tillTab(bench.store.name) };
		expect(await drainTill(again)).toMatchObject({ pending: 0 });
		expect(bench.backend.kept).toHaveLength(1);
		expect(await again.store.sales.toArray()).toMatchObject([{ state: 'issued' }]);
	});

	it('refuses what has no form, and tells no values', async () => {
		const bench = await tillBench();
		const content = { batchId: SHIFT, sealed: '' } as TillContents['sale'];
		const broken = appendTillDeed(bench, { kind: 'sale', content, operatorId: OPERATOR });
		const error = (await broken.catch((cause: unknown) => cause)) as Error;
		expect(error).toBeInstanceOf(RangeError);
		expect(error.message).toBe('not an entry: content.sealed');
		await nothingWritten(bench);
	});

	for (const table of ['entries', 'progress', 'sales'] as const)
		it(`writes nothing where ${table} do not fit the disk, and leaves no gap`, async () => {
			const bench = await tillBench();
			await sell(bench);
			const full = () => {
				throw new DOMException('full', 'QuotaExceededError');
			};
			bench.store[table].hook('creating', full);
			const refused = sell(bench);
			await expect(refused).rejects.toMatchObject({ name: 'StoreFault', kind: 'no-space' });
			await nothingWritten(bench, 1);
			bench.store[table].hook('creating').unsubscribe(full);
			await sell(bench);
			expect((await all(bench)).map(({ sequence }) => sequence)).toEqual([1, 2]);
			expect(await checkOwnTillJournal(bench.store, bench.keys)).toMatchObject({ sequence: 2 });
		});

	it('makes what it tells of true in the same moment, or neither', async () => {
		const bench = await tillBench();
		const changedMeanwhile = appendTillDeed(
			bench,
			saleDeed('01935f2a-0000-7000-8000-0000000000c1'),
			async ({ id }) => {
				await bench.store.sales.add(saleRow(id));
				throw new StoreFault('other-tab');
			},
		);
		await expect(changedMeanwhile).rejects.toMatchObject({ kind: 'other-tab' });
		await nothingWritten(bench);
	});

	it('gives one id to one entry', async () => {
		const bench = await tillBench();
		const deed = saleDeed(bench.newId());
		await appendTillDeed(bench, deed);
		await expect(appendTillDeed(bench, deed)).rejects.toMatchObject({ name: 'StoreFault' });
		expect(await all(bench)).toHaveLength(1);
	});

	it('is never changed afterwards', async () => {
		const bench = await tillBench();
		await sell(bench);
		const [row] = await all(bench);
		await expect(bench.store.entries.put({ ...row!, hash: 'x' })).rejects.toThrow();
		expect(await all(bench)).toEqual([row]);
	});
});

describe('the journal’s own check', () => {
	it('is content with an empty one', async () => {
		const bench = await tillBench();
		expect(await checkOwnTillJournal(bench.store, bench.keys)).toEqual(EMPTY_JOURNAL);
	});

	const breaks: [string, string, (row: Record<string, unknown>) => unknown][] = [
		[
			'changed',
			'signature',
			(row) => ({ ...row, entry: { ...(row['entry'] as object), atMs: 1 } }),
		],
		['another hash', 'signature', (row) => ({ ...row, hash: 'f'.repeat(64) })],
		['no entry', 'shape', (row) => ({ ...row, entry: 'rubbish' })],
		[
			'another before it',
			'fork',
			(row) => ({
				...row,
				entry: { ...(row['entry'] as object), previousHash: 'e'.repeat(64) },
			}),
		],
	];
	for (const [name, because, change] of breaks)
		it(`names the first place that does not fit: ${name}`, async () => {
			const bench = await tillBench();
			await sellMany(bench, 120);
			await rewrite(bench, 110, change);
			expect(await checkOwnTillJournal(bench.store, bench.keys)).toEqual({
				sequence: 110,
				because,
			});
		});

	it('names a gap', async () => {
		const bench = await tillBench();
		await sellMany(bench, 3);
		await tamper(bench.store, (entries) => entries.delete([bench.keys.id, 2]));
		expect(await checkOwnTillJournal(bench.store, bench.keys)).toEqual({
			...{ sequence: 3, because: 'gap' },
		});
	});
});

describe('the agent’s store', () => {
	it('is not opened by an app that is older than it', async () => {
		const { name } = tillTab();
		const newer = new AgentStore(name, [...AGENT_SCHEMAS, { version: 99, tables: {} }]);
		await newer.open();
		newer.close();
		await expect(openAgentStore(name)).rejects.toMatchObject({ kind: 'newer-version' });
	});
});
