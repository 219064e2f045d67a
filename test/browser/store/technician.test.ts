import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
	openTechnicianStore,
	TECHNICIAN_DATABASE,
	TECHNICIAN_SCHEMAS,
	TechnicianStore,
} from '#lib/browser/store/technician.ts';
import type { DatabaseSchema } from '#lib/browser/store/open-database.ts';
import {
	forgetDelivery,
	forgetResume,
	readDeliveries,
	readDelivery,
	readResume,
	writeDelivery,
	writeResume,
} from '#lib/browser/store/technician-deliveries.ts';
import {
	forgetTechnician,
	readTechnicians,
	rememberTechnician,
} from '#lib/browser/store/technician-people.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import { closeTabs, NOW, OWNER, tab } from '../vault/bench.ts';

afterEach(async () => {
	vi.restoreAllMocks();
	await closeTabs();
});
const DRN = '37204100004';

describe('the technician’s database', () => {
	it('is another one than a consumer’s', () => {
		expect(TECHNICIAN_DATABASE).not.toBe(new TokenlineStore().name);
	});

	it('is brought to a later version with every row it had', async () => {
		const name = tab().name;
		const before = new TechnicianStore(name);
		await writeDelivery(before, { drn: DRN, revision: 0, snapshot: '{"a":1}' }, NOW);
		await before.counters.put({ space: 's', schema: 1, reserved: 64 });
		before.close();
		const later: DatabaseSchema = {
			version: 2,
			tables: { deliveries: 'drn, updatedAtMs', notes: 'id' },
			upgrade: (transaction) =>
				transaction
					.table('deliveries')
					.toCollection()
					.modify((row: Record<string, unknown>) => Object.assign(row, { schema: 2, note: '' })),
		};
		const after = new TechnicianStore(name, [...TECHNICIAN_SCHEMAS, later]);
		expect(await after.table('deliveries').toArray()).toEqual([
			{ drn: DRN, schema: 2, note: '', snapshot: '{"a":1}', revision: 1, updatedAtMs: NOW },
		]);
		expect(await after.counters.toArray()).toEqual([{ space: 's', schema: 1, reserved: 64 }]);
		expect(await after.table('notes').count()).toBe(0);
		after.close();
	});

	it('is as it was when bringing it to a later version breaks', async () => {
		const name = tab().name;
		const before = new TechnicianStore(name);
		await writeDelivery(before, { drn: DRN, revision: 0, snapshot: 'one' }, NOW);
		await writeDelivery(before, { drn: '37204100012', revision: 0, snapshot: 'two' }, NOW);
		before.close();
		let seen = 0;
		const later: DatabaseSchema = {
			version: 2,
			tables: {},
			upgrade: (transaction) =>
				transaction
					.table('deliveries')
					.toCollection()
					.modify((row: Record<string, unknown>) => {
						seen += 1;
						if (seen === 2) throw new RangeError('a row that nobody expected');
						row.snapshot = 'changed';
					}),
		};
		const broken = new TechnicianStore(name, [...TECHNICIAN_SCHEMAS, later]);
		await expect(broken.open()).rejects.toThrow();
		broken.close();
		const rows = await readDeliveries(tab(name));
		expect(rows.map(({ snapshot }) => snapshot).sort()).toEqual(['one', 'two']);
	});

	it('that a newer app wrote is named, and left alone', async () => {
		const name = tab().name;
		const newer = new Dexie(name);
		newer.version(9).stores({ deliveries: 'drn' });
		await newer.table('deliveries').put({ drn: DRN, of: 'the newer one' });
		newer.close();
		await expect(openTechnicianStore(name)).rejects.toMatchObject({
			name: 'StoreFault',
			kind: 'newer-version',
		});
		await newer.open();
		expect(newer.backendDB().version).toBe(90);
		expect(await newer.table('deliveries').toArray()).toEqual([{ drn: DRN, of: 'the newer one' }]);
		newer.close();
	});

	it('is made where there is none, and opened where there is one', async () => {
		const { name } = tab();
		const made = await openTechnicianStore(name);
		await made.counters.put({ space: 's', schema: 1, reserved: 1 });
		made.close();
		const opened = await openTechnicianStore(name);
		expect(await opened.counters.count()).toBe(1);
		opened.close();
	});

	it('that the browser does not give us is named', async () => {
		vi.spyOn(indexedDB, 'open').mockImplementation(() => {
			throw new DOMException('denied', 'SecurityError');
		});
		await expect(openTechnicianStore('any')).rejects.toMatchObject({ kind: 'not-allowed' });
	});

	it('has the tables of the last release in every release', () => {
		// A released version is never changed again: a new one is added below it.
		expect(TECHNICIAN_SCHEMAS[0]).toMatchInlineSnapshot(`
			{
			  "tables": {
			    "arrivals": "[deviceId+sequence]",
			    "counters": "space",
			    "deliveries": "drn",
			    "deviceKeys": "owner",
			    "gone": "[owner+name], owner",
			    "journal": "[deviceId+sequence], deviceId, &id",
			    "progress": "deviceId",
			    "resumes": "[drn+subject], drn",
			    "sealed": "[owner+name], owner, expiresAtMs",
			    "seenTime": "name",
			    "technicians": "operatorId, lastSignedInMs",
			    "vaults": "owner",
			  },
			  "version": 1,
			}
		`);
	});
});

describe('how far the work at a meter is', () => {
	it('is written on the revision it was decided on', async () => {
		const store = tab();
		expect(await readDelivery(store, DRN)).toBeUndefined();
		expect(await writeDelivery(store, { drn: DRN, revision: 0, snapshot: 'a' }, NOW)).toBe(1);
		expect(await writeDelivery(store, { drn: DRN, revision: 1, snapshot: 'b' }, NOW + 1)).toBe(2);
		expect(await readDelivery(store, DRN)).toEqual({
			...{ drn: DRN, schema: 1, snapshot: 'b', revision: 2, updatedAtMs: NOW + 1 },
		});
	});

	it('is not written over by a tab that did not see the last change', async () => {
		const store = tab();
		await writeDelivery(store, { drn: DRN, revision: 0, snapshot: 'a' }, NOW);
		const other = tab(store.name);
		const change = { drn: DRN, revision: 1, snapshot: 'b' };
		const both = await Promise.allSettled([
			writeDelivery(store, change, NOW),
			writeDelivery(other, { ...change, snapshot: 'c' }, NOW),
		]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		const lost = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
		expect(lost.reason).toMatchObject({ name: 'StoreFault', kind: 'other-tab' });
		expect((await readDelivery(store, DRN))?.revision).toBe(2);
	});

	it('is listed with the last touched first, and forgotten', async () => {
		const store = tab();
		await writeDelivery(store, { drn: DRN, revision: 0, snapshot: 'a' }, NOW);
		await writeDelivery(store, { drn: '37204100012', revision: 0, snapshot: 'b' }, NOW + 5);
		expect((await readDeliveries(store)).map(({ drn }) => drn)).toEqual(['37204100012', DRN]);
		await forgetDelivery(store, DRN);
		expect(await readDelivery(store, DRN)).toBeUndefined();
	});

	it('is kept for a long reading, by what is read', async () => {
		const store = tab();
		const subject = '1.0.99.1.0.255';
		await writeResume(store, { drn: DRN, subject, snapshot: '{"next":400}', updatedAtMs: NOW });
		expect((await readResume(store, DRN, subject))?.snapshot).toBe('{"next":400}');
		expect(await readResume(store, DRN, 'firmware')).toBeUndefined();
		await forgetResume(store, DRN, subject);
		expect(await readResume(store, DRN, subject)).toBeUndefined();
	});
});

describe('who has signed in here', () => {
	it('is remembered, the last first, until forgotten', async () => {
		const store = tab();
		const one = { operatorId: OWNER, utilityId: 'u', login: 'thandi', name: 'Thandi' };
		const two = { ...one, operatorId: 'other', login: 'sipho', name: 'Sipho' };
		await rememberTechnician(store, one, NOW);
		await rememberTechnician(store, two, NOW + 1);
		expect((await readTechnicians(store)).map(({ login }) => login)).toEqual(['sipho', 'thandi']);
		await rememberTechnician(store, { ...one, name: 'Thandi M' }, NOW + 2);
		expect((await readTechnicians(store)).map(({ name }) => name)).toEqual(['Thandi M', 'Sipho']);
		await forgetTechnician(store, OWNER);
		expect((await readTechnicians(store)).map(({ login }) => login)).toEqual(['sipho']);
	});
});
