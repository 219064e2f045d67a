import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { leaveTill } from '#lib/browser/store/agent-leave.ts';
import { freshenPack } from '#lib/browser/sync/till-pack.ts';
import { choosePin, noteSignedIn, readOperators } from '#lib/browser/sync/till-people.ts';
import { LOCK_TIMES } from '#lib/browser/vault/auto-lock.ts';
import { soon } from '../../harness/soon.ts';
import { HOUR, OTHER_PIN, PIN } from '../vault/bench.ts';
import { latest, ofMeter, recent } from './as-shown.ts';
import { agentTab, closeDesks, sell, TillBench, wishFor } from './till-desk-bench.ts';
import { AGENT, DRN, OTHER_AGENT, TERMS } from './till-office.ts';

const RESERVE = {
	...{ denominationsMinor: [10_000], sumMinor: 20_000, count: 3 },
	lifeMs: 24 * HOUR,
};

let bench: TillBench;
beforeEach(async () => (bench = await TillBench.open()));
afterEach(closeDesks);

describe('who may stand at a till', () => {
	it.each([
		['clerk', 'not-an-agent'],
		['stranger', 'other-vendor'],
	])('refuses %s: %s', async (login, because) => {
		await bench.enrol();
		expect(await bench.signIn(login)).toEqual({ kind: 'refused', because });
	});

	it('refuses a till that is none, and another utility’s agent', async () => {
		expect(await bench.signIn()).toEqual({ kind: 'refused', because: 'not-enrolled' });
		await bench.enrol();
		bench.office.utilityId = 'hillside';
		expect(await bench.signIn()).toEqual({ kind: 'refused', because: 'other-utility' });
		bench.office.weather = 'request-lost';
		expect(await bench.signIn()).toEqual({ kind: 'unknown' });
	});

	it('takes no weak PIN, and destroys nothing for one', async () => {
		await bench.enrol();
		await bench.choose();
		const person = { operatorId: AGENT, login: 'amina', name: 'amina' };
		const weak = await choosePin(await bench.people(), person, '111111');
		expect(weak).toEqual({ kind: 'weak', because: 'few-characters' });
		expect(await bench.store.vaults.count()).toBe(1);
	});
});

describe('an operator', () => {
	it('needs the PIN only from then on, without the network', async () => {
		const first = await bench.ready();
		await sell(first);
		first.close();
		expect(first.vault.isOpen()).toBe(false);
		bench.office.weather = 'request-lost';
		const store = agentTab(bench.store.name);
		const [operator] = await readOperators(store);
		const desk = await bench.openWith(operator!, {}, store);
		expect(await desk.sell(await wishFor(desk, 5_000))).toMatchObject({ because: 'locked' });
		expect(await desk.vault.unlock(OTHER_PIN)).toMatchObject({ kind: 'wrong' });
		expect(await desk.vault.unlock(PIN)).toEqual({ kind: 'opened' });
		const [sold] = await ofMeter(desk, DRN, 5);
		expect(sold?.answer).toMatchObject({ state: 'issued' });
		expect(await recent(desk, 5)).toMatchObject([{ drn: DRN }]);
	});

	it('reads nothing of another’s sales, whose PINs stay their own', async () => {
		const mine = await bench.ready();
		await sell(mine);
		const { operator, vault } = await bench.choose('baraka', OTHER_PIN);
		expect(operator.operatorId).toBe(OTHER_AGENT);
		const theirs = await bench.openWith(operator, { vault });
		expect(await ofMeter(theirs, DRN, 5)).toEqual([]);
		expect(await recent(theirs, 5)).toEqual([]);
		const [seen] = await latest(theirs, 5);
		expect(seen).toMatchObject({ row: { amountMinor: 10_000 }, details: null, answer: null });
		await theirs.tryNow();
		expect((await sell(theirs, 20_000)).kind).toBe('issued');
		expect(await ofMeter(mine, DRN, 5)).toHaveLength(1);
		await noteSignedIn(bench.store, AGENT, bench.clocks.wallMs + 1);
		expect((await readOperators(bench.store)).map(({ login }) => login)).toEqual([
			'amina',
			'baraka',
		]);
	});

	it('who forgot the PIN chooses another, and what waits is handed in all the same', async () => {
		const desk = await bench.ready();
		await bench.goOffline(desk);
		await sell(desk);
		desk.close();
		bench.office.weather = 'fine';
		const { operator, vault } = await bench.choose('amina', OTHER_PIN);
		const again = await bench.openWith(operator, { vault });
		await again.tryNow();
		expect(bench.office.sales).toMatchObject([{ request: { drn: DRN } }]);
		const [sold] = await latest(again, 1);
		expect(sold).toMatchObject({ row: { state: 'issued' }, details: null });
		again.lock();
		expect(await again.vault.unlock(PIN)).toMatchObject({ kind: 'wrong' });
		expect(await again.vault.unlock(OTHER_PIN)).toEqual({ kind: 'opened' });
	});

	it('destroys their own vault with ten wrong PINs, and no row that waits', async () => {
		const desk = await bench.ready();
		await bench.goOffline(desk);
		await sell(desk);
		desk.lock();
		for (let tries = 0; tries < 10; tries += 1) {
			await desk.vault.unlock(OTHER_PIN);
			bench.clocks.pass(3_600_000);
		}
		expect(await desk.vault.state()).toEqual({ kind: 'none' });
		await bench.goOnline(desk);
		expect(bench.office.sales).toHaveLength(1);
	});

	it('is locked out by idleness, in no case in the middle of a tap', async () => {
		const desk = await bench.ready();
		const wish = await wishFor(desk);
		let answer = () => {};
		bench.office.during = () => new Promise<void>((resolve) => (answer = resolve));
		const selling = desk.sell(wish);
		bench.timer.pass(LOCK_TIMES.idleMs);
		expect(desk.vault.isOpen()).toBe(true);
		bench.office.during = () => {};
		answer();
		await selling;
		bench.timer.pass(LOCK_TIMES.idleMs);
		expect(desk.vault.isOpen()).toBe(false);
	});

	it('signs out only when everything has arrived, and then in every tab', async () => {
		const desk = await bench.ready();
		await bench.goOffline(desk);
		await sell(desk);
		expect(await desk.signOut()).toEqual({ kind: 'rows-wait', count: 1 });
		expect(bench.office.signedOut).toBe(0);
		await bench.goOnline(desk);
		expect(await desk.signOut()).toEqual({ kind: 'signed-out' });
		expect(bench.office.signedOut).toBe(1);
		expect(bench.lockedElsewhere).toEqual([AGENT]);
		expect(desk.vault.isOpen()).toBe(false);
	});

	it('who signed out is opened by no PIN, and sells nothing without the network', async () => {
		const desk = await bench.ready();
		await bench.choose('baraka', OTHER_PIN);
		await sell(desk);
		const other = await bench.openWith(desk.operator, {}, agentTab(bench.store.name));
		await other.vault.unlock(PIN);
		const wish = await wishFor(other);
		expect(await desk.signOut()).toEqual({ kind: 'signed-out' });
		bench.office.weather = 'request-lost';
		expect(await readOperators(bench.store)).toMatchObject([{ operatorId: OTHER_AGENT }]);
		expect(await bench.store.deviceKeys.get(AGENT)).toBeUndefined();
		expect(await bench.store.customers.count()).toBe(0);
		const again = await bench.openWith(desk.operator);
		expect(await again.vault.unlock(PIN)).toEqual({ kind: 'none' });
		expect(await again.sell(wish)).toEqual({ kind: 'not-sold', because: 'locked' });
		// Another tab, whose page has not heard of it yet.
		expect(await other.sell(wish)).toEqual({ kind: 'not-sold', because: 'locked' });
		expect(bench.office.sales).toHaveLength(1);
		expect(await bench.store.sales.count()).toBe(1);
	});

	it('sells nothing in a tap that another tab’s sign-out overtakes', async () => {
		const desk = await bench.ready();
		const wish = await wishFor(desk);
		const request = bench.locks.request.bind(bench.locks) as (
			...given: unknown[]
		) => Promise<unknown>;
		const left: unknown[] = [];
		// Sealed, and not written yet: the tap waits for its turn in the journal.
		vi.spyOn(bench.locks, 'request').mockImplementation((async (...given: unknown[]) => {
			if (String(given[0]).includes('journal') && left.length === 0)
				left.push(await leaveTill(bench.store, AGENT));
			return request(...given);
		}) as LockManager['request']);
		await expect(desk.sell(wish)).rejects.toMatchObject({ kind: 'other-tab' });
		expect(left).toEqual([undefined]);
		expect(await bench.store.sales.count()).toBe(0);
	});
});

describe('somebody whom the office does not name any more', () => {
	/** Suspended there, and heard here with the next pack. */
	function suspend(): void {
		bench.office.packVersion = '2';
		bench.office.packChange = { operators: [{ id: OTHER_AGENT, name: 'Baraka' }] };
	}

	it('is locked out once the pack is here, loses nothing that waits, and leaves others as they are', async () => {
		const desk = await bench.ready();
		const colleague = await bench.choose('baraka', OTHER_PIN);
		await bench.goOffline(desk);
		expect((await sell(desk)).kind).toBe('provisional');
		suspend();
		// Out of reach nobody hears of it.
		expect((await sell(desk, 5_000)).kind).toBe('provisional');
		await bench.goOnline(desk);
		await soon(() => expect(desk.vault.isOpen()).toBe(false));
		expect(await desk.vault.unlock(PIN)).toEqual({ kind: 'none' });
		expect(bench.office.sales).toHaveLength(2);
		expect((await bench.store.sales.toArray()).map(({ state }) => state)).toEqual([
			'issued',
			'issued',
		]);
		expect(await readOperators(bench.store)).toMatchObject([{ operatorId: OTHER_AGENT }]);
		const theirs = await bench.openWith(colleague.operator, { vault: colleague.vault });
		expect((await sell(theirs, 20_000)).kind).toBe('issued');
		// Their sign-in was refused by the office; one that it grants lets them in again.
		bench.office.packChange = {};
		await bench.choose('amina', PIN);
		expect(await readOperators(bench.store)).toHaveLength(2);
	});

	it('is not somebody who signed in while the pack was on its way', async () => {
		const desk = await bench.ready();
		suspend();
		const { api } = bench.office;
		async function fetchPack() {
			await bench.choose('amina', OTHER_PIN);
			return api.fetchPack();
		}
		const parts = {
			...{ store: bench.store, api: { ...api, fetchPack }, nowMs: bench.clocks.nowMs },
			terminal: async () => ({ ...(await desk.terminal()), status: bench.office.status() }),
			serverMs: bench.office.nowMs,
		};
		expect(await freshenPack(parts)).toEqual({ kind: 'kept' });
		expect(await readOperators(bench.store)).toMatchObject([{ operatorId: AGENT }]);
	});

	it('has what is sealed for them end in the journal when its time is over', async () => {
		bench.office.terms = { ...TERMS, reserve: RESERVE };
		const desk = await bench.ready();
		await sell(desk);
		await sell(desk);
		expect((await desk.fillReserve()).made).toBe(1);
		const colleague = await bench.choose('baraka', OTHER_PIN);
		suspend();
		await desk.tryNow();
		await soon(() => expect(desk.vault.isOpen()).toBe(false));
		desk.close();
		const theirs = await bench.openWith(colleague.operator, { vault: colleague.vault });
		expect((await theirs.glance()).reserve.count).toBe(1);
		bench.clocks.pass(25 * HOUR);
		await soon(() => {
			bench.timer.pass(60_000);
			expect(bench.office.kinds().at(-1)).toBe('reserve-ended');
		});
	});
});
