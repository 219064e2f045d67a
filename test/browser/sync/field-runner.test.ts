import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import type { Connection } from '#lib/browser/sync/connection.ts';
import { appendDeed } from '#lib/browser/sync/field-journal.ts';
import { changeProgress } from '#lib/browser/store/technician-journal.ts';
import {
	startFieldRunner,
	type FieldRunner,
	type FieldRunnerPorts,
	type FieldSyncState,
} from '#lib/browser/sync/field-runner.ts';
import { renewDeviceKeys } from '#lib/browser/vault/device-keys.ts';
import { type SignedEntry } from '#lib/core/sync/field-journal.ts';
import { entryHash, headAt, NO_PREVIOUS } from '#lib/core/sync/journal-chain.ts';
import type { DeliveryAnswer } from '#lib/core/sync/wire-deliveries.ts';
import type { FieldDeviceAnswer } from '#lib/core/sync/wire-field-devices.ts';
import { soon } from '../../harness/soon.ts';
import { delivery } from '../../core/sync/journal.ts';
import { closeTabs, newId, NOW, OWNER } from '../vault/bench.ts';
import { fieldBench, no, session, yes, type FieldBench } from './field-bench.ts';

let runner: FieldRunner | undefined;
afterEach(async () => {
	runner?.stop();
	await closeTabs();
});

/** A backend and a network that a test switches on and off. */
class World {
	connection: Connection = 'online';
	signedIn = true;
	state: FieldDeviceAnswer['state'] = 'active';
	registered = 0;
	refusing: string | undefined;
	refusingEntries: string | undefined;
	readonly entries: SignedEntry[] = [];
	readonly told: FieldSyncState[] = [];
	readonly bench: FieldBench;

	constructor(bench: FieldBench) {
		this.bench = bench;
	}

	get last(): FieldSyncState | undefined {
		return this.told.at(-1);
	}

	ports(more: Partial<FieldRunnerPorts> = {}): FieldRunnerPorts {
		const { bench } = this;
		return {
			...bench,
			now: bench.clocks.nowMs,
			chance: () => 0.5,
			probe: async () => this.connection,
			api: {
				readSession: async () => (this.signedIn ? session() : no('sign-in-needed')),
				registerDevice: async (id) => this.#register(id),
				putDelivery: async (_, entry) => this.#take(entry),
			},
			...more,
		};
	}

	#register(id: string): ApiOutcome<FieldDeviceAnswer> {
		this.registered += 1;
		if (this.refusing) return no(this.refusing);
		const last = this.entries.at(-1);
		return yes({
			...{ id, name: 'Bench', operatorId: OWNER, operatorName: 'Thandi', state: this.state },
			...{ registeredAtMs: NOW, endedAtMs: null, packUntilMs: null, serverMs: NOW },
			journal: last ? headAt(last) : { sequence: 0, hash: NO_PREVIOUS },
		});
	}

	#take(entry: SignedEntry): ApiOutcome<DeliveryAnswer> {
		if (!this.signedIn) return no('session-ended');
		if (this.refusingEntries) return no(this.refusingEntries);
		this.entries.push(entry);
		const { id, deviceId, sequence } = entry;
		const rest = { acceptedAtMs: NOW, findings: [], expected: sequence + 1 };
		return yes({ id, deviceId, sequence, hash: entryHash(entry), ...rest });
	}
}

const write = (bench: FieldBench) =>
	appendDeed(bench, {
		...{ kind: 'token-delivery', content: delivery('accepted'), jobId: null, drn: null },
	});

async function start(entries = 2, before: (world: World) => void = () => {}): Promise<World> {
	const bench = await fieldBench();
	for (let each = 0; each < entries; each += 1) await write(bench);
	const world = new World(bench);
	before(world);
	runner = startFieldRunner(world.ports(), (state) => world.told.push(state));
	await settled(world);
	return world;
}

/** Nothing of how far a journal is can be written down from now on. */
const fill = ({ bench }: World) =>
	vi
		.spyOn(bench.store.progress, 'put')
		.mockRejectedValue(new DOMException('full', 'QuotaExceededError'));

/** Until a round is over: it has set its alarm and told the last of it. */
async function settled({ bench, told }: World): Promise<void> {
	await soon(() => {
		expect(bench.timer.waiting).toBe(1);
		expect(told.at(-1)?.sending).toBe(false);
	});
}

describe('the journal of an open page', () => {
	it('registers the device and hands everything in', async () => {
		const world = await start();
		expect(world.entries.map(({ sequence }) => sequence)).toEqual([1, 2]);
		expect(world.last).toMatchObject({
			...{ connection: 'online', sending: false, waiting: 0, fault: null },
			progress: { acknowledged: 2, stop: null },
		});
		expect(world.told.some(({ sending }) => sending)).toBe(true);
	});

	it('sends what is written later when it is told of it', async () => {
		const world = await start(1);
		await write(world.bench);
		runner?.kick();
		await soon(() => expect(world.entries).toHaveLength(2));
		expect(world.registered).toBe(1);
	});

	it('sends nothing while the backend is out of reach, and goes on when it is back', async () => {
		const world = await start(2, (each) => (each.connection = 'offline'));
		expect(world.entries).toEqual([]);
		expect(world.last).toMatchObject({ connection: 'offline', waiting: 2 });
		world.connection = 'online';
		world.bench.timer.pass(5_000);
		await soon(() => expect(world.entries).toHaveLength(2));
	});

	it('waits for somebody to sign in, and goes on then', async () => {
		const world = await start(2, (each) => (each.signedIn = false));
		expect(world.last?.progress.stop?.because).toBe('sign-in');
		world.signedIn = true;
		const state = await runner!.tryNow();
		expect(state).toMatchObject({ waiting: 0, progress: { stop: null } });
	});

	it('asks to sign in when the session ends in between, and loses nothing', async () => {
		const world = await start(1);
		await write(world.bench);
		world.signedIn = false;
		await runner!.tryNow();
		expect(world.last).toMatchObject({ waiting: 1, progress: { stop: { because: 'sign-in' } } });
		world.signedIn = true;
		await runner!.tryNow();
		expect(world.entries.map(({ sequence }) => sequence)).toEqual([1, 2]);
	});

	it('asks an office that said no again for a person only: its patience is counted', async () => {
		const world = await start(1, (each) => (each.refusing = 'field-devices-exceeded'));
		for (let minute = 0; minute < 5; minute += 1) {
			world.bench.timer.pass(60_000);
			await settled(world);
		}
		expect(world.registered).toBe(1);
		expect(world.last?.progress.stop?.because).toBe('not-registered');
		world.refusing = undefined;
		await runner!.tryNow();
		expect(world.last).toMatchObject({ waiting: 0, progress: { stop: null } });
	});

	it('wipes a device that was switched off, and hands in what it did before', async () => {
		const world = await start(2, (each) => (each.state = 'revoked'));
		expect(await world.bench.db.deviceKeys.count()).toBe(0);
		expect(world.bench.vault.isOpen()).toBe(false);
		expect(world.last).toMatchObject({ waiting: 0, progress: { revoked: true, stop: null } });
		await runner!.tryNow();
		expect(world.registered).toBe(1);
	});

	it('wipes a device that hears of it by an entry that is refused', async () => {
		const world = await start(1);
		await write(world.bench);
		world.refusingEntries = 'field-device-revoked';
		await runner!.tryNow();
		expect(world.last?.progress).toMatchObject({ revoked: true, stop: { because: 'revoked' } });
		expect(await world.bench.db.deviceKeys.count()).toBe(0);
		expect(world.bench.vault.isOpen()).toBe(false);
		expect(world.last?.waiting).toBe(1);
	});

	it('sends nothing of a journal that is not what was written', async () => {
		const bench = await fieldBench();
		await write(bench);
		const entry = await write(bench);
		const done = bench.store.backendDB().transaction('journal', 'readwrite');
		const changed = { ...entry, atMs: 1 };
		const row = { deviceId: bench.keys.id, sequence: 2, id: entry.id, schema: 1 };
		done.objectStore('journal').put({ ...row, hash: entryHash(changed), entry: changed });
		await new Promise((resolve) => (done.oncomplete = resolve));
		const world = new World(bench);
		runner = startFieldRunner(world.ports(), (state) => world.told.push(state));
		await settled(world);
		expect(world.entries).toEqual([]);
		expect(world.last?.progress.stop).toEqual({
			...{ because: 'journal-broken', sequence: 2, code: null },
		});
	});

	it('hands in the rest of the device that the person had before', async () => {
		const world = await start(1, (each) => (each.connection = 'offline'));
		runner?.stop();
		const { bench } = world;
		await changeProgress(bench.store, bench.keys.id, (before) => ({ ...before, stop: null }));
		const keys = (await renewDeviceKeys(bench.db, OWNER, newId, NOW))!;
		world.connection = 'online';
		runner = startFieldRunner(world.ports({ keys }), (state) => world.told.push(state));
		await soon(() => expect(world.entries).toHaveLength(1));
		expect(world.entries[0]?.deviceId).toBe(bench.keys.id);
	});

	it('names a store that breaks, and looks again', async () => {
		const world = await start(1);
		world.bench.db.close();
		world.told.length = 0;
		runner?.kick();
		await soon(() => expect(world.bench.timer.waiting).toBe(1));
		await world.bench.db.open();
		world.bench.timer.pass(5_000);
		await soon(() => expect(world.last?.fault).toBeNull());
	});

	it('hands in on a full disk what is due all the same, on a person’s word', async () => {
		const world = await start(1);
		await write(world.bench);
		fill(world);
		const state = await runner!.tryNow();
		expect(world.entries.map(({ sequence }) => sequence)).toEqual([1, 2]);
		// How far it is cannot be written down.
		expect(state.fault).toBe('no-space');
	});

	it('hands in on a full disk what is due all the same, when the backend is there again', async () => {
		const world = await start(1);
		world.connection = 'offline';
		await runner!.tryNow();
		await write(world.bench);
		fill(world);
		world.connection = 'online';
		world.bench.timer.pass(5_000);
		await settled(world);
		expect(world.entries.map(({ sequence }) => sequence)).toEqual([1, 2]);
	});

	it('stopped, leaves no alarm', async () => {
		const world = await start(1);
		runner?.stop();
		expect(world.bench.timer.waiting).toBe(0);
	});
});
