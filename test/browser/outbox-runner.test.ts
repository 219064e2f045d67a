import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSale, storeSale, withdrawSale } from '#lib/browser/store/sales.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import type { Connection } from '#lib/browser/sync/connection.ts';
import { startOutboxRunner, type OutboxRunner } from '#lib/browser/sync/outbox-runner.ts';
import { soon } from '../harness/soon.ts';
import { ID, issued, row } from '../core/sync/sale.ts';

let store: TokenlineStore;
let runner: OutboxRunner;
let reachable: boolean;
let sent: number;
let connection: Connection;
let fault: unknown;
let heardMs: number | undefined;

beforeEach(() => {
	store = new TokenlineStore(`test-${Math.random()}`);
	reachable = false;
	sent = 0;
	connection = 'unknown';
	fault = null;
	heardMs = undefined;
	const nothing = () => undefined;
	vi.stubGlobal('document', { addEventListener: nothing, removeEventListener: nothing });
	vi.stubGlobal('addEventListener', nothing);
	vi.stubGlobal('removeEventListener', nothing);
	vi.stubGlobal('navigator', {
		locks: { request: (_name: string, task: () => Promise<unknown>) => task() },
	});
	vi.stubGlobal('fetch', () =>
		reachable
			? Promise.resolve(
					Response.json({ status: 'ok' }, { headers: { date: 'Mon, 30 Nov 2026 00:00:00 GMT' } }),
				)
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
		(state) => ({ connection, fault } = state),
		(serviceMs) => (heardMs = serviceMs),
	);
});

afterEach(async () => {
	runner.stop();
	vi.unstubAllGlobals();
	await store.delete();
});

describe('the outbox of an open page', () => {
	it('sends nothing while the backend is out of reach, so a sale can still be taken back', async () => {
		await soon(() => expect(connection).toBe('offline'));
		await storeSale(store, row());
		runner.kick();
		expect(await runner.tryNow()).toBe('offline');
		expect(sent).toBe(0);
		expect(await withdrawSale(store, ID, 2_500)).toBe(true);
	});

	it('waits for the backend’s first answer before it sends', async () => {
		await storeSale(store, row());
		runner.kick();
		await soon(() => expect(connection).toBe('offline'));
		expect((await readSale(store, ID))?.progress.sent).toBe(false);
	});

	it('sends what waited as soon as the backend answers', async () => {
		await soon(() => expect(connection).toBe('offline'));
		await storeSale(store, row());
		runner.kick();
		reachable = true;
		expect(await runner.tryNow()).toBe('online');
		await soon(async () => expect((await readSale(store, ID))?.progress.state).toBe('issued'));
		expect(sent).toBe(1);
	});

	it('on a full phone sends nothing it cannot write down, says so, and goes on when there is room', async () => {
		await storeSale(store, row());
		reachable = true;
		const full = vi
			.spyOn(store.progress, 'put')
			.mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
		await runner.tryNow();
		await soon(() => expect(fault).toBe('no-space'));
		expect(sent).toBe(0);
		full.mockRestore();
		runner.kick();
		await soon(async () => expect((await readSale(store, ID))?.progress.state).toBe('issued'));
		await soon(() => expect(fault).toBeNull());
		expect(sent).toBe(1);
	});

	it('tries by itself again after it could not write', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		await storeSale(store, row());
		reachable = true;
		vi.spyOn(store.progress, 'put').mockRejectedValueOnce(
			new DOMException('full', 'QuotaExceededError'),
		);
		await runner.tryNow();
		while (fault === null) await new Promise((resolve) => setImmediate(resolve));
		await vi.advanceTimersByTimeAsync(5_000);
		vi.useRealTimers();
		await soon(() => expect(sent).toBe(1));
	});

	it('hears the backend’s time', async () => {
		reachable = true;
		await runner.tryNow();
		expect(heardMs).toBe(Date.UTC(2026, 10, 30));
	});
});
