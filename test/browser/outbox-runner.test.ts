import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSale, storeSale, withdrawSale } from '#lib/browser/store/sales.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import type { Connection } from '#lib/browser/sync/connection.ts';
import { startOutboxRunner, type OutboxRunner } from '#lib/browser/sync/outbox-runner.ts';
import { ID, issued, row } from '../core/sync/sale.ts';

let store: TokenlineStore;
let runner: OutboxRunner;
let reachable: boolean;
let sent: number;
let connection: Connection;

beforeEach(() => {
	store = new TokenlineStore(`test-${Math.random()}`);
	reachable = false;
	sent = 0;
	connection = 'unknown';
	const nothing = () => undefined;
	vi.stubGlobal('document', { addEventListener: nothing, removeEventListener: nothing });
	vi.stubGlobal('addEventListener', nothing);
	vi.stubGlobal('removeEventListener', nothing);
	vi.stubGlobal('navigator', {
		locks: { request: (_name: string, task: () => Promise<unknown>) => task() },
	});
	vi.stubGlobal('fetch', () =>
		reachable
			? Promise.resolve(Response.json({ status: 'ok' }))
			: Promise.reject(new TypeError('Failed to fetch')),
	);
	runner = startOutboxRunner(
		{
			store,
			now: () => 2_000,
			chance: () => 0.5,
			api: {
				putVend: async () => {
					sent += 1;
					return { kind: 'answer', answer: issued };
				},
				putPayment: async () => ({ kind: 'unknown' }),
				askVend: async () => ({ kind: 'unknown' }),
			},
		},
		(state) => (connection = state.connection),
	);
});

afterEach(async () => {
	runner.stop();
	vi.unstubAllGlobals();
	await store.delete();
});

describe('the outbox of an open page', () => {
	it('sends nothing while the backend is out of reach, so a sale can still be taken back', async () => {
		await vi.waitFor(() => expect(connection).toBe('offline'));
		await storeSale(store, row());
		runner.kick();
		expect(await runner.tryNow()).toBe('offline');
		expect(sent).toBe(0);
		expect(await withdrawSale(store, ID, 2_500)).toBe(true);
	});

	it('waits for the backend’s first answer before it sends', async () => {
		await storeSale(store, row());
		runner.kick();
		await vi.waitFor(() => expect(connection).toBe('offline'));
		expect((await readSale(store, ID))?.progress.sent).toBe(false);
	});

	it('sends what waited as soon as the backend answers', async () => {
		await vi.waitFor(() => expect(connection).toBe('offline'));
		await storeSale(store, row());
		runner.kick();
		reachable = true;
		expect(await runner.tryNow()).toBe('online');
		await vi.waitFor(async () =>
			expect((await readSale(store, ID))?.progress.state).toBe('issued'),
		);
		expect(sent).toBe(1);
	});
});
