/** A till on a database of its own, and a backend that keeps its journal, made of the core's own functions. */
import Dexie from 'dexie';
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import { readTillHead, type TillAlongside } from '#lib/browser/store/agent-journal.ts';
import type {
	TerminalHereRow,
	TillEntryHereRow,
	TillSaleRow,
} from '#lib/browser/store/agent-rows.ts';
import { AgentStore } from '#lib/browser/store/agent.ts';
import type { TillDrainPorts } from '#lib/browser/sync/till-drain.ts';
import {
	appendTillDeed,
	type TillDeed,
	type TillJournalPorts,
} from '#lib/browser/sync/till-journal.ts';
import { formatBase64url, parseBase64url } from '#lib/browser/vault/base64url.ts';
import {
	ensureDeviceKeys,
	isSignedByDevice,
	signAsDevice,
	type DeviceKeys,
} from '#lib/browser/vault/device-keys.ts';
import {
	decidePlace,
	EMPTY_JOURNAL,
	entryHash,
	entryText,
	headAt,
	type JournalHead,
} from '#lib/core/sync/journal-chain.ts';
import { tillEntryAfter, type SignedTillEntry } from '#lib/core/sync/till-journal.ts';
import { startProgress } from '#lib/core/sync/till-outbox.ts';
import {
	MAX_JOURNAL_ROWS,
	type EntryOutcome,
	type JournalBatchAnswer,
	type JournalBatchRequest,
	type JournalRowAnswer,
	type TillStatus,
} from '#lib/core/sync/wire-till.ts';
import type { Problem } from '#lib/core/sync/wire.ts';
import { DEFAULT_OFFLINE_TERMS } from '#lib/core/vending/offline-terms.ts';
import { FakeClocks, FakeTimer, fakeLocks, newId, NOW } from '../vault/bench.ts';

export const OPERATOR = '01935f2a-0000-7000-8000-0000000000a1';
export const SHIFT = '01935f2a-0000-7000-8000-0000000000b1';
export const TERMINAL = 'T-001';

export const problem = (code: string, facts?: Problem['facts']): Problem => ({
	...{ type: `urn:${code}`, title: code, status: 409, detail: code, code },
	...(facts && { facts }),
});

/** What a request does on its way. */
export type Weather = 'fine' | 'request-lost' | 'answer-lost';

interface Kept {
	readonly hash: string;
	readonly entry: SignedTillEntry | null;
	outcome: EntryOutcome;
}

/** A backend for one till. */
export class ModelBackend {
	readonly kept: Kept[] = [];
	readonly #keys: DeviceKeys;
	readonly #clocks: FakeClocks;
	/** The backend's clock is so much ahead of the device's. */
	aheadMs = 0;
	suspended = false;
	/** Every request is refused so. */
	refusing: string | null = null;
	requests = 0;
	statusRequests = 0;
	rowsSeen = 0;
	weather: () => Weather = () => 'fine';
	/** Entries that are refused as they are, by what code. */
	poison: (entry: SignedTillEntry) => string | undefined = () => undefined;
	outcomeOf: (entry: SignedTillEntry) => EntryOutcome = ({ kind }) =>
		kind === 'sale'
			? { state: 'issued', code: null, sealed: 'sealed-answer' }
			: { state: 'done', code: null, sealed: null };
	/** Changes an answer on its way. */
	bend: (answer: JournalBatchAnswer) => JournalBatchAnswer = (answer) => answer;
	/** Called when a request has arrived. */
	arrived: () => void | Promise<void> = () => {};

	constructor(keys: DeviceKeys, clocks: FakeClocks) {
		this.#keys = keys;
		this.#clocks = clocks;
	}

	get head(): JournalHead {
		const last = this.kept.at(-1);
		return last ? { sequence: this.kept.length, hash: last.hash } : EMPTY_JOURNAL;
	}

	status(): TillStatus {
		return {
			...{ terminalId: TERMINAL, name: 'Till', utilityId: 'utility' },
			vendor: { id: 'vendor', name: 'Shop', state: 'active' },
			currency: { code: 'ZAR', minorDigits: 2 },
			state: this.suspended ? 'suspended' : 'active',
			...{ floatMinor: 100, availableMinor: 100, heldMinor: 0 },
			terms: DEFAULT_OFFLINE_TERMS as TillStatus['terms'],
			...{ journal: this.head, packVersion: '1', serverMs: this.#clocks.wallMs + this.aheadMs },
		};
	}

	readonly api: TillDrainPorts['api'] = {
		readStatus: async () => {
			this.statusRequests += 1;
			if (this.weather() !== 'fine') return { kind: 'unknown' };
			if (this.refusing) return { kind: 'problem', problem: problem(this.refusing) };
			return { kind: 'answer', answer: this.status() };
		},
		postJournal: async (request) => {
			this.requests += 1;
			const weather = this.weather();
			if (weather === 'request-lost') return { kind: 'unknown' };
			const answer = await this.take(request);
			await this.arrived();
			return weather === 'answer-lost' ? { kind: 'unknown' } : answer;
		},
	};

	/** As it travels: nothing of the device's own objects. */
	async take(asked: JournalBatchRequest): Promise<ApiOutcome<JournalBatchAnswer>> {
		const { rows } = JSON.parse(JSON.stringify(asked)) as JournalBatchRequest;
		if (rows.length > MAX_JOURNAL_ROWS) throw new RangeError('too many rows');
		if (this.refusing) return { kind: 'problem', problem: problem(this.refusing) };
		if (this.suspended) return { kind: 'problem', problem: problem('journal-suspended') };
		const answers: JournalRowAnswer[] = [];
		for (const row of rows) answers.push(await this.#takeRow(row));
		const answer = { rows: answers, status: this.status() };
		return { kind: 'answer', answer: this.bend(answer) };
	}

	async #takeRow(row: JournalBatchRequest['rows'][number]): Promise<JournalRowAnswer> {
		this.rowsSeen += 1;
		const entry = row.what === 'entry' ? (row.entry as SignedTillEntry) : null;
		const sequence = row.what === 'missing' ? row.missing.sequence : (entry?.sequence ?? 0);
		const hash = row.what === 'missing' ? row.missing.hash : entry ? entryHash(entry) : '';
		const no = (code: string, facts?: Problem['facts']): JournalRowAnswer => ({
			...{ taken: false, sequence, problem: problem(code, facts) },
		});
		const known = this.kept[sequence - 1];
		if (known && known.hash === hash)
			return { taken: true, sequence, hash, outcome: known.outcome };
		const poison = entry && this.poison(entry);
		if (poison) return no(poison);
		if (entry && !(await this.#isSigned(entry))) return no('journal-signature');
		const previousHash = entry?.previousHash ?? this.head.hash;
		const place = decidePlace(this.head, { sequence, previousHash });
		if (place.place === 'gap') return no('journal-gap', { expected: place.expected });
		if (place.place === 'fork') {
			this.suspended = true;
			return no('journal-fork');
		}
		const outcome: EntryOutcome = entry
			? this.outcomeOf(entry)
			: { state: 'refused', code: 'entry-damaged', sealed: null };
		this.kept.push({ hash, entry, outcome });
		return { taken: true, sequence, hash, outcome };
	}

	#isSigned(entry: SignedTillEntry): Promise<boolean> {
		const text = new TextEncoder().encode(entryText(entry));
		return isSignedByDevice(this.#keys, parseBase64url(entry.signature), text);
	}

	/** Put back to an older state. */
	restore(sequence: number): void {
		this.kept.length = sequence;
	}
}

export interface TillBench extends TillJournalPorts, TillDrainPorts {
	readonly clocks: FakeClocks;
	readonly timer: FakeTimer;
	readonly backend: ModelBackend;
}

let lastName = 0;
let open: Dexie[] = [];
const names = new Set<string>();

/** A database of its own; with a name, another tab on the same one. */
export function tillTab(name = `agent-${(lastName += 1)}`): AgentStore {
	const store = new AgentStore(name);
	open.push(store);
	names.add(name);
	return store;
}

export async function closeTillTabs(): Promise<void> {
	for (const store of open) store.close();
	open = [];
	for (const name of names) await Dexie.delete(name);
	names.clear();
}

export async function tillBench(
	store: AgentStore = tillTab(),
	clocks: FakeClocks = new FakeClocks(),
): Promise<TillBench> {
	const keys = await ensureDeviceKeys(store, { owner: 'till', name: 'Till' }, newId, NOW);
	if (!(await store.till.get('till'))) await store.till.add(tillRow(keys.id));
	const backend = new ModelBackend(keys, clocks);
	return {
		...{ store, keys, clocks, backend, newId, terminalId: TERMINAL, locks: fakeLocks() },
		...{ timer: new FakeTimer(clocks), api: backend.api, nowMs: clocks.nowMs },
		...{ offsetMs: () => null, chance: () => 0.5 },
	};
}

export function tillRow(deviceId: string): TerminalHereRow {
	const point = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;
	return {
		...{ key: 'till', schema: 1, deviceId, terminalId: TERMINAL, name: 'Till' },
		...{ vendor: { id: 'vendor', name: 'Shop' }, utilityId: 'utility', saleKey: point },
		utility: {} as TerminalHereRow['utility'],
		...{ enrolledAtMs: NOW, offsetMs: null, status: null, heardAtMs: null },
		...{ revokedAtMs: null, stop: null },
	};
}

export const saleDeed = (id?: string): TillDeed<'sale'> => ({
	...{ kind: 'sale', content: { batchId: SHIFT, sealed: 'sealed-sale' }, operatorId: OPERATOR },
	...(id !== undefined && { id }),
});

export function saleRow(id: string, more: Partial<TillSaleRow> = {}): TillSaleRow {
	const sealed = { version: 1, iv: new Uint8Array(12), octets: new Uint8Array(4) };
	return {
		...{ id, schema: 1, operatorId: OPERATOR, drnTag: 'tag', atMs: NOW, shiftId: SHIFT },
		...{ amountMinor: 100, method: 'cash', energyDeciKwh: null, promise: 'provisional' },
		...{ state: 'provisional', code: null, sealed, answer: null, printed: 0 },
		...more,
	};
}

/** A sale as the desk writes it: entry and row in one. */
export async function sell(bench: TillBench, more: Partial<TillSaleRow> = {}) {
	const id = bench.newId();
	const alongside: TillAlongside = () => bench.store.sales.add(saleRow(id, more));
	return appendTillDeed(bench, saleDeed(id), alongside);
}

export async function sellMany(bench: TillBench, count: number): Promise<void> {
	for (let each = 0; each < count; each += 1) await sell(bench);
}

/** Many sales at once, as if each had been sold: past the store's transactions, which are slow in a test. */
export async function sellAtOnce({ store, keys, clocks }: TillBench, count: number): Promise<void> {
	let head = await readTillHead(store, keys.id);
	const rows: TillEntryHereRow[] = [];
	for (let each = 0; each < count; each += 1) {
		const { kind, content, operatorId } = saleDeed();
		const unsigned = tillEntryAfter(head, {
			...{ id: newId(), deviceId: keys.id, terminalId: TERMINAL, acknowledged: 0 },
			...{ kind, content, operatorId, atMs: clocks.wallMs, offsetMs: null },
		});
		const octets = await signAsDevice(keys, new TextEncoder().encode(entryText(unsigned)));
		const entry = { ...unsigned, signature: formatBase64url(octets) } as SignedTillEntry;
		head = headAt(entry);
		rows.push({ ...head, deviceId: keys.id, id: entry.id, kind, entry });
	}
	await store.entries.bulkAdd(rows);
	await store.progress.bulkAdd(
		rows.map(({ deviceId, sequence, id }) => ({
			...{ ...startProgress(sequence, clocks.wallMs), deviceId, id },
		})),
	);
	await store.sales.bulkAdd(rows.map(({ id }) => saleRow(id)));
}

/** Changes rows past the store's own guards, as somebody with the browser's tools would. */
export async function tamper(
	store: AgentStore,
	change: (entries: IDBObjectStore) => void,
): Promise<void> {
	const done = store.backendDB().transaction('entries', 'readwrite');
	change(done.objectStore('entries'));
	await new Promise((resolve) => (done.oncomplete = resolve));
}

/** Puts another row in the place of an entry. */
export async function rewrite(
	{ store, keys }: TillBench,
	sequence: number,
	change: (row: Record<string, unknown>) => unknown,
): Promise<void> {
	const row = await store.entries.get([keys.id, sequence]);
	await tamper(store, (entries) => {
		entries.put(change(structuredClone(row) as unknown as Record<string, unknown>));
	});
}
