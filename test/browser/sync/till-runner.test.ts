import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Connection } from '#lib/browser/sync/connection.ts';
import {
	startTillRunner,
	type TillRunner,
	type TillSyncState,
} from '#lib/browser/sync/till-runner.ts';
import { soon } from '../../harness/soon.ts';
import { closeTillTabs, sell, tillBench, type TillBench } from './till-bench.ts';

let runner: TillRunner | undefined;
afterEach(async () => {
	runner?.stop();
	await closeTillTabs();
});

/** A page of a till with a network that a test switches on and off. */
class World {
	connection: Connection = 'online';
	probes = 0;
	words = 0;
	hint = () => {};
	watched = true;
	readonly told: TillSyncState[] = [];
	readonly bench: TillBench;

	constructor(bench: TillBench) {
		this.bench = bench;
	}

	get last(): TillSyncState | undefined {
		return this.told.at(-1);
	}

	go(connection: Connection): void {
		this.connection = connection;
		this.bench.backend.weather = () => (connection === 'online' ? 'fine' : 'request-lost');
	}

	start(): void {
		runner = startTillRunner(
			{
				...this.bench,
				probe: async () => ((this.probes += 1), this.connection),
				watch: (onHint) => {
					this.hint = onHint;
					return () => (this.watched = false);
				},
				leaveWord: async () => void (this.words += 1),
			},
			(state) => this.told.push(state),
		);
	}
}

async function start(sales = 2, connection: Connection = 'online'): Promise<World> {
	const bench = await tillBench();
	for (let each = 0; each < sales; each += 1) await sell(bench);
	const world = new World(bench);
	world.go(connection);
	world.start();
	await settled(world);
	return world;
}

/** Until a round is over: it has set its alarm and told the last of it. */
async function settled({ bench, told }: World): Promise<void> {
	await soon(() => {
		expect(bench.timer.waiting).toBe(1);
		expect(told.at(-1)?.sending).toBe(false);
	});
}

describe('the till’s outbox of an open page', () => {
	it('asks how the till stands, and hands everything in', async () => {
		const world = await start();
		expect(world.bench.backend.kept).toHaveLength(2);
		expect(world.bench.backend.statusRequests).toBe(1);
		expect(world.last).toEqual({
			...{ connection: 'online', sending: false, pending: 0, stop: null, fault: null },
		});
		expect(world.told.some(({ sending }) => sending)).toBe(true);
		expect(world.words).toBe(0);
	});

	it('hands a sale in with one request and nothing before it', async () => {
		const world = await start(0);
		const { bench, probes } = world;
		await sell(bench);
		await runner?.kick();
		expect(bench.backend.kept).toHaveLength(1);
		expect([bench.backend.requests, bench.backend.statusRequests, world.probes]).toEqual([
			...[1, 1, probes],
		]);
	});

	it('sends nothing into the void, and leaves word', async () => {
		const world = await start(2, 'offline');
		expect(world.bench.backend.requests).toBe(0);
		expect(world.words).toBeGreaterThan(0);
		expect(world.last).toMatchObject({ connection: 'offline', pending: 2 });
		world.go('online');
		world.bench.timer.pass(5_000);
		await soon(() => expect(world.last).toMatchObject({ pending: 0, sending: false }));
	});

	it('goes on when the browser hints that the network is back', async () => {
		const world = await start(1, 'offline');
		world.go('online');
		world.hint();
		await soon(() => expect(world.last).toMatchObject({ pending: 0, sending: false }));
	});

	it('looks again for the backend when an answer stays away', async () => {
		const world = await start(0);
		world.go('offline');
		await sell(world.bench);
		await runner?.kick();
		expect(world.last).toMatchObject({ connection: 'offline', pending: 1 });
		expect(world.words).toBeGreaterThan(0);
	});

	it('tries at once what had to wait, when a person asks', async () => {
		const world = await start(0);
		world.bench.backend.weather = () => 'answer-lost';
		await sell(world.bench);
		await runner?.kick();
		expect(world.last).toMatchObject({ pending: 1 });
		world.bench.backend.weather = () => 'fine';
		expect(await runner?.tryNow()).toMatchObject({ pending: 0, connection: 'online' });
		expect(world.bench.backend.kept).toHaveLength(1);
	});

	it('tells what stops the till', async () => {
		const world = await start(0);
		world.bench.backend.refusing = 'terminal-revoked';
		await sell(world.bench);
		await runner?.kick();
		expect(world.last).toMatchObject({ stop: 'revoked', pending: 1 });
	});

	it('hears of its revocation within a minute, with nothing to send', async () => {
		const world = await start(0);
		world.bench.backend.refusing = 'terminal-revoked';
		world.bench.timer.pass(60_000);
		await soon(() => expect(world.last).toMatchObject({ stop: 'revoked' }));
	});

	it('tells when the store breaks a round, and goes on after it', async () => {
		const world = await start(0);
		await sell(world.bench);
		const full = () => {
			throw new DOMException('full', 'QuotaExceededError');
		};
		world.bench.store.progress.hook('updating', full);
		await runner?.kick();
		expect(world.last).toMatchObject({ fault: 'no-space', pending: 1 });
		world.bench.store.progress.hook('updating').unsubscribe(full);
		expect(await runner?.tryNow()).toMatchObject({ fault: null, pending: 0 });
		expect(world.bench.backend.kept).toHaveLength(1);
	});

	it('is still after it was stopped', async () => {
		const world = await start(0);
		runner?.stop();
		await sell(world.bench);
		await runner?.kick();
		expect(world.bench.backend.kept).toHaveLength(0);
		expect(world.bench.timer.waiting).toBe(0);
		expect(world.watched).toBe(false);
	});
});
