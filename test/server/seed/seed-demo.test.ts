import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parseDrn } from '#lib/core/sts/drn.ts';
import { AssociationRequest } from '#lib/core/sync/wire-associations.ts';
import { OfflineTermsShape } from '#lib/core/sync/wire-till.ts';
import { findTermsErrors } from '#lib/core/vending/decide-terms.ts';
import { DEFAULT_OFFLINE_TERMS } from '#lib/core/vending/offline-terms.ts';
import { DEMO_NEW_TILL } from '#lib/server/seed/demo-vendors.ts';
import { offlineTermsOf } from '#lib/server/till/offline-terms.ts';
import { JobRequest } from '#lib/core/sync/wire-jobs.ts';
import { STAFF_ROLES } from '#lib/core/sync/wire-people.ts';
import { isHashDated, isPasswordRight } from '#lib/server/access/password.ts';
import { migrate } from '#lib/server/database/migrate.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { DEMO_PASSWORD, refuseDemoPeople } from '#lib/server/seed/demo-people.ts';
import { openSecrets } from '#lib/server/dlms-secret/associations.ts';
import { checkAssociation } from '#lib/server/dlms-secret/check-association.ts';
import { seedDemo } from '#lib/server/seed/seed-demo.ts';
import { whatIsWrong } from '../harness/books.ts';
import { MORNING, MORNING_MS } from '../harness/morning.ts';
import { TEST_SEAL } from '../harness/test-seal.ts';

const TABLES = [
	'utility',
	'supply_group_key',
	'tariff',
	'meter',
	'account',
	'ledger_entry',
	'operator',
] as const;

async function seeded(asOfMs: number): Promise<{ database: Database; rows: unknown[] }> {
	const database = openDatabase(':memory:');
	await migrate(database);
	await seedDemo(database, { beginsMs: asOfMs, todayMs: asOfMs }, TEST_SEAL);
	const rows = [];
	for (const table of TABLES)
		rows.push(
			await database
				.selectFrom(table)
				.selectAll()
				.orderBy('rowid' as never)
				.execute(),
		);
	return { database, rows };
}

describe('the demo utility', () => {
	it('is the same for the same date, and balanced', async () => {
		const [one, other] = [await seeded(MORNING_MS), await seeded(MORNING_MS)];
		expect(one.rows).toEqual(other.rows);
		expect(await whatIsWrong(one.database)).toEqual([]);
		for (const { database } of [one, other]) await database.destroy();
	});

	it('is planted once', async () => {
		const { database } = await seeded(MORNING_MS);
		expect(await seedDemo(database, MORNING, TEST_SEAL)).toBe(false);
		await database.destroy();
	});

	it('has what a small utility has: both algorithms, arrears, a blocked and a 13-digit meter', async () => {
		const { database } = await seeded(MORNING_MS);
		const meters = await database
			.selectFrom('meter')
			.innerJoin('account', 'account.drn', 'meter.drn')
			.selectAll()
			.execute();
		expect(meters).toHaveLength(306);
		for (const { drn } of meters) expect(parseDrn(drn)).toEqual({ drn });
		const has = (what: (meter: (typeof meters)[number]) => boolean) => meters.some(what);
		expect(has(({ ea }) => ea === 7) && has(({ ea }) => ea === 11)).toBe(true);
		expect(has(({ arrears_minor: arrears }) => arrears > 0)).toBe(true);
		expect(has(({ state }) => state === 'blocked')).toBe(true);
		expect(has(({ drn }) => drn.length === 13)).toBe(true);
		// EA11 cannot be served by a DKGA02 key
		expect(has(({ ea, sgc }) => ea === 11 && sgc === '400171')).toBe(false);
		await database.destroy();
	});

	it('lets two vendors sell without a network, by terms that fit together, and none by sealed tokens', async () => {
		const { database } = await seeded(MORNING_MS);
		const termsOf = (vendorId: string) => offlineTermsOf(database, vendorId);
		for (const vendorId of ['harbour-kiosk', DEMO_NEW_TILL.vendorId]) {
			const terms = await termsOf(vendorId);
			expect(v.is(OfflineTermsShape, terms)).toBe(true);
			expect(findTermsErrors(terms)).toEqual([]);
			expect(terms).toMatchObject({ queued: { count: 200 }, reserve: null });
		}
		expect(await termsOf('station-pharmacy')).toEqual(DEFAULT_OFFLINE_TERMS);
		await database.destroy();
	});

	it('lets a newcomer sell at the new till before anything was paid in', async () => {
		const { database } = await seeded(MORNING_MS);
		const vendor = await database
			.selectFrom('vendor')
			.selectAll()
			.where('id', '=', DEMO_NEW_TILL.vendorId)
			.executeTakeFirstOrThrow();
		expect(vendor.float_minor + vendor.credit_limit_minor).toBeGreaterThan(200_000);
		await database.destroy();
	});

	it('has somebody for every duty of the office, who sign in by one password', async () => {
		const { database } = await seeded(MORNING_MS);
		const people = await database.selectFrom('operator').selectAll().execute();
		const roles = people.flatMap((one) => JSON.parse(one.roles) as string[]);
		const office = STAFF_ROLES.filter((role) => role !== 'agent' && role !== 'vendor-manager');
		expect(office.filter((role) => !roles.includes(role))).toEqual([]);
		const hashes = new Set(people.map((one) => one.password_hash));
		expect(hashes.size).toBe(1);
		const [hash = ''] = [...hashes];
		expect(await isPasswordRight(hash, DEMO_PASSWORD)).toBe(true);
		expect(isHashDated(hash ?? '')).toBe(false);
		await database.destroy();
	});

	it('has two jobs for its technician, and the public test keys for every virtual meter', async () => {
		const { database } = await seeded(MORNING_MS);
		const jobs = await database
			.selectFrom('job')
			.innerJoin('operator', 'operator.id', 'job.operator_id')
			.select(['job.state', 'job.request', 'operator.login'])
			.execute();
		expect(jobs.map(({ state, login }) => `${state} ${login}`)).toEqual([
			...['open technician', 'open technician'],
		]);
		for (const { request } of jobs) expect(v.is(JobRequest, JSON.parse(request))).toBe(true);
		const associations = await database.selectFrom('meter_association').selectAll().execute();
		const virtual = await database.selectFrom('virtual_meter').selectAll().execute();
		expect(associations).toHaveLength(virtual.length);
		for (const row of associations) {
			const asked = { profile: JSON.parse(row.profile), secrets: openSecrets(TEST_SEAL, row) };
			expect(v.is(AssociationRequest, asked)).toBe(true);
			expect(checkAssociation(asked as AssociationRequest)).toEqual([]);
		}
		await database.destroy();
	});

	it('is refused where real money is made, as everybody knows that password', async () => {
		const { database } = await seeded(MORNING_MS);
		await expect(refuseDemoPeople(database)).rejects.toThrow(/TOKENLINE_MODE=live/);
		await database.updateTable('operator').set({ state: 'suspended' }).execute();
		await expect(refuseDemoPeople(database)).resolves.toBeUndefined();
		await database.destroy();
	});
});
