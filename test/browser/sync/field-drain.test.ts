import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import { changeProgress, readHead, readProgress } from '#lib/browser/store/technician-journal.ts';
import { drainJournal, type FieldDrainPorts } from '#lib/browser/sync/field-drain.ts';
import { appendDeed, checkOwnJournal } from '#lib/browser/sync/field-journal.ts';
import { type SignedEntry } from '#lib/core/sync/field-journal.ts';
import {
	decidePlace,
	EMPTY_JOURNAL,
	entryHash,
	headAt,
	type JournalHead,
} from '#lib/core/sync/journal-chain.ts';
import { FIELD_START } from '#lib/core/sync/field-sync.ts';
import type { DeliveryAnswer } from '#lib/core/sync/wire-deliveries.ts';
import { delivery } from '../../core/sync/journal.ts';
import { closeTabs, fakeLocks, NOW, reload, tab } from '../vault/bench.ts';
import { fieldBench, fieldBenchOf, no, yes, type FieldBench } from './field-bench.ts';

afterEach(closeTabs);

/** A backend as the specification has it; what is to go wrong is said for each request. */
class FakeBackend {
	head: JournalHead = EMPTY_JOURNAL;
	readonly entries: SignedEntry[] = [];
	readonly asked: number[] = [];
	/** `lost-request` never comes, `lost-answer` comes and the answer does not. */
	trouble: ('lost-request' | 'lost-answer' | undefined)[] = [];
	refusing: string | undefined;

	readonly putDelivery = async (
		id: string,
		entry: SignedEntry,
	): Promise<ApiOutcome<DeliveryAnswer>> => {
		this.asked.push(entry.sequence);
		const trouble = this.trouble.shift();
		if (trouble === 'lost-request') return { kind: 'unknown' };
		const answer = this.#take(id, entry);
		return trouble === 'lost-answer' ? { kind: 'unknown' } : answer;
	};

	#take(id: string, entry: SignedEntry): ApiOutcome<DeliveryAnswer> {
		expect(entry.id).toBe(id);
		if (this.refusing) return no(this.refusing);
		const known = this.entries.find(({ sequence }) => sequence === entry.sequence);
		if (known && entryHash(known) === entryHash(entry)) return this.#answer(entry);
		const place = decidePlace(this.head, entry);
		if (place.place === 'gap') return no('journal-gap', { expected: place.expected });
		if (place.place === 'fork') return no('journal-fork', { sequence: place.sequence });
		this.entries.push(entry);
		this.head = headAt(entry);
		return this.#answer(entry);
	}

	#answer({ id, deviceId, sequence, ...rest }: SignedEntry): ApiOutcome<DeliveryAnswer> {
		const hash = entryHash({ id, deviceId, sequence, ...rest } as SignedEntry);
		const expected = this.head.sequence + 1;
		return yes({ id, deviceId, sequence, hash, acceptedAtMs: NOW, findings: [], expected });
	}

	/** What a restored database has. */
	forget(): void {
		this.entries.length = 0;
		this.head = EMPTY_JOURNAL;
	}
}

async function written(count: number): Promise<FieldBench> {
	const bench = await fieldBench();
	for (let each = 0; each < count; each += 1)
		await appendDeed(bench, {
			...{ kind: 'token-delivery', content: delivery('accepted'), jobId: null, drn: null },
		});
	await changeProgress(bench.store, bench.keys.id, () => ({ ...FIELD_START, stop: null }));
	return bench;
}

function ports({ store, clocks, locks }: FieldBench, api: FakeBackend): FieldDrainPorts {
	return { store, api, locks, now: clocks.nowMs, chance: () => 0.5 };
}

describe('draining a journal', () => {
	it('hands the entries in in their order, each once, and remembers it', async () => {
		const bench = await written(4);
		const backend = new FakeBackend();
		const drained = await drainJournal(ports(bench, backend), bench.keys.id);
		expect(drained).toMatchObject({ progress: { acknowledged: 4, stop: null }, dueMs: undefined });
		expect(backend.asked).toEqual([1, 2, 3, 4]);
		expect(backend.head).toEqual(await readHead(bench.store, bench.keys.id));
		await drainJournal(ports(bench, backend), bench.keys.id);
		expect(backend.asked).toHaveLength(4);
		expect(await bench.store.arrivals.count()).toBe(4);
	});

	it('asks again with the same entry when a request or an answer was lost', async () => {
		const bench = await written(3);
		const backend = new FakeBackend();
		backend.trouble = [undefined, 'lost-request', 'lost-answer'];
		let drained = await drainJournal(ports(bench, backend), bench.keys.id);
		expect(drained.progress.acknowledged).toBe(1);
		expect(backend.asked).toEqual([1, 2]);
		await drainJournal(ports(bench, backend), bench.keys.id);
		expect(backend.asked).toEqual([1, 2]);
		for (let round = 0; round < 2; round += 1) {
			bench.clocks.pass(drained.dueMs! - bench.clocks.wallMs);
			drained = await drainJournal(ports(bench, backend), bench.keys.id);
		}
		expect(backend.asked).toEqual([1, 2, 2, 2, 3]);
		expect(drained.progress.acknowledged).toBe(3);
		expect(backend.entries).toHaveLength(3);
	});

	it('goes on after the page was loaded anew', async () => {
		const before = await written(3);
		const backend = new FakeBackend();
		backend.trouble = [undefined, 'lost-answer'];
		await drainJournal(ports(before, backend), before.keys.id);
		const after = fieldBenchOf(await reload(before));
		after.clocks.pass(10_000);
		await drainJournal(ports(after, backend), after.keys.id);
		expect(backend.entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
	});

	it('gives a backend that has forgotten what it misses', async () => {
		const bench = await written(3);
		const backend = new FakeBackend();
		await drainJournal(ports(bench, backend), bench.keys.id);
		backend.forget();
		await appendDeed(bench, {
			...{ kind: 'token-delivery', content: delivery('refused'), jobId: null, drn: null },
		});
		await drainJournal(ports(bench, backend), bench.keys.id);
		expect(backend.asked).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
		expect(backend.head.sequence).toBe(4);
	});

	it.each([
		['journal-fork', 'fork'],
		['field-device-revoked', 'revoked'],
		['journal-signature', 'refused'],
		['session-ended', 'sign-in'],
	])('stops at %s, and asks nothing more', async (refusing, because) => {
		const bench = await written(2);
		const backend = new FakeBackend();
		backend.refusing = refusing;
		const drained = await drainJournal(ports(bench, backend), bench.keys.id);
		expect(drained.progress.stop).toEqual({ because, sequence: 1, code: refusing });
		expect(drained.dueMs).toBeUndefined();
		await drainJournal(ports(bench, backend), bench.keys.id);
		expect(backend.asked).toEqual([1]);
	});

	it('does not go back and forth for ever', async () => {
		const bench = await written(2);
		const backend = new FakeBackend();
		let asked = 0;
		const confused = {
			...ports(bench, backend),
			api: {
				putDelivery: async (id: string, entry: SignedEntry) => {
					asked += 1;
					if (entry.sequence === 2) return no('journal-gap', { expected: 1 });
					return backend.putDelivery(id, entry);
				},
			},
		};
		await drainJournal(confused, bench.keys.id);
		expect(asked).toBe(1_000);
	});

	it('names an entry that is not there any more', async () => {
		const bench = await written(2);
		const done = bench.store.backendDB().transaction('journal', 'readwrite');
		done.objectStore('journal').delete([bench.keys.id, 1]);
		await new Promise((resolve) => (done.oncomplete = resolve));
		const drained = await drainJournal(ports(bench, new FakeBackend()), bench.keys.id);
		expect(drained.progress.stop).toEqual({ because: 'journal-broken', sequence: 1, code: null });
	});

	it('is done by one tab at a time', async () => {
		const bench = await written(5);
		const backend = new FakeBackend();
		const locks = fakeLocks();
		const two = { ...ports(bench, backend), store: tab(bench.store.name), locks };
		await Promise.all([
			drainJournal({ ...ports(bench, backend), locks }, bench.keys.id),
			drainJournal(two, bench.keys.id),
		]);
		expect(backend.asked).toEqual([1, 2, 3, 4, 5]);
	});

	it('takes an answer about nothing of ours for no arrival', async () => {
		const bench = await written(1);
		const backend = new FakeBackend();
		const lying = {
			...ports(bench, backend),
			api: {
				putDelivery: async (id: string, entry: SignedEntry) => {
					const outcome = await backend.putDelivery(id, entry);
					if (outcome.kind !== 'answer') throw new Error('not taken');
					return yes({ ...outcome.answer, hash: '0'.repeat(64) });
				},
			},
		};
		const { progress } = await drainJournal(lying, bench.keys.id);
		expect(progress.stop?.because).toBe('fork');
		expect(await bench.store.arrivals.count()).toBe(0);
		expect(await checkOwnJournal(bench.store, bench.keys)).toMatchObject({ sequence: 1 });
		expect((await readProgress(bench.store, bench.keys.id)).acknowledged).toBe(0);
	});
});
