import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { exportUnsent, openTillDesk } from '#lib/browser/sync/open-till-desk.ts';
import { EMPTY_JOURNAL, headAt } from '#lib/core/sync/journal-chain.ts';
import { TillExport } from '#lib/core/sync/wire-till.ts';
import { soon } from '../../harness/soon.ts';
import { HOUR, PIN } from '../vault/bench.ts';
import { latest } from './as-shown.ts';
import { agentTab, AGENT, closeDesks, sell, TillBench, wishFor } from './till-desk-bench.ts';
import { DRN, OTHER_DRN } from './till-office.ts';

let bench: TillBench;
beforeEach(async () => (bench = await TillBench.open()));
afterEach(closeDesks);
const TWO_DAYS = 48 * HOUR;

describe('a clock that is wrong', () => {
	it.each([
		['two days ahead', -TWO_DAYS],
		['two days behind', TWO_DAYS],
	])('%s sells, prices and ages by the backend’s', async (_, aheadMs) => {
		bench.office.aheadMs = aheadMs;
		const desk = await bench.ready();
		expect((await desk.glance()).packRefused).toBeNull();
		expect((await sell(desk)).kind).toBe('issued');
		await bench.goOffline(desk);
		expect((await wishFor(desk, 20_000)).priced).toMatchObject({ by: 'estimate' });
		expect((await sell(desk, 20_000)).kind).toBe('provisional');
		expect((await sell(desk, 30_000)).kind).toBe('provisional');
		await bench.goOnline(desk);
		const sales = bench.office.entries.filter(({ kind }) => kind === 'sale');
		expect(sales).toHaveLength(3);
		for (const { atMs, offsetMs } of sales) {
			expect(offsetMs).toBe(aheadMs);
			expect(atMs + (offsetMs ?? 0)).toBe(bench.office.nowMs());
		}
	});

	it('set forward in the middle of a day stops offline selling until it is heard; back, it goes on', async () => {
		const desk = await bench.ready();
		await bench.goOffline(desk);
		await sell(desk, 1_000);
		bench.clocks.wallMs -= TWO_DAYS;
		expect((await sell(desk, 2_000)).kind).toBe('provisional');
		bench.clocks.wallMs += 2 * TWO_DAYS;
		expect(await sell(desk, 3_000)).toEqual({ kind: 'not-sold', because: 'offline-age-cap' });
		// The backend's clock never moved.
		bench.office.aheadMs = -TWO_DAYS;
		await bench.goOnline(desk);
		await soon(async () => expect((await bench.store.till.get('till'))?.offsetMs).toBe(-TWO_DAYS));
		await bench.goOffline(desk);
		expect((await sell(desk, 3_000)).kind).toBe('provisional');
		await bench.goOnline(desk);
		expect(bench.office.sales).toHaveLength(3);
	});
});

describe('a device that was put back to a backup', () => {
	it('is suspended at the first number that it repeats, loses nothing, and sells on once enrolled anew', async () => {
		const desk = await bench.ready();
		await sell(desk);
		const backup = await snapshot(bench.store);
		await sell(desk, 20_000, OTHER_DRN);
		desk.close();
		await putBack(bench.store, backup);

		// Nobody tells it before it sells: that sale repeats a number.
		bench.office.weather = 'request-lost';
		const restored = await bench.openWith(desk.operator);
		await restored.vault.unlock(PIN);
		await restored.tryNow();
		const outcome = await sell(restored, 30_000);
		expect(outcome.kind).toBe('provisional');
		await bench.goOnline(restored);
		await soon(async () => expect((await restored.glance()).stop).toBe('suspended'));
		expect(await sell(restored)).toEqual({ kind: 'not-sold', because: 'suspended' });
		const [file] = await exportUnsent(restored.store, bench.clocks.wallMs);
		const kept = v.parse(TillExport, JSON.parse(file!.parts.join('')));
		expect(kept.entries).toMatchObject([{ kind: 'sale' }]);
		restored.close();

		expect((await bench.enrol()).kind).toBe('enrolled');
		const anew = await bench.openWith(desk.operator);
		await anew.vault.unlock(PIN);
		await bench.heard();
		expect(await sell(anew)).toEqual({ kind: 'not-sold', because: 'shift-needed' });
		await anew.openShift();
		await anew.tryNow();
		expect((await sell(anew, 5_000)).kind).toBe('issued');
		expect(
			await bench.store.entries.where('[deviceId+sequence]').equals([kept.deviceId, 1]).count(),
		).toBe(1);
		// What only the office can take in is still to be saved, and said to be.
		expect(await anew.glance()).toMatchObject({ stop: null, toMend: 1 });
		expect(await exportUnsent(anew.store, bench.clocks.wallMs)).toHaveLength(1);
		expect(await anew.signOut()).toEqual({ kind: 'signed-out' });
	});
});

describe('a till that the office revokes', () => {
	it('forgets everything that opens when next reached, and keeps what was not handed in', async () => {
		const desk = await bench.ready();
		await sell(desk);
		await bench.goOffline(desk);
		await sell(desk, 20_000);
		bench.office.state = 'revoked';
		await bench.goOnline(desk);
		await soon(() => expect(desk.vault.isOpen()).toBe(false));
		expect(bench.lockedElsewhere).toContain(AGENT);
		expect(await desk.sell(await wishFor(desk))).toEqual({ kind: 'not-sold', because: 'revoked' });
		expect(await desk.vault.state()).toEqual({ kind: 'none' });
		const { vaults, sealed, customers, packs, reserve, operators, deviceKeys } = bench.store;
		for (const table of [vaults, sealed, customers, packs, reserve, operators])
			expect(await table.count()).toBe(0);
		expect(await deviceKeys.get(AGENT)).toBeUndefined();
		const again = await openTillDesk(bench.ports(), desk.operator, () => {});
		expect(again).toMatchObject({ kind: 'refused' });
		const [file] = await exportUnsent(bench.store, bench.clocks.wallMs);
		const text = file!.parts.join('');
		const { entries } = v.parse(TillExport, JSON.parse(text));
		expect(entries).toMatchObject([{ kind: 'sale' }]);
		expect(text).not.toContain(DRN);
		// Given another code, it is a till again, with nobody at it.
		expect((await bench.enrol()).kind).toBe('enrolled');
		expect((await bench.choose()).vault.isOpen()).toBe(true);
	});
});

describe('two tabs', () => {
	it('write one journal: no number twice, none left out', async () => {
		const one = await bench.ready();
		const two = await bench.openWith(one.operator, {}, agentTab(bench.store.name));
		await two.vault.unlock(PIN);
		await two.tryNow();
		const outcomes = [];
		for (let round = 1; round <= 3; round += 1)
			outcomes.push(
				...(await Promise.all([
					sell(one, round * 1_000),
					sell(two, round * 1_000 + 500, OTHER_DRN),
				])),
			);
		expect(outcomes.map(({ kind }) => kind)).toEqual(Array(6).fill('issued'));
		const entries = bench.office.entries;
		let head = EMPTY_JOURNAL;
		for (const entry of entries) {
			expect(entry).toMatchObject({ sequence: head.sequence + 1, previousHash: head.hash });
			head = headAt(entry);
		}
		expect(bench.office.sales).toHaveLength(6);
		expect(await latest(two, 10)).toHaveLength(6);
	});

	it('open one shift between them', async () => {
		await bench.enrol();
		const { operator, vault } = await bench.choose();
		const one = await bench.openWith(operator, { vault });
		const two = await bench.openWith(operator, {}, agentTab(bench.store.name));
		const [first, second] = await Promise.all([one.openShift(), two.openShift()]);
		expect(second.id).toBe(first.id);
		expect(await bench.store.batches.count()).toBe(3);
	});
});

describe('what is not this till’s', () => {
	it.each([
		['other-utility', { utilityId: 'hillside' }],
		['other-terminal', { terminalId: 'T-002' }],
		['expired', { validUntilMs: 1 }],
	] as const)('keeps no pack that is refused: %s', async (because, change) => {
		const desk = await bench.ready();
		const before = await bench.store.packs.get('tariff');
		bench.office.packVersion = '2';
		bench.office.packChange = change;
		await desk.tryNow();
		await soon(async () => expect((await desk.glance()).packRefused).toBe(because));
		expect(await bench.store.packs.get('tariff')).toEqual(before);
		bench.office.packChange = {};
		await desk.tryNow();
		await soon(async () => expect((await desk.glance()).packRefused).toBeNull());
		expect((await bench.store.packs.get('tariff'))?.pack.version).toBe('2');
	});

	it('sells to no meter of another utility, and asks nothing for a number that is none', async () => {
		const desk = await bench.ready();
		const own = bench.office.confirmation.bind(bench.office);
		const other = { name: 'Hillside', vatNumber: 'H1' };
		bench.office.confirmation = (drn) => ({
			...own(drn),
			utility: { ...own(drn).utility, ...other },
		});
		expect(await desk.lookUp(DRN)).toMatchObject({ problem: { code: 'other-utility' } });
		expect(await desk.lookUp('37204100005')).toMatchObject({
			problem: { code: 'meter-check-digit' },
		});
		expect(await desk.lookUp('http://example.test/?q=1')).toMatchObject({ kind: 'problem' });
	});
});

type Rows = Map<string, unknown[]>;

async function snapshot(store: AgentStore): Promise<Rows> {
	const rows: Rows = new Map();
	for (const table of store.tables) rows.set(table.name, await table.toArray());
	return rows;
}

async function putBack(store: AgentStore, rows: Rows): Promise<void> {
	for (const table of store.tables) {
		await table.clear();
		await table.bulkAdd(rows.get(table.name) ?? []);
	}
}
