import 'fake-indexeddb/auto';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import { readDelivery } from '#lib/browser/store/technician-deliveries.ts';
import { addEntry, readEntries, readHead } from '#lib/browser/store/technician-journal.ts';
import {
	appendDeed,
	checkOwnJournal,
	exportJournal,
	type Deed,
} from '#lib/browser/sync/field-journal.ts';
import { parseBase64url } from '#lib/browser/vault/base64url.ts';
import { SignedEntry } from '#lib/core/sync/field-journal.ts';
import { checkJournal, EMPTY_JOURNAL } from '#lib/core/sync/journal-chain.ts';
import { isSignedWith, delivery } from '../../core/sync/journal.ts';
import { createPublicKey } from 'node:crypto';
import { publicKeysOf } from '#lib/browser/vault/device-keys.ts';
import { closeTabs, NOW, tab } from '../vault/bench.ts';
import { DRN, fieldBench, fieldBenchOf, type FieldBench } from './field-bench.ts';

afterEach(closeTabs);

const deed: Deed<'token-delivery'> = {
	...{ kind: 'token-delivery', content: delivery('accepted'), jobId: null, drn: DRN },
};
const all = ({ store, keys }: FieldBench) => readEntries(store, keys.id, 0, 1_000);

describe('writing a deed down', () => {
	it('makes entries that follow each other and that anybody can check', async () => {
		const bench = await fieldBench();
		for (let each = 0; each < 5; each += 1) {
			await appendDeed(bench, deed);
			bench.clocks.pass(1_000);
		}
		const entries = (await all(bench)).map(({ entry }) => entry);
		expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
		expect(entries[4]).toMatchObject({ atMs: NOW + 4_000, offsetMs: null, drn: DRN });
		expect(entries[0]).toMatchObject({ deviceId: bench.keys.id, operatorId: bench.keys.owner });
		const { signing } = await publicKeysOf(bench.keys);
		const isSigned = isSignedWith(createPublicKey({ key: { ...signing }, format: 'jwk' }));
		expect(checkJournal(entries, EMPTY_JOURNAL, isSigned)).toEqual(
			await readHead(bench.store, bench.keys.id),
		);
	});

	it('notes what the backend’s clock was ahead, once it was heard', async () => {
		const bench = await fieldBench();
		await bench.clock.hear(NOW + 90_000);
		expect((await appendDeed(bench, deed)).offsetMs).toBe(90_000);
	});

	it('gives no number twice, in two tabs that write at once', async () => {
		const one = await fieldBench();
		const two = { ...one, store: tab(one.store.name) };
		await Promise.all(
			Array.from({ length: 20 }, (_, each) => appendDeed(each % 2 === 0 ? one : two, deed)),
		);
		expect(await checkOwnJournal(one.store, one.keys)).toMatchObject({ sequence: 20 });
		expect(await all(one)).toHaveLength(20);
	});

	it('writes nothing on an end that is no longer the end', async () => {
		const bench = await fieldBench();
		const first = await appendDeed(bench, deed);
		const stale = addEntry(bench.store, EMPTY_JOURNAL, { ...first, id: bench.newId() }, 'x');
		await expect(stale).rejects.toMatchObject({ name: 'StoreFault', kind: 'other-tab' });
		expect(await all(bench)).toHaveLength(1);
	});

	it('makes what it proves true in the same moment, or neither', async () => {
		const bench = await fieldBench();
		const change = { drn: DRN, revision: 0, snapshot: '{"state":"accepted"}' };
		await appendDeed(bench, deed, { delivery: change });
		expect((await readDelivery(bench.store, DRN))?.revision).toBe(1);
		const stale = appendDeed(bench, deed, { delivery: change });
		await expect(stale).rejects.toMatchObject({ kind: 'other-tab' });
		expect(await all(bench)).toHaveLength(1);
		expect((await readDelivery(bench.store, DRN))?.revision).toBe(1);
	});

	it('refuses what has no form, and tells no values', async () => {
		const bench = await fieldBench();
		const digits = '9876543210987654321x';
		const broken = appendDeed(bench, { ...deed, content: delivery('accepted', { digits }) });
		const error = (await broken.catch((cause: unknown) => cause)) as Error;
		expect(error).toBeInstanceOf(RangeError);
		expect(error.message).toBe('not an entry: content.digits');
		expect(await all(bench)).toHaveLength(0);
	});

	it('writes nothing on a disk that is full, and goes on where there is room', async () => {
		const bench = await fieldBench();
		const full = () => {
			throw new DOMException('full', 'QuotaExceededError');
		};
		bench.store.journal.hook('creating', full);
		await expect(appendDeed(bench, deed)).rejects.toMatchObject({ kind: 'no-space' });
		bench.store.journal.hook('creating').unsubscribe(full);
		await appendDeed(bench, deed);
		expect(await checkOwnJournal(bench.store, bench.keys)).toMatchObject({ sequence: 1 });
	});
});

describe('an entry', () => {
	it('is never changed and never deleted', async () => {
		const bench = await fieldBench();
		await appendDeed(bench, deed);
		const [row] = await all(bench);
		await expect(bench.store.journal.put({ ...row!, hash: 'x' })).rejects.toThrow();
		await expect(bench.store.journal.delete([bench.keys.id, 1])).rejects.toThrow();
		await expect(bench.store.journal.clear()).rejects.toThrow();
		await expect(bench.store.journal.add({ ...row!, sequence: 2 })).rejects.toThrow();
		expect(await all(bench)).toEqual([row]);
	});
});

/** Changes the rows past the store's own guards, as somebody with the browser's tools would. */
async function tamper(
	{ store }: FieldBench,
	change: (table: IDBObjectStore, keys: string) => void,
	deviceId: string,
): Promise<void> {
	const done = store.backendDB().transaction('journal', 'readwrite');
	change(done.objectStore('journal'), deviceId);
	await new Promise((resolve) => (done.oncomplete = resolve));
}

describe('the journal’s own check', () => {
	async function written(count: number): Promise<FieldBench> {
		const bench = await fieldBench();
		for (let each = 0; each < count; each += 1) await appendDeed(bench, deed);
		return bench;
	}

	it('holds a long one, page by page', async () => {
		const bench = await written(230);
		expect(await checkOwnJournal(bench.store, bench.keys)).toMatchObject({ sequence: 230 });
	});

	it('is content with an empty one', async () => {
		const bench = await fieldBench();
		expect(await checkOwnJournal(bench.store, bench.keys)).toEqual(EMPTY_JOURNAL);
	});

	it('names the first place that does not fit', async () => {
		const changes: [
			string,
			number,
			(row: Record<string, never> & { entry: SignedEntry }) => object,
		][] = [
			['signature', 2, (row) => ({ ...row, entry: { ...row.entry, atMs: row.entry.atMs + 1 } })],
			['signature', 2, (row) => ({ ...row, hash: '0'.repeat(64) })],
			['fork', 2, (row) => ({ ...row, entry: { ...row.entry, previousHash: 'f'.repeat(64) } })],
			['gap', 2, (row) => ({ ...row, entry: { ...row.entry, sequence: 9 } })],
			['shape', 2, (row) => ({ ...row, entry: { ...row.entry, kind: 'something-else' } })],
			['shape', 2, (row) => ({ ...row, entry: null })],
		];
		for (const [because, sequence, change] of changes) {
			const bench = await written(3);
			const [, row] = await all(bench);
			const changed = change(row as unknown as Parameters<typeof change>[0]);
			await tamper(bench, (table) => table.put(changed), bench.keys.id);
			expect(await checkOwnJournal(bench.store, bench.keys)).toEqual({ sequence, because });
		}
	});

	it('names a missing entry by the one after it', async () => {
		const bench = await written(3);
		await tamper(bench, (table, id) => table.delete([id, 2]), bench.keys.id);
		expect(await checkOwnJournal(bench.store, bench.keys)).toEqual({ sequence: 3, because: 'gap' });
	});

	it('does not take another device’s signature', async () => {
		const [bench, other] = [await written(1), await fieldBench()];
		const keys = { ...bench.keys, signing: other.keys.signing };
		expect(await checkOwnJournal(bench.store, keys)).toEqual({ sequence: 1, because: 'signature' });
	});
});

describe('the journal as a file', () => {
	it('is whole, can be checked by anybody, and has no secret', async () => {
		const bench = fieldBenchOf(await fieldBench());
		for (let each = 0; each < 120; each += 1) await appendDeed(bench, deed);
		const file = await exportJournal(bench.store, bench.keys, NOW);
		expect(file.name).toBe(`journal-${bench.keys.id}-2026-11-21.json`);
		const read = JSON.parse(file.parts.join('')) as Record<string, unknown>;
		expect(Object.keys(read)).toEqual([
			'format',
			'version',
			'exportedAtMs',
			'deviceId',
			'name',
			'signingKey',
			'entries',
		]);
		expect(Object.keys(read.signingKey as object).sort()).toEqual(['crv', 'kty', 'x', 'y']);
		const entries = v.parse(v.array(SignedEntry), read.entries);
		const key = createPublicKey({ key: read.signingKey as never, format: 'jwk' });
		expect(checkJournal(entries, EMPTY_JOURNAL, isSignedWith(key))).toMatchObject({
			sequence: 120,
		});
		expect(parseBase64url(entries[0]!.signature)).toHaveLength(64);
	});

	it('is one without entries where there are none', async () => {
		const bench = await fieldBench();
		const file = await exportJournal(bench.store, bench.keys, NOW);
		expect(JSON.parse(file.parts.join(''))).toMatchObject({ entries: [] });
	});
});
