/** What must not happen between two steps of a till: two tabs, a page that dies, a disk that is full. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exportUnsent, openTillDesk } from '#lib/browser/sync/open-till-desk.ts';
import { choosePin } from '#lib/browser/sync/till-people.ts';
import { setStop } from '#lib/browser/store/agent-outbox.ts';
import { wipeRevokedTill } from '#lib/browser/store/agent-wipe.ts';
import type { TillDesk } from '#lib/browser/sync/till-desk.ts';
import { ANSWER_WITHIN_MS } from '#lib/core/sync/till-sale-state.ts';
import { soon } from '../../harness/soon.ts';
import { HOUR, OTHER_PIN, PIN } from '../vault/bench.ts';
import { latest, toRefund } from './as-shown.ts';
import { agentTab, AGENT, closeDesks, sell, TillBench, wishFor } from './till-desk-bench.ts';
import { DRN, OTHER_DRN, TERMS } from './till-office.ts';

let bench: TillBench;
beforeEach(async () => (bench = await TillBench.open()));
afterEach(closeDesks);
const onlySale = async () => (await bench.store.sales.toArray())[0];
const operator = async () => {
	const [first] = await bench.store.operators.toArray();
	if (!first) throw new TypeError('somebody stands at the till');
	return first;
};

/** The tap is made, and the page dies before any answer. */
async function tapAndDie(desk: TillDesk): Promise<void> {
	const wish = await wishFor(desk);
	bench.office.weather = 'request-lost';
	void desk.sell(wish);
	await soon(async () => expect((await onlySale())?.state).toBe('asked'));
	desk.close();
	bench.clocks.pass(2 * ANSWER_WITHIN_MS + 1);
}

describe('a page that dies between the tap and the answer', () => {
	it('leaves a sale that has its provisional paper once somebody looks again', async () => {
		await tapAndDie(await bench.ready());
		const desk = await bench.openWith(await operator());
		await desk.vault.unlock(PIN);
		await soon(async () => expect((await onlySale())?.state).toBe('provisional'));
		const [sale] = await latest(desk, 1);
		expect(sale?.details?.claimCode).toMatch(/^\w{8}.$/);
	});

	it('is asked about when the same is wanted again', async () => {
		await tapAndDie(await bench.ready());
		const desk = await bench.openWith(await operator());
		await desk.vault.unlock(PIN);
		expect(await desk.recentSame(DRN, 10_000)).not.toBeNull();
	});
});

describe('a full disk', () => {
	it('keeps nobody from a token that is here already', async () => {
		const desk = await bench.ready();
		vi.spyOn(bench.store.sales, 'update').mockRejectedValue(
			new DOMException('full', 'QuotaExceededError'),
		);
		const sold = await sell(desk);
		expect(sold).toMatchObject({ kind: 'issued', sale: { row: { state: 'issued' } } });
		const [listed] = await latest(desk, 1);
		expect(listed?.answer).toMatchObject({ state: 'issued' });
		vi.restoreAllMocks();
	});

	it('lets everything that waits be exported', async () => {
		const desk = await bench.ready();
		await bench.goOffline(desk);
		await sell(desk);
		for (const table of bench.store.tables)
			vi.spyOn(table, 'put').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
		const [file] = await exportUnsent(desk.store, bench.clocks.wallMs);
		expect(JSON.parse(file?.parts.join('') ?? '').entries).toHaveLength(1);
		vi.restoreAllMocks();
	});
});

describe('a tab that was overtaken by another', () => {
	it('writes nothing into the journal of an enrolment before', async () => {
		const desk = await bench.ready();
		const wish = await wishFor(desk);
		bench.office.terminalId = 'T-002';
		expect((await bench.enrol()).kind).toBe('enrolled');
		const entries = await bench.store.entries.count();
		await expect(desk.sell(wish)).rejects.toMatchObject({ kind: 'other-tab' });
		await expect(desk.openShift()).rejects.toMatchObject({ kind: 'other-tab' });
		expect(await bench.store.entries.count()).toBe(entries);
		expect(await bench.store.sales.count()).toBe(0);
	});

	it('sells nothing that was revoked while the tap was being written down', async () => {
		const desk = await bench.ready();
		const wish = await wishFor(desk);
		await bench.goOffline(desk);
		const { store } = bench;
		const deviceId = (await desk.terminal()).deviceId;
		// In the last moment before it is written.
		vi.spyOn(store.customers, 'get').mockImplementationOnce((async () => {
			await wipeRevokedTill(store, deviceId, bench.clocks.wallMs);
			return undefined;
		}) as never);
		const sale = desk.sell({ ...wish, priced: null, sight: null });
		// By whichever is quicker: the lock, or the journal that is over.
		const outcome = await sale.catch((cause: unknown) => cause);
		expect(['not-sold', 'other-tab']).toContain((outcome as { kind: string }).kind);
		expect(await store.sales.count()).toBe(0);
		vi.restoreAllMocks();
	});

	it('sells nothing under a PIN that was chosen anew elsewhere: its answer would open for nobody', async () => {
		const desk = await bench.ready();
		const wish = await wishFor(desk);
		const person = { operatorId: AGENT, login: 'amina', name: 'amina' };
		const chosen = await choosePin(await bench.people(), person, OTHER_PIN);
		expect(chosen.kind).toBe('chosen');
		expect(await desk.sell(wish)).toEqual({ kind: 'not-sold', because: 'locked' });
		expect(desk.vault.isOpen()).toBe(false);
		expect(bench.office.sales).toEqual([]);
	});

	it('sells nothing once wrong PINs in another have destroyed the vault', async () => {
		const desk = await bench.ready();
		const wish = await wishFor(desk);
		await bench.store.vaults.delete(AGENT);
		expect(await desk.sell(wish)).toEqual({ kind: 'not-sold', because: 'locked' });
		expect(desk.vault.isOpen()).toBe(false);
	});

	it('is locked as soon as the worker has heard that the till is revoked', async () => {
		const desk = await bench.ready();
		const { deviceId } = await desk.terminal();
		await wipeRevokedTill(agentTab(bench.store.name), deviceId, bench.clocks.wallMs);
		await soon(() => expect(desk.vault.isOpen()).toBe(false));
	});
});

describe('a till that heard of its revocation, and died over it', () => {
	it('is wiped before anything is opened, with no network', async () => {
		const desk = await bench.ready();
		const who = await operator();
		const { deviceId } = await desk.terminal();
		desk.close();
		await setStop(bench.store, deviceId, 'revoked');
		bench.office.weather = 'request-lost';
		const outcome = await openTillDesk(bench.ports(), who, () => undefined);
		expect(outcome).toEqual({ kind: 'refused', because: 'revoked' });
		expect(await bench.store.vaults.count()).toBe(0);
	});
});

describe('another enrolment', () => {
	it('waits for what the backend has, and has not finished', async () => {
		const desk = await bench.ready();
		bench.office.slow = true;
		const selling = sell(desk);
		await soon(async () =>
			expect(await bench.store.progress.where({ state: 'taken' }).count()).toBe(1),
		);
		expect(await bench.enrol()).toEqual({ kind: 'refused', because: 'rows-wait' });
		expect(await desk.signOut()).toEqual({ kind: 'rows-wait', count: 1 });
		expect(bench.office.enrolled).toHaveLength(1);
		await soon(() => {
			bench.timer.pass(100);
			return desk.tryNow();
		});
		expect((await selling).kind).toBe('issued');
	});
});

describe('a backend that answers everything but the journal', () => {
	it('is sold against no further than the caps', async () => {
		const desk = await bench.ready();
		const { api } = bench.office;
		vi.spyOn(bench.office, 'api', 'get').mockReturnValue(api);
		vi.spyOn(api, 'postJournal').mockResolvedValue({ kind: 'unknown' });
		desk.close();
		const again = await bench.openWith(await operator());
		await again.vault.unlock(PIN);
		await again.tryNow();
		const outcomes: string[] = [];
		for (let at = 0; at < TERMS.queued!.count + 1; at += 1) {
			let isOver = false;
			const selling = sell(again, 10_000 + at).finally(() => (isOver = true));
			await soon(async () => {
				const written = await bench.store.sales.where({ state: 'asked' }).count();
				if (written > 0) bench.timer.pass(ANSWER_WITHIN_MS + 1);
				expect(isOver).toBe(true);
			});
			const sold = await selling;
			outcomes.push(sold.kind === 'not-sold' ? sold.because : sold.kind);
		}
		expect(outcomes).toEqual([...Array(5).fill('provisional'), 'offline-count-cap']);
		vi.restoreAllMocks();
	});
});

describe('the refund desk', () => {
	it('keeps the money of a sale that is damaged here until the backend says what it is there', async () => {
		const desk = await bench.ready();
		await bench.goOffline(desk);
		const sold = await sell(desk);
		if (sold.kind !== 'provisional') throw new TypeError('it is provisional');
		const { id } = sold.sale.row;
		const row = await bench.store.progress.where({ id }).first();
		await bench.store.progress.put({ ...row!, state: 'damaged', outcome: null });
		await bench.store.sales.update(id, { state: 'dead-letter', code: 'entry-damaged' });
		expect(await toRefund(desk)).toEqual([]);
		await expect(desk.payRefund(id)).rejects.toMatchObject({ kind: 'other-tab' });
		await bench.store.progress.put({
			...{ ...row!, state: 'damaged', outcome: { state: 'refused', code: 'entry-damaged' } },
		});
		expect(await toRefund(desk)).toHaveLength(1);
		await desk.payRefund(id);
		expect((await onlySale())?.state).toBe('refunded');
	});
});

describe('a sealed token', () => {
	const RESERVE = {
		...{ denominationsMinor: [10_000], sumMinor: 100_000, count: 5, lifeMs: 24 * HOUR },
	};

	async function withToken(): Promise<TillDesk> {
		bench.office.terms = { ...TERMS, reserve: RESERVE };
		const desk = await bench.ready();
		for (let at = 0; at < 3; at += 1) expect((await sell(desk)).kind).toBe('issued');
		expect(await desk.fillReserve()).toMatchObject({ problem: null });
		expect((await desk.reserve()).length).toBeGreaterThan(0);
		return desk;
	}

	it('is sold where nothing more may be queued', async () => {
		const desk = await withToken();
		await bench.goOffline(desk);
		const till = await desk.terminal();
		const terms = { ...till.status!.terms, queued: null };
		await bench.store.till.put({ ...till, status: { ...till.status!, terms } });
		expect((await sell(desk)).kind).toBe('issued');
		expect(await sell(desk, 10_000, OTHER_DRN)).toEqual({
			...{ kind: 'not-sold', because: 'offline-not-allowed' },
		});
	});

	it('that does not open is one sale, whose money goes back: not two', async () => {
		const desk = await withToken();
		await bench.store.reserve.toCollection().modify({ sealed: 'a.b.c.d.e' });
		const sales = await bench.store.sales.count();
		expect(await sell(desk)).toMatchObject({ kind: 'refused', code: 'sale-unreadable' });
		expect(await bench.store.sales.count()).toBe(sales + 1);
		expect(await toRefund(desk)).toHaveLength(1);
	});
});

describe('an export', () => {
	it('has no name, number, code or digit in clear', async () => {
		const desk = await bench.ready();
		await bench.goOffline(desk);
		const sold = await sell(desk, 20_000, DRN, { notifyPhone: '+254700000001' });
		const code = sold.kind === 'provisional' ? sold.sale.details?.claimCode : undefined;
		const files = await exportUnsent(desk.store, bench.clocks.wallMs);
		const text = files.flatMap(({ parts }) => parts).join('');
		expect(text).toContain('"kind":"sale"');
		expect(code).toMatch(/^.{9}$/);
		for (const secret of [DRN, 'O****', '700000001', code]) expect(text).not.toContain(secret);
	});
});
