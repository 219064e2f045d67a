import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import { readSale, readSales, storeSale, withdrawSale } from '#lib/browser/store/sales.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import { drainAsOnlyWriter, type DrainPorts } from '#lib/browser/sync/drain.ts';
import type { PaymentAnswer, VendAnswer } from '#lib/core/sync/wire.ts';
import { awaiting, ID, issued, payment, problem, row } from '../core/sync/sale.ts';

const OTHER = ID.replace(/1$/, '2');
let store: TokenlineStore;
afterEach(() => store.delete());

interface Fake extends DrainPorts {
	calls: string[];
	nowMs: number;
}

/** A backend that answers by list, then says nothing more. */
function backend(answers: {
	putVend?: ApiOutcome<VendAnswer>[];
	putPayment?: ApiOutcome<PaymentAnswer>[];
	askVend?: ApiOutcome<VendAnswer>[];
}): Fake {
	store = new TokenlineStore(`test-${Math.random()}`);
	const fake: Fake = {
		store,
		calls: [],
		nowMs: 2_000,
		now: () => fake.nowMs,
		chance: () => 0.5,
		api: {
			putVend: async (id) => say('putVend', id),
			putPayment: async (id) => say('putPayment', id),
			askVend: async (id) => say('askVend', id),
		},
	};
	function say<K extends keyof typeof answers>(kind: K, id: string) {
		fake.calls.push(`${kind} ${id.slice(-1)}`);
		return (answers[kind]?.shift() ?? { kind: 'unknown' }) as never;
	}
	return fake;
}

const answer = <T>(value: T): ApiOutcome<T> => ({ kind: 'answer', answer: value });

describe('draining', () => {
	it('hands in, asks for the payment, and comes back when it is time to ask', async () => {
		const ports = backend({
			putVend: [answer(awaiting)],
			putPayment: [answer(payment)],
			askVend: [answer(issued)],
		});
		await storeSale(store, row());
		expect(await drainAsOnlyWriter(ports)).toBe(4_000);
		expect(ports.calls).toEqual(['putVend 1', 'putPayment a']);
		ports.nowMs = 4_000;
		expect(await drainAsOnlyWriter(ports)).toBeNull();
		expect((await readSale(store, ID))?.progress.state).toBe('issued');
	});

	it('asks again with the same id after an unknown outcome, and not before its time', async () => {
		const ports = backend({ putVend: [{ kind: 'unknown' }, answer(issued)] });
		await storeSale(store, row());
		const dueMs = await drainAsOnlyWriter(ports);
		await drainAsOnlyWriter(ports);
		expect(ports.calls).toEqual(['putVend 1']);
		ports.nowMs = dueMs ?? 0;
		await drainAsOnlyWriter(ports);
		expect(ports.calls).toEqual(['putVend 1', 'putVend 1']);
		expect((await readSale(store, ID))?.progress.state).toBe('issued');
	});

	it('goes on at once when the clock was set back, instead of waiting for the old time', async () => {
		const ports = backend({ putVend: [{ kind: 'unknown' }, answer(issued)] });
		ports.nowMs = Date.UTC(2026, 10, 21);
		await storeSale(store, row());
		await drainAsOnlyWriter(ports);
		ports.nowMs = 0;
		await drainAsOnlyWriter(ports);
		expect((await readSale(store, ID))?.progress.state).toBe('issued');
	});

	it('is not held up by a sale that the backend will never take', async () => {
		const ports = backend({
			putVend: [{ kind: 'problem', problem: problem('body-shape') }, answer(issued)],
		});
		await storeSale(store, row());
		await storeSale(store, row(OTHER));
		await drainAsOnlyWriter(ports);
		const states = (await readSales(store)).map(({ progress }) => progress.state).sort();
		expect(states).toEqual(['dead-letter', 'issued']);
	});

	it('remembers that a request left, even when it never comes back', async () => {
		const ports = backend({});
		await storeSale(store, row());
		const gone = new Error('the page was closed');
		const broken = { ...ports, api: { ...ports.api, putVend: () => Promise.reject(gone) } };
		await expect(drainAsOnlyWriter(broken)).rejects.toBe(gone);
		expect((await readSale(store, ID))?.progress.sent).toBe(true);
		expect(await withdrawSale(store, ID, 3_000)).toBe(false);
	});
});

describe('storing a sale', () => {
	it('refuses a second one under the same id, and changes nothing', async () => {
		backend({});
		await storeSale(store, row());
		await expect(storeSale(store, { ...row(), createdAtMs: 9 })).rejects.toThrow();
		expect((await readSale(store, ID))?.row.createdAtMs).toBe(1_000);
	});

	it('ends the sale that it replaces in the same moment', async () => {
		backend({});
		await storeSale(store, row());
		await storeSale(store, { ...row(OTHER), supersedes: ID });
		expect((await readSale(store, ID))?.progress.state).toBe('replaced');
		expect((await readSale(store, OTHER))?.progress.state).toBe('queued');
	});

	it('takes an unsent sale back', async () => {
		backend({});
		await storeSale(store, row());
		expect(await withdrawSale(store, ID, 3_000)).toBe(true);
		expect((await readSale(store, ID))?.progress.state).toBe('withdrawn');
	});
});
