import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import {
	changeVirtualMeter,
	installVirtualMeter,
	plantLineFaults,
	readVirtualMeter,
	readVirtualMeters,
	resetVirtualMeter,
	setTimeLapse,
} from '#lib/browser/store/virtual-meters.ts';
import { FIRST_LOAD_W } from '#lib/browser/store/virtual-meter-factory.ts';
import { unpackLoads } from '#lib/browser/store/virtual-meter-loads.ts';
import { meterAt } from '#lib/browser/store/virtual-meter-row.ts';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { relayOf } from '#lib/core/meter/supply.ts';
import { advance } from '#lib/core/meter/virtual-meter.ts';
import { minutesSince } from '#lib/core/sts/tid.ts';
import type { VirtualMeterProvision } from '#lib/core/sync/wire.ts';
import { creditToken, KEY_7, MADE_MS } from '../../core/meter/bench-meter.ts';

const DRN = '12345678903';
const NOW = Date.UTC(2026, 10, 21, 9);
const HOUR = 3_600_000;
const PAPERS: VirtualMeterProvision = {
	...{ drn: DRN, label: 'Blue house', ea: 7, tct: '02', sgc: '201457', krn: 1, kt: 2, ti: '01' },
	...{ ken: 255, baseYear: 2014, decoderKeyHex: KEY_7, manufacturedAtMs: MADE_MS },
};
const tid = minutesSince(2014, NOW);

let name = 0;
let stores: TokenlineStore[] = [];

/** Two tabs of one browser: two connections to one database. */
function tab(): TokenlineStore {
	const store = new TokenlineStore(`virtual-meters-${name}`);
	stores.push(store);
	return store;
}

beforeEach(() => {
	name += 1;
});
afterEach(async () => {
	for (const store of stores) store.close();
	stores = [];
	await Dexie.delete(`virtual-meters-${name}`);
});

const enter = (store: TokenlineStore, digits: string, nowMs = NOW) =>
	changeVirtualMeter(store, DRN, nowMs, (before, clockMs) => {
		const { meter, outcome } = enterToken(before, digits, clockMs);
		return { meter, answer: outcome.result };
	});

const touch = (store: TokenlineStore, nowMs: number) =>
	changeVirtualMeter(store, DRN, nowMs, (meter) => ({ meter, answer: true }));

async function standing(store: TokenlineStore) {
	const here = await readVirtualMeter(store, DRN);
	if (here.kind !== 'standing') throw new Error(here.kind);
	return here.standing;
}

describe('a virtual meter on this device', () => {
	it('is hung up once, empty, with its supply off and a load waiting', async () => {
		const store = tab();
		await installVirtualMeter(store, PAPERS, NOW);
		await enter(store, creditToken(10, tid));
		await installVirtualMeter(store, PAPERS, NOW + HOUR);
		const { meter } = (await standing(store)).cosem;
		expect(meter.supply.creditWh).toBe(1000);
		expect(meter.supply.loadW).toBe(FIRST_LOAD_W);
	});

	it('takes the same token from two tabs at once only once', async () => {
		const [one, two] = [tab(), tab()];
		await installVirtualMeter(one, PAPERS, NOW);
		const digits = creditToken(578, tid);
		const results = await Promise.all([enter(one, digits), enter(two, digits), enter(one, digits)]);
		expect(results.sort()).toEqual(['Accept', 'UsedError', 'UsedError']);
		expect((await standing(two)).cosem.meter.supply.creditWh).toBe(57_800);
	});

	it('remembers credit and tokens taken when the page is opened again', async () => {
		await installVirtualMeter(tab(), PAPERS, NOW);
		await enter(tab(), creditToken(100, tid));
		for (const store of stores) store.close();
		const reopened = tab();
		expect((await standing(reopened)).cosem.meter.supply.creditWh).toBe(10_000);
		expect(await enter(reopened, creditToken(100, tid))).toBe('UsedError');
	});

	it('goes on using energy while the page is closed, and switches off when nothing is left', async () => {
		const store = tab();
		await installVirtualMeter(store, PAPERS, NOW);
		await enter(store, creditToken(10, tid));
		const stood = await standing(store);
		expect(meterAt(stood, NOW + HOUR).supply.creditWh).toBe(1000 - FIRST_LOAD_W);
		const later = meterAt(stood, NOW + 10 * HOUR);
		expect(later.supply.creditWh).toBe(0);
		expect(relayOf(later.supply)).toBe('open-no-credit');
		expect(await enter(store, creditToken(10, tid + 1), NOW + 10 * HOUR)).toBe('Accept');
		expect(relayOf((await standing(store)).cosem.meter.supply)).toBe('closed');
	});

	it('counts the same energy whether it is saved often or once', async () => {
		const [often, once] = [tab(), new TokenlineStore(`once-${name}`)];
		for (const store of [often, once]) {
			await installVirtualMeter(store, PAPERS, NOW);
			await enter(store, creditToken(1000, tid));
		}
		for (let minute = 1; minute <= 60; minute += 1)
			await changeVirtualMeter(often, DRN, NOW + minute * 60_000, (meter) => ({
				meter,
				answer: 0,
			}));
		const credits = await Promise.all(
			[often, once].map(
				async (store) => meterAt(await standing(store), NOW + HOUR).supply.creditWh,
			),
		);
		await once.delete();
		expect(credits).toEqual([100_000 - FIRST_LOAD_W, 100_000 - FIRST_LOAD_W]);
	});

	it('lets its time run faster in every tab, from the change on', async () => {
		const [one, two] = [tab(), tab()];
		await installVirtualMeter(one, PAPERS, NOW);
		await enter(one, creditToken(1000, tid));
		await setTimeLapse(one, DRN, NOW + HOUR, 3600);
		const stood = await standing(two);
		expect(meterAt(stood, NOW + HOUR).supply.creditWh).toBe(100_000 - FIRST_LOAD_W);
		expect(meterAt(stood, NOW + HOUR + 2000).supply.creditWh).toBe(100_000 - 3 * FIRST_LOAD_W);
	});

	it('connects a load that counts from then on', async () => {
		const store = tab();
		await installVirtualMeter(store, PAPERS, NOW);
		await enter(store, creditToken(1000, tid));
		await changeVirtualMeter(store, DRN, NOW, (meter, instantMs) => ({
			meter: advance(meter, { loadW: 7000, instantMs }),
			answer: true,
		}));
		expect(meterAt(await standing(store), NOW + HOUR).supply.creditWh).toBe(93_000);
	});

	it('forgets its tokens in the factory', async () => {
		const store = tab();
		await installVirtualMeter(store, PAPERS, NOW);
		const digits = creditToken(100, tid);
		await enter(store, digits);
		await resetVirtualMeter(store, PAPERS, NOW + HOUR);
		expect((await standing(store)).cosem.meter.supply.creditWh).toBe(0);
		expect(await enter(store, digits, NOW + HOUR)).toBe('Accept');
	});

	it('names a damaged row, changes nothing of it, and takes it back to the factory', async () => {
		const store = tab();
		await installVirtualMeter(store, PAPERS, NOW);
		await store.virtualMeters.update(DRN, { snapshot: '{"row":1,' });
		expect(await readVirtualMeters(store)).toEqual([
			{ kind: 'unreadable', drn: DRN, label: 'Blue house', refusal: 'not-json' },
		]);
		expect(await enter(store, creditToken(100, tid))).toBeUndefined();
		expect((await store.virtualMeters.get(DRN))?.snapshot).toBe('{"row":1,');
		await resetVirtualMeter(store, PAPERS, NOW);
		expect((await readVirtualMeter(store, DRN)).kind).toBe('standing');
	});

	it('keeps its load profile in a row of its own, however often the meter itself is stored', async () => {
		const store = tab();
		await installVirtualMeter(store, PAPERS, NOW);
		await enter(store, creditToken(10_000, tid));
		for (let minute = 10; minute <= 60; minute += 10) await touch(store, NOW + minute * 60_000);
		const { cosem } = await standing(store);
		expect(cosem.loadProfile).toEqual({ rows: [], capturedMs: NOW + HOUR });
		const rows = unpackLoads((await store.virtualMeterLoads.get(DRN))?.numbers ?? []);
		expect(rows?.map(({ clockMs, powerW }) => [clockMs - NOW, powerW])).toEqual(
			[1, 2, 3, 4].map((quarter) => [quarter * 900_000, FIRST_LOAD_W]),
		);
		await resetVirtualMeter(store, PAPERS, NOW + HOUR, 'three-phase-tou');
		expect(await store.virtualMeterLoads.get(DRN)).toBeUndefined();
		expect((await standing(store)).cosem.meter.preset).toBe('three-phase-tou');
	});

	it('remembers what is planted in its line', async () => {
		const store = tab();
		await installVirtualMeter(store, PAPERS, NOW);
		await plantLineFaults(store, DRN, NOW, ['echo']);
		expect((await standing(store)).lineFaults).toEqual(['echo']);
	});

	it('says so when there is no such meter', async () => {
		const store = tab();
		expect(await readVirtualMeter(store, DRN)).toEqual({ kind: 'absent', drn: DRN });
		expect(await enter(store, creditToken(100, tid))).toBeUndefined();
	});
});
