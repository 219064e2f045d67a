/**
 * What becomes of a till in trouble, by the word of the real backend: each test's name is the verdict. Devices are
 * those of the app, on a database in memory; the backend is the whole of it, without a server.
 */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setStop } from '#lib/browser/store/agent-outbox.ts';
import { exportUnsent } from '#lib/browser/sync/open-till-desk.ts';
import type { SellOutcome } from '#lib/browser/sync/till-desk.ts';
import { readScannedText } from '#lib/core/sync/scanned-text.ts';
import type { Tariff } from '#lib/core/vending/tariff.ts';
import { headAt } from '#lib/core/sync/journal-chain.ts';
import type { TillExport } from '#lib/core/sync/wire-till.ts';
import { revokeTerminal } from '#lib/server/access/terminals.ts';
import { importJournal } from '#lib/server/till/import-journal.ts';
import { soon } from '../../harness/soon.ts';
import { whatIsWrong } from '../../server/harness/books.ts';
import { allowQueue, inShort } from '../../server/harness/journal-till.ts';
import { COTTAGE, KITCHEN, mustBeTaken, STEPS, WORKSHOP } from '../../server/harness/shop.ts';
import { HOUR } from '../vault/bench.ts';
import { latest, toRefund } from './as-shown.ts';
import { agentTab, closeDesks } from './till-desk-bench.ts';
import { Device, RealTills, sellNow, sellOffline } from './real-tills.ts';

let tills: RealTills;
let device: Device;
let devices: Device[];
beforeEach(async () => {
	tills = await RealTills.open();
	device = new Device(tills);
	devices = [device];
});
afterEach(async () => {
	for (const one of devices) one.close();
	expect(await whatIsWrong(tills.shop.backend.database)).toEqual([]);
	await tills.close();
	await closeDesks();
});

const DAY = 24 * HOUR;
const full = () => vi.fn().mockRejectedValue(new DOMException('full', 'QuotaExceededError'));

/** What the office makes of the files of a device. */
async function importAll(of = device): Promise<string[]> {
	const answers: string[] = [];
	for (const file of await exportUnsent(of.store, of.clocks.wallMs)) {
		const { deviceId, entries } = JSON.parse(file.parts.join('')) as TillExport;
		const rows = entries.map((entry) => ({ what: 'entry' as const, entry }));
		const { backend } = tills.shop;
		const answer = await importJournal(backend, tills.office, { deviceId, rows }, () => 0);
		answers.push(...mustBeTaken(answer).rows.map(inShort));
	}
	return answers;
}

async function tableOf(of: Device): Promise<Map<string, unknown[]>> {
	const rows = new Map<string, unknown[]>();
	for (const table of of.store.tables) rows.set(table.name, await table.toArray());
	return rows;
}

async function putBack(of: Device, rows: Map<string, unknown[]>): Promise<void> {
	for (const table of of.store.tables) {
		await table.clear();
		await table.bulkAdd(rows.get(table.name) ?? []);
	}
}

describe('the price that is shown', () => {
	it('is the one that a trial vend would have said, and is sold by', async () => {
		const desk = await device.ready();
		const api = await device.api();
		for (const drn of [KITCHEN, WORKSHOP, STEPS, COTTAGE]) {
			const sight = await desk.lookUp(drn);
			const priced = await desk.price(drn, 50_000, sight);
			const trial = await api.trialVend({ drn, amountMinor: 50_000, currency: 'KES' });
			if (trial.kind !== 'answer') throw new TypeError(JSON.stringify(trial));
			const { waterfall, tariff } = trial.answer;
			const agreed = { energyDeciKwh: waterfall.energyDeciKwh, tariff };
			expect(priced).toEqual({ kind: 'priced', by: 'backend', waterfall, agreed });
			expect((await sellNow(desk, drn, 50_000)).kind).toBe('issued');
		}
	});

	it('no longer holds: nothing is sold, and the money is here to be given back', async () => {
		const desk = await device.ready();
		const [drn, amountMinor] = [KITCHEN, 50_000];
		const sight = await desk.lookUp(drn);
		const priced = await desk.price(drn, amountMinor, sight);
		await dearer();
		const tender = { method: 'cash' as const, tenderedMinor: amountMinor };
		const sold = await desk.sell({ drn, amountMinor, tender, sight, priced });
		expect(await device.state(sold)).toBe('refused price-changed');
		expect(await tills.vends()).toEqual([]);
		expect((await sellNow(desk, drn, amountMinor)).kind).toBe('issued');
	});
});

/** Every tariff costs twice as much from now on. */
async function dearer(): Promise<void> {
	const { database } = tills.shop.backend;
	const rows = await database.selectFrom('tariff').selectAll().execute();
	for (const row of rows) {
		const tariff = JSON.parse(row.definition) as Tariff;
		const blocks = tariff.blocks.map((block) => ({
			...block,
			pricePerKwhE4: block.pricePerKwhE4 * 2,
		}));
		const version = row.version + 100;
		const valid_from_ms = tills.shop.clock.ms;
		const definition = JSON.stringify({ ...tariff, version, blocks });
		await database
			.insertInto('tariff')
			.values({ ...row, version, valid_from_ms, definition })
			.execute();
	}
}

describe('the float is empty, with a network', () => {
	it('as many leave without a token as the caps say, no more; paid in, they are sold, and nobody is accused', async () => {
		await allowQueue(tills.shop, tills.counter, { count: 1, ageMs: DAY });
		const desk = await device.ready();
		const payIn = await emptyFloat();
		await desk.tryNow();
		let first: SellOutcome | undefined;
		void sellNow(desk, KITCHEN, 50_000).then((done) => (first = done));
		await soon(() => {
			tills.pass(devices, 500);
			expect(first?.kind).toBe('provisional');
		});
		expect(await device.state(first!)).toBe('provisional float-exhausted');
		const next = await sellNow(desk, WORKSHOP, 50_000);
		expect(await device.state(next)).toBe('offline-count-cap');
		await payIn();
		await desk.tryNow();
		expect(await device.state(first!)).toBe('issued');
		expect((await sellNow(desk, WORKSHOP, 50_000)).kind).toBe('issued');
		expect(await tills.alarmKinds()).toEqual([]);
	});
});

/** Moves the whole float away; returns what brings it back, as the ledger knows it. */
async function emptyFloat(): Promise<() => Promise<unknown>> {
	const { database } = tills.shop.backend;
	const change = (set: { float_minor: number; credit_limit_minor: number }) =>
		database
			.updateTable('vendor')
			.set(set)
			.where('id', '=', tills.counter.caller.vendorId)
			.execute();
	const before = await database
		.selectFrom('vendor')
		.select(['float_minor', 'credit_limit_minor'])
		.where('id', '=', tills.counter.caller.vendorId)
		.executeTakeFirstOrThrow();
	await change({ float_minor: 0, credit_limit_minor: 0 });
	return () => change(before);
}

describe('the disk is full', () => {
	it.each(['entries', 'progress', 'sales', 'customers'] as const)(
		'at %s: nothing is sold and nobody is told otherwise; what waited is issued once there is a network',
		async (table) => {
			const desk = await device.ready();
			const waiting = await sellOffline(tills, desk, KITCHEN, 50_000);
			expect(waiting.kind).toBe('provisional');
			const written = await device.entries();
			const spies = (['add', 'put'] as const).map((way) =>
				vi.spyOn(device.store[table], way).mockImplementation(full()),
			);
			await expect(sellNow(desk, WORKSHOP, 60_000)).rejects.toMatchObject({ kind: 'no-space' });
			for (const spy of spies) spy.mockRestore();
			expect(await device.entries()).toEqual(written);
			expect(await device.store.sales.count()).toBe(1);
			tills.online = true;
			await desk.tryNow();
			expect(await device.state(waiting)).toBe('issued');
			expect((await tills.vends()).map(({ state }) => state)).toEqual(['issued']);
		},
	);

	it('when the answer comes: the sale stays provisional here, is sold once there, and its token is fetched again', async () => {
		const desk = await device.ready();
		const waiting = await sellOffline(tills, desk, KITCHEN, 50_000);
		const spy = vi.spyOn(device.store.progress, 'bulkPut').mockImplementation(full());
		tills.online = true;
		await desk.tryNow();
		expect(await device.state(waiting)).toBe('provisional');
		expect((await tills.vends()).map(({ state }) => state)).toEqual(['issued']);
		spy.mockRestore();
		await desk.tryNow();
		expect(await device.state(waiting)).toBe('issued');
		const [sale] = await latest(desk, 1);
		expect(sale?.answer).toMatchObject({ state: 'issued', tokens: [{ of: 1 }] });
		expect(await tills.vends()).toHaveLength(1);
	});
});

describe('the clock is wrong', () => {
	it.each([
		['two days ahead', 2 * DAY],
		['two days behind', -2 * DAY],
	] as const)(
		'by %s, set while there is no network: every sale is issued, none refused for its age, and there is nothing to tell',
		async (_, byMs) => {
			const desk = await device.ready();
			const before = await sellOffline(tills, desk, KITCHEN, 50_000);
			device.clocks.wallMs += byMs;
			// Ahead, the oldest seems two days old: nothing more is sold until the backend is heard.
			const after = await sellNow(desk, KITCHEN, 60_000);
			expect(await device.state(after)).toBe(byMs > 0 ? 'offline-age-cap' : 'provisional');
			tills.online = true;
			await desk.tryNow();
			const online = await sellNow(desk, KITCHEN, 70_000);
			expect(await device.state(online)).toBe('issued');
			expect(await device.state(before)).toBe('issued');
			if (byMs < 0) expect(await device.state(after)).toBe('issued');
			// Ahead, the only sale by that clock was made once the backend had put it right.
			expect(await tills.alarmKinds()).toEqual([]);
		},
	);

	it('two days ahead before anything was sold: the sale is issued, and the office is told of the clock', async () => {
		const desk = await device.ready();
		tills.online = false;
		await desk.tryNow();
		device.clocks.wallMs += 2 * DAY;
		const sold = await sellNow(desk, KITCHEN, 50_000);
		expect(sold.kind).toBe('provisional');
		tills.online = true;
		await desk.tryNow();
		expect(await device.state(sold)).toBe('issued');
		expect(await tills.alarmKinds()).toEqual(['clock']);
	});

	it.each([2 * DAY, -2 * DAY])(
		'by %d ms from the first day on: put right by the backend, and nothing else',
		async (byMs) => {
			device.clocks.wallMs += byMs;
			const desk = await device.ready();
			expect(await device.state(await sellNow(desk, KITCHEN, 50_000))).toBe('issued');
			const waiting = await sellOffline(tills, desk, KITCHEN, 60_000);
			tills.online = true;
			await desk.tryNow();
			expect(await device.state(waiting)).toBe('issued');
			expect(await tills.alarmKinds()).toEqual([]);
		},
	);
});

describe('a device put back to a backup', () => {
	it('is suspended at the first number it repeats: both sales are kept, one is issued, the other is the office’s', async () => {
		const desk = await device.ready();
		const rows = await tableOf(device);
		const first = await sellNow(desk, KITCHEN, 50_000);
		expect(first.kind).toBe('issued');
		device.close();
		await putBack(device, rows);
		tills.online = false;
		const again = await device.open();
		await again.tryNow();
		const second = await sellNow(again, WORKSHOP, 60_000);
		expect(second.kind).toBe('provisional');
		tills.online = true;
		await again.tryNow();
		await soon(async () => expect((await again.glance()).stop).toBe('suspended'));
		expect(await device.state(second)).toBe('provisional');
		expect(await tills.alarmKinds()).toEqual(['rolled-back']);
		expect(await device.state(await sellNow(again, KITCHEN, 70_000))).toBe('suspended');
		expect((await tills.vends()).map(({ state }) => state)).toEqual(['issued']);
		// It sells on as another device, and what it had not handed in can still be exported.
		await device.enrol();
		const desk2 = await device.open();
		await desk2.openShift();
		await desk2.tryNow();
		expect(await device.state(await sellNow(desk2, KITCHEN, 70_000))).toBe('issued');
		expect(await device.state(second)).toBe('provisional');
		const [file] = await exportUnsent(device.store, device.clocks.wallMs);
		expect(file?.parts.join('')).toContain(second.kind === 'provisional' && second.sale.row.id);
	});
});

describe('a stolen device that is revoked', () => {
	it('sells nothing more, is wiped when next reached, and what it had sold before is the office’s to take in', async () => {
		const desk = await device.ready();
		const waiting = await sellOffline(tills, desk, KITCHEN, 50_000);
		mustBeTaken(
			await revokeTerminal(tills.shop.backend, tills.office, tills.counter.caller.terminalId),
		);
		tills.online = true;
		await desk.tryNow();
		await soon(() => expect(desk.vault.isOpen()).toBe(false));
		expect(await device.state(await sellNow(desk, KITCHEN, 60_000))).toBe('revoked');
		await expect(device.open()).rejects.toThrow();
		for (const table of ['vaults', 'sealed', 'operators', 'customers', 'packs', 'reserve'] as const)
			expect(await device.store[table].count(), table).toBe(0);
		expect(await tills.vends()).toEqual([]);
		expect(await importAll()).toEqual(['issued']);
		expect(await device.state(waiting)).toBe('provisional');
		expect((await tills.vends()).map(({ state }) => state)).toEqual(['issued']);
	});
});

describe('bad input', () => {
	it('a tampered row: told as missing with an alarm, the sales around it are issued, its money goes back', async () => {
		const desk = await device.ready();
		const one = await sellOffline(tills, desk, KITCHEN, 50_000);
		const two = await sellNow(desk, KITCHEN, 60_000);
		const three = await sellNow(desk, WORKSHOP, 70_000);
		if (two.kind !== 'provisional') throw new TypeError('it waits');
		const row = (await device.store.entries.where({ id: two.sale.row.id }).first())!;
		await device.store.entries.delete([row.deviceId, row.sequence]);
		const entry = { ...row.entry, atMs: row.entry.atMs + 1 } as typeof row.entry;
		await device.store.entries.add({ ...row, entry });
		tills.online = true;
		await desk.tryNow();
		expect(await device.state(one)).toBe('issued');
		expect(await device.state(two)).toBe('dead-letter entry-damaged');
		expect(await device.state(three)).toBe('issued');
		expect(await tills.alarmKinds()).toEqual(['missing']);
		expect((await toRefund(desk)).map((sale) => sale.row.id)).toEqual([two.sale.row.id]);
		await desk.payRefund(two.sale.row.id);
		expect(await device.state(two)).toBe('refunded entry-damaged');
		expect(await tills.vends()).toHaveLength(2);
	});

	it('a replayed journal: answered as before, and nothing is sold twice', async () => {
		const desk = await device.ready();
		await sellNow(desk, KITCHEN, 50_000);
		const rows = (await device.entries()).map((entry) => ({ what: 'entry' as const, entry }));
		const before = await tills.vends();
		const api = await device.api();
		for (let times = 0; times < 3; times += 1) {
			const outcome = await api.postJournal({ rows });
			if (outcome.kind !== 'answer') throw new TypeError(JSON.stringify(outcome));
			expect(outcome.answer.rows.map(inShort)).toEqual(['done', 'done', 'done', 'issued']);
			expect(outcome.answer.status.journal).toEqual(headAt(rows.at(-1)!.entry));
		}
		expect(await tills.vends()).toEqual(before);
		expect(await tills.alarmKinds()).toEqual([]);
	});

	it('two devices with one key: the first that is heard sells, the second looks like one put back and suspends both', async () => {
		const desk = await device.ready();
		const rows = await tableOf(device);
		const twin = new Device(tills, agentTab());
		devices.push(twin);
		await putBack(twin, rows);
		const first = await sellOffline(tills, desk, KITCHEN, 50_000);
		const other = await twin.open();
		await other.tryNow();
		const second = await sellNow(other, WORKSHOP, 60_000);
		tills.online = true;
		await desk.tryNow();
		expect(await device.state(first)).toBe('issued');
		await other.tryNow();
		await soon(async () => expect((await other.glance()).stop).toBe('suspended'));
		expect(await twin.state(second)).toBe('provisional');
		await desk.tryNow();
		await soon(async () => expect((await desk.glance()).stop).toBe('suspended'));
		// It goes on from an entry that the backend has: `fork` is what follows one that it never had.
		expect(await tills.alarmKinds()).toEqual(['rolled-back']);
		expect((await tills.vends()).map(({ state }) => state)).toEqual(['issued']);
	});

	it('a pack from another utility: refused as other-utility, and the one before stays', async () => {
		const desk = await device.ready();
		const before = await device.store.packs.get('tariff');
		tills.between = (path, body) =>
			path.includes('/packs/')
				? { ...(body as object), utilityId: 'hilltop', version: 'other' }
				: path.includes('/terminals/current')
					? { ...(body as object), packVersion: 'other' }
					: body;
		device.timer.pass(61_000);
		await desk.tryNow();
		await soon(async () => expect((await desk.glance()).packRefused).toBe('other-utility'));
		expect(await device.store.packs.get('tariff')).toEqual(before);
		tills.between = (_, body) => body;
		expect((await sellNow(desk, KITCHEN, 50_000)).kind).toBe('issued');
	});

	it.each([
		['', 'scan-empty'],
		['https://example.test/win?prize=1', 'scan-not-a-meter'],
		['12345678901234567890', 'scan-a-token'],
		['x'.repeat(10_000), 'scan-too-long'],
		['37204100005', 'meter-check-digit'],
		['{"pay":"mallory","to":[]}\u0000\u202e', 'scan-not-a-meter'],
		[';5412345678901234=2512101000?', 'bank-card-refused'],
	] as const)('a code with %s: refused as %s, and nothing is asked or sold', async (text, code) => {
		expect(readScannedText(text)).toMatchObject({ kind: 'refused', code });
		const desk = await device.ready();
		const asked = vi.fn();
		tills.between = (path, body) => (asked(path), body);
		expect(await desk.lookUp(text)).toMatchObject({ kind: 'problem' });
		expect(asked).not.toHaveBeenCalled();
		expect(await device.store.sales.count()).toBe(0);
	});
});

describe('a sale that the office imported from an earlier journal', () => {
	/** Sold offline; the journal is suspended and the device enrolled anew, and then the office imports it. */
	async function importLater(whileImporting: (work: () => Promise<unknown>) => Promise<unknown>) {
		const before = await device.ready();
		const sold = await sellOffline(tills, before, KITCHEN, 50_000);
		await setStop(device.store, (await before.terminal()).deviceId, 'suspended');
		tills.online = true;
		await device.enrol();
		const desk = await device.open();
		await desk.openShift();
		await desk.tryNow();
		expect(await device.state(sold)).toBe('provisional');
		expect(await toRefund(desk)).toEqual([]);
		expect((await desk.mending()).earlier).toMatchObject([{ count: 1 }]);
		await whileImporting(() => importAll());
		await soon(async () => {
			tills.pass(devices, 61_000);
			await desk.tryNow();
			expect(await device.state(sold)).not.toBe('provisional');
		});
		return { desk, sold };
	}

	it('and refused: the till hears it, and its money goes back there', async () => {
		const vendor = async (state: 'active' | 'suspended') =>
			tills.shop.backend.database
				.updateTable('vendor')
				.set({ state })
				.where('id', '=', tills.counter.caller.vendorId)
				.execute();
		const { desk, sold } = await importLater(async (importing) => {
			await vendor('suspended');
			await importing();
			await vendor('active');
		});
		expect(await device.state(sold)).toBe('refused vendor-suspended');
		const [sale] = await toRefund(desk);
		await desk.payRefund(sale!.row.id);
		await desk.tryNow();
		expect(await device.state(sold)).toBe('refunded vendor-suspended');
		const refund = (await device.store.entries.toArray()).find(
			({ kind }) => kind === 'refund-paid',
		);
		await soon(async () =>
			expect(await device.store.progress.get({ id: refund!.id })).toMatchObject({ state: 'done' }),
		);
		expect(await toRefund(desk)).toEqual([]);
	});

	it('and issued: its token is here to be handed over, sealed to whoever sold it', async () => {
		const { desk, sold } = await importLater((importing) => importing());
		expect(await device.state(sold)).toBe('issued');
		expect((await desk.glance()).toHandOver).toBe(1);
		const [sale] = await latest(desk, 1);
		expect(sale?.answer).toMatchObject({ state: 'issued', tokens: [{ of: 1 }] });
		const digits = sale?.answer?.state === 'issued' ? sale.answer.tokens[0]!.digits : '';
		expect(JSON.stringify(await device.store.sales.toArray())).not.toContain(digits);
	});
});
