/** A device's reminders against a backend that answers, refuses or is not there, and a browser that subscribes. */
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import { putReminder, switchOffReminder } from '#lib/browser/store/reminders.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import { readSubscription, subscribe } from '#lib/browser/sync/push-subscription.ts';
import { handInReminders, replanReminders } from '#lib/browser/sync/reminders.ts';
import { startReminder, type Reminder } from '#lib/core/sync/reminders.ts';
import type { ReminderRequest } from '#lib/core/sync/wire-reminders.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 30, 9);
const DRN = '12345678903';
const KEY = `B${'a'.repeat(86)}`;

/** A browser's side of a push service. */
class FakePush {
	made = 0;
	granted = true;
	key: string | undefined;
	readonly pushManager = {
		getSubscription: () => Promise.resolve(this.key === undefined ? null : this.#subscription()),
		subscribe: (options?: PushSubscriptionOptionsInit) => {
			const key = String(options?.applicationServerKey);
			if (!this.granted) return Promise.reject(new DOMException('no', 'NotAllowedError'));
			if (this.key !== undefined && this.key !== key)
				return Promise.reject(new DOMException('another key', 'InvalidStateError'));
			if (this.key === undefined) this.made += 1;
			this.key = key;
			return Promise.resolve(this.#subscription());
		},
	};

	#subscription(): PushSubscription {
		const json = {
			endpoint: `https://push.example/${this.made}`,
			// Padded, and in the other alphabet, as some browsers write it.
			keys: { p256dh: `${KEY.slice(0, -1)}/`, auth: `${'b'.repeat(21)}+==` },
		};
		return {
			toJSON: () => json,
			unsubscribe: () => {
				this.key = undefined;
				return Promise.resolve(true);
			},
		} as unknown as PushSubscription;
	}
}

class FakeBackend {
	reached = true;
	refuses: string | undefined;
	readonly kept = new Map<string, ReminderRequest>();
	readonly asked: string[] = [];
	readonly api = {
		readPushKey: () => this.#answer('key', () => ({ publicKey: KEY })),
		putReminder: (id: string, request: ReminderRequest) =>
			this.#answer(`put ${id}`, () => {
				this.kept.set(id, request);
				return { id, dueAtMs: request.dueAtMs };
			}),
		removeReminder: (id: string) =>
			this.#answer(`remove ${id}`, () => (this.kept.delete(id) ? { id } : 'not-found')),
	};

	#answer<T extends object>(what: string, work: () => T | string): Promise<ApiOutcome<T>> {
		this.asked.push(what);
		if (!this.reached) return Promise.resolve({ kind: 'unknown' });
		const result = this.refuses ?? work();
		if (typeof result !== 'string') return Promise.resolve({ kind: 'answer', answer: result });
		const problem = { type: '', title: '', status: 400, code: result, detail: '' };
		return Promise.resolve({ kind: 'problem', problem });
	}
}

let store: TokenlineStore;
let push: FakePush;
let backend: FakeBackend;
beforeEach(async () => {
	store = new TokenlineStore('reminders');
	push = new FakePush();
	backend = new FakeBackend();
	const confirmation = { drn: DRN, utility: { timeZone: 'Africa/Nairobi' } };
	await store.meters.put({ drn: DRN, nickname: null, confirmation } as never);
});
afterEach(async () => {
	store.close();
	await Dexie.delete('reminders');
});

const wish = (id = 'a', dueAtMs: number | null = null, change: Partial<Reminder> = {}) => ({
	...startReminder(
		{
			...{ id, kind: 'low-credit', drn: DRN, rule: { by: 'days-left', days: 3 } },
			...{ said: { title: '', body: '' }, path: '/' },
		},
		dueAtMs,
		NOW,
	),
	...change,
});
const tend = async (nowMs = NOW, granted = true) => {
	await replanReminders(store, nowMs);
	const ports = { store, api: backend.api, nowMs: () => nowMs, registration: push, granted };
	return handInReminders(ports);
};
async function buy(id: string, daysAgo: number, energyDeciKwh: number): Promise<void> {
	const waterfall = { tenderedMinor: 1, lines: [], energyDeciKwh };
	const receipt = { issuedAtMs: NOW - daysAgo * DAY, waterfall, roundingGainDeciKwh: 0 };
	await store.outbox.put({ id, createdAtMs: 1, request: { drn: DRN } } as never);
	await store.progress.put({ id, state: 'issued', answer: { state: 'issued', receipt } } as never);
}
const only = async () => (await store.reminders.toArray())[0];

describe('a device’s reminder', () => {
	it('waits for something to reckon from, and goes to the backend then', async () => {
		await putReminder(store, wish());
		expect(await tend()).toBe(true);
		expect(backend.kept.size).toBe(0);
		await buy('1', 40, 600);
		await buy('2', 10, 600);
		expect(await tend()).toBe(true);
		// 2 kWh a day: twenty days are left.
		const [kept] = [...backend.kept.values()];
		expect(kept?.subscription).toEqual({
			endpoint: 'https://push.example/1',
			...{ p256dh: `${KEY.slice(0, -1)}_`, auth: `${'b'.repeat(21)}-` },
		});
		const due = kept?.dueAtMs ?? 0;
		expect((due - NOW) / DAY).toBeGreaterThan(16);
		expect((due - NOW) / DAY).toBeLessThan(18);
		// Asked once: what the backend has is not told again.
		const { length } = backend.asked;
		await tend();
		expect(backend.asked).toHaveLength(length);
		await buy('3', 0, 600);
		await tend();
		expect(backend.kept.get('a')?.dueAtMs).toBeGreaterThan(due);
		expect(push.made).toBe(1);
	});

	it('is told later, where the backend is out of reach', async () => {
		const rule = { by: 'moment', atMs: NOW + DAY } as const;
		await putReminder(store, wish('a', NOW + DAY, { rule }));
		backend.reached = false;
		expect(await tend()).toBe(false);
		backend.reached = true;
		expect(await tend()).toBe(true);
		expect(backend.kept.get('a')?.dueAtMs).toBe(NOW + DAY);
		backend.reached = false;
		await switchOffReminder(store, 'low-credit', DRN);
		expect(await tend()).toBe(false);
		expect(await only()).toMatchObject({ off: true });
		backend.reached = true;
		expect(await tend()).toBe(true);
		expect(backend.kept.size).toBe(0);
		expect(await only()).toBeUndefined();
		expect(push.key).toBeUndefined();
	});

	it('goes nowhere without permission, or without a push service', async () => {
		const rule = { by: 'moment', atMs: NOW + DAY } as const;
		await putReminder(store, wish('a', NOW + DAY, { rule }));
		expect(await tend(NOW, false)).toBe(true);
		expect(backend.asked).toEqual([]);
		push.granted = false;
		expect(await tend()).toBe(true);
		expect(backend.asked).toEqual(['key']);
		expect(await only()).toMatchObject({ handedIn: null });
	});

	it('is taken back when permission is', async () => {
		const rule = { by: 'moment', atMs: NOW + DAY } as const;
		await putReminder(store, wish('a', NOW + DAY, { rule }));
		await tend();
		expect(backend.kept.size).toBe(1);
		await tend(NOW, false);
		expect(backend.kept.size).toBe(0);
		expect(await only()).toMatchObject({ handedIn: null, off: false });
	});

	it('that the backend refuses stays with the app, and one it does not know is forgotten', async () => {
		const rule = { by: 'moment', atMs: NOW + DAY } as const;
		await putReminder(store, wish('a', NOW + DAY, { rule }));
		backend.refuses = 'push-endpoint';
		// Refused for good, or only for now.
		expect(await tend()).toBe(false);
		push.key = KEY;
		expect(await tend()).toBe(true);
		backend.refuses = 'too-many-requests';
		expect(await tend()).toBe(false);
		expect(await only()).toMatchObject({ handedIn: null });
		backend.refuses = undefined;
		await tend();
		backend.kept.clear();
		await switchOffReminder(store, 'low-credit', DRN);
		expect(await tend()).toBe(true);
		expect(await only()).toBeUndefined();
	});

	it('of a forgotten meter ends', async () => {
		const rule = { by: 'moment', atMs: NOW + DAY } as const;
		await putReminder(store, wish('a', NOW + DAY, { rule }));
		await tend();
		await store.meters.delete(DRN);
		await tend();
		expect(backend.kept.size).toBe(0);
		expect(await only()).toBeUndefined();
	});
});

describe('a reminder of free electricity', () => {
	const JAN_1 = Date.UTC(2027, 0, 1, 6);
	const DEC_1 = Date.UTC(2026, 11, 1, 6);
	const heard = (change: object = {}) =>
		store.meters.put({
			...{ drn: DRN, nickname: null, fetchedAtMs: NOW },
			confirmation: {
				...{ drn: DRN, asOfMs: NOW, utility: { timeZone: 'Africa/Nairobi' } },
				fbe: { shown: 'yes', entitledDeciKwh: 200, given: true },
				...change,
			},
		} as never);
	const monthly = () => wish('free', null, { kind: 'fbe', rule: { by: 'month-start' } });

	it('is with the backend for the 1st, and for the next one once it was told', async () => {
		await heard();
		await putReminder(store, monthly());
		expect(await tend()).toBe(true);
		expect(backend.kept.get('free')?.dueAtMs).toBe(DEC_1);
		// As the service worker notes it when the push has come.
		await store.reminders.update('free', { notifiedAtMs: DEC_1 });
		expect(await tend(DEC_1 + 1)).toBe(true);
		expect(backend.kept.get('free')?.dueAtMs).toBe(JAN_1);
		expect(await only()).toMatchObject({ dueAtMs: JAN_1, notifiedAtMs: null, off: false });
	});

	it('passes over a month whose electricity came to this device', async () => {
		await heard();
		await putReminder(store, monthly());
		await tend();
		const request = { drn: DRN, kind: 'fbe' };
		const waterfall = { tenderedMinor: 0, lines: [], energyDeciKwh: 200 };
		const receipt = { issuedAtMs: DEC_1 - 3_600_000, waterfall };
		const answer = { state: 'issued', receipt };
		await store.outbox.put({ id: 'x', createdAtMs: 1, request } as never);
		await store.progress.put({ id: 'x', state: 'issued', answer } as never);
		await tend(DEC_1 - 1_800_000);
		expect(backend.kept.get('free')?.dueAtMs).toBe(JAN_1);
	});

	it.each([
		['that has none any more', { fbe: { shown: 'yes', entitledDeciKwh: 0, given: false } }],
		['whose utility gives none by app any more', { fbe: undefined }],
	])('of a meter %s ends', async (_why, change) => {
		await heard();
		await putReminder(store, monthly());
		await tend();
		expect(backend.kept.size).toBe(1);
		await heard(change);
		await tend();
		expect(backend.kept.size).toBe(0);
		expect(await only()).toBeUndefined();
	});
});

describe('a subscription', () => {
	it('to a backend with another key takes the place of the one before', async () => {
		push.key = 'another';
		push.made = 1;
		expect(await subscribe(push, KEY)).toMatchObject({ endpoint: 'https://push.example/2' });
		expect(push.key).toBe(KEY);
	});

	it('is none where the browser has none', async () => {
		expect(await readSubscription({})).toBeNull();
		expect(await subscribe({}, KEY)).toBeNull();
		const odd = { toJSON: () => ({ endpoint: 'https://push.example/1' }) };
		const manager = { getSubscription: () => Promise.resolve(odd), subscribe: () => odd };
		expect(await readSubscription({ pushManager: manager as never })).toBeNull();
	});
});
