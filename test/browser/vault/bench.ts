/** A technician's database, clocks and a vault as tests need them: nothing waits, nothing is dear. */
import Dexie from 'dexie';
import { TechnicianStore } from '#lib/browser/store/technician.ts';
import { ensureDeviceKeys, type DeviceKeys } from '#lib/browser/vault/device-keys.ts';
import { SeenClock } from '#lib/browser/vault/seen-clock.ts';
import { stretchHere, type Stretch } from '#lib/browser/vault/stretch.ts';
import { Vault } from '#lib/browser/vault/vault.ts';
import type { Timer } from '#lib/link/transport.ts';

export const NOW = Date.UTC(2026, 10, 21, 9);
export const OWNER = '01935f2a-0000-7000-8000-0000000000e1';
export const PIN = '482917';
export const OTHER_PIN = '771320';
export const HOUR = 3_600_000;

/** As cheap as scrypt may be. */
export const CHEAP = { N: 2, r: 1, p: 1 };
export const stretch: Stretch = async (pin, salt, cost) => stretchHere(pin, salt, cost);

let lastId = 0;
/** UUIDv7 in the order of asking. */
export const newId = (): string =>
	`01935f2a-1111-7000-8000-${(lastId += 1).toString(16).padStart(12, '0')}`;

/** A clock on the wall that anybody may set, and one that only runs. */
export class FakeClocks {
	wallMs = NOW;
	#tickMs = 0;
	readonly nowMs = () => this.wallMs;
	readonly tickMs = () => this.#tickMs;
	/** Time goes by. */
	pass(ms: number): void {
		this.wallMs += ms;
		this.#tickMs += ms;
	}
}

/** Calls back when its clock is moved past the instant. */
export class FakeTimer implements Timer {
	readonly #clocks: FakeClocks;
	#waiting: { atMs: number; callBack: () => void }[] = [];

	constructor(clocks: FakeClocks) {
		this.#clocks = clocks;
	}

	nowMs(): number {
		return this.#clocks.wallMs;
	}

	wakeAt(atMs: number, callBack: () => void): () => void {
		const one = { atMs, callBack };
		this.#waiting.push(one);
		return () => (this.#waiting = this.#waiting.filter((each) => each !== one));
	}

	get waiting(): number {
		return this.#waiting.length;
	}

	/** Lets time go by, and wakes whoever is due on the way, each at its instant. */
	pass(ms: number): void {
		const endMs = this.#clocks.wallMs + ms;
		for (;;) {
			const [first] = [...this.#waiting].sort((one, other) => one.atMs - other.atMs);
			if (!first || first.atMs > endMs) break;
			this.#waiting = this.#waiting.filter((each) => each !== first);
			this.#clocks.pass(Math.max(0, first.atMs - this.#clocks.wallMs));
			first.callBack();
		}
		this.#clocks.pass(endMs - this.#clocks.wallMs);
	}
}

let lastName = 0;
let open: Dexie[] = [];
const names = new Set<string>();

/** A database of its own; with a name, another tab on the same one. */
export function tab(name = `technician-${(lastName += 1)}`): TechnicianStore {
	const store = new TechnicianStore(name);
	open.push(store);
	names.add(name);
	return store;
}

export async function closeTabs(): Promise<void> {
	for (const store of open) store.close();
	open = [];
	for (const name of names) await Dexie.delete(name);
	names.clear();
}

/** Web Locks, for one process. */
export function fakeLocks(): Pick<LockManager, 'request'> {
	const last = new Map<string, Promise<unknown>>();
	const request = (name: string, work: () => Promise<unknown>) => {
		const mine = (last.get(name) ?? Promise.resolve()).then(work, work);
		last.set(
			name,
			mine.catch(() => undefined),
		);
		return mine;
	};
	return { request: request as LockManager['request'] };
}

export interface Bench {
	readonly db: TechnicianStore;
	readonly clocks: FakeClocks;
	readonly timer: FakeTimer;
	readonly clock: SeenClock;
	readonly keys: DeviceKeys;
	readonly vault: Vault;
}

/** A device with keys and no PIN yet. */
export async function bench(
	db: TechnicianStore = tab(),
	clocks: FakeClocks = new FakeClocks(),
): Promise<Bench> {
	const clock = await SeenClock.open(db, clocks);
	const keys = await ensureDeviceKeys(db, { owner: OWNER, name: 'Bench' }, newId, NOW);
	const vault = new Vault(OWNER, { db, clock, stretch, cost: CHEAP });
	return { db, clocks, timer: new FakeTimer(clocks), clock, keys, vault };
}

/** The same with a vault that is open. */
export async function openBench(): Promise<Bench> {
	const made = await bench();
	await made.vault.create(PIN);
	return made;
}

/** The same machine after the page was loaded again. */
export function reload({ db, clocks }: Bench): Promise<Bench> {
	return bench(tab(db.name), clocks);
}

export const octets = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
