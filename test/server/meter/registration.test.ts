/** Meters as the office registers and changes them, and what the audit says of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MeterRegistrationRequest } from '#lib/core/sync/wire-estate.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { findMeter } from '#lib/server/meter/find-meter.ts';
import { putRegistration, readRegistration } from '#lib/server/meter/registration.ts';
import { whatIsWrong } from '../harness/books.ts';
import { deeds, employ } from '../harness/people.ts';
import { buy, KITCHEN, mustBeTaken, openShop, type Shop } from '../harness/shop.ts';

let shop: Shop;
let office: Caller;
beforeEach(async () => {
	shop = await openShop();
	office = await employ(shop.backend, { roles: ['office-manager'] });
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const NEW = '04111111110';
const HILLS = '400284';
const TOWN = '400171';
const asked: MeterRegistrationRequest = {
	customer: {
		...{ name: 'Neema Ouko', phone: '+254700099999', address: '4 Pier Lane' },
		accountNumber: 'A-4',
	},
	...{ area: 'Jetty Road', state: 'active', tariffId: 'domestic-flat' },
	...{ sgc: HILLS, krn: 3, ti: '01', ea: 11, tct: '02', takesThreeKct: false, phases: 1 },
	...{ dlmsProfile: null, nextSgc: null, nextTi: null },
	account: { arrearsPlan: { kind: 'fixed', perVendMinor: 500 }, fbeDeciKwh: 500 },
};
const put = (change: Partial<MeterRegistrationRequest> = {}, drn = NEW, caller = office) =>
	putRegistration(shop.backend, caller, drn, { ...asked, ...change });
const rowsOf = async (table: 'customer' | 'meter' | 'account') =>
	(await shop.backend.database.selectFrom(table).selectAll().execute()).length;
const factsOf = async (action: string) =>
	(
		await shop.backend.database
			.selectFrom('audit_event')
			.select('facts')
			.where('action', '=', action)
			.execute()
	).map(({ facts }) => JSON.parse(facts) as unknown);

describe('a meter that nobody knew', () => {
	it('is registered with its customer and account, and sold to', async () => {
		const made = mustBeTaken(await put({}, '0411 1111 110'));
		const { account, ...rest } = asked;
		expect(made).toEqual({ drn: NEW, ...rest, account: { ...account, arrearsMinor: 0 } });
		expect(await readRegistration(shop.backend, office, NEW)).toEqual(made);
		const facts = mustBeTaken(await findMeter(shop.backend.database, office, NEW, shop.clock.ms));
		expect(facts.account).toMatchObject({ month: '2026-11', fixedChargeDue: true });
		const { answer } = await buy(shop.backend, NEW, 50_000);
		expect(answer).toMatchObject({ state: 'issued', receipt: { drn: NEW, sgc: HILLS, krn: 3 } });
	});

	it('is one meter of one customer however often it is said, and by how many', async () => {
		const before = await Promise.all([rowsOf('customer'), rowsOf('meter'), rowsOf('account')]);
		const answers = await Promise.all([put(), put(), put()]);
		expect(answers[1]).toEqual(mustBeTaken(answers[0] as object));
		expect(answers[2]).toEqual(answers[0]);
		const after = await Promise.all([rowsOf('customer'), rowsOf('meter'), rowsOf('account')]);
		expect(after).toEqual(before.map((count) => count + 1));
		expect(await deeds(shop.backend)).toEqual(['meter-registered']);
		expect(await factsOf('meter-registered')).toEqual([{}]);
	});

	it.each<[string, Partial<MeterRegistrationRequest>, string]>([
		['a tariff that there is not', { tariffId: 'no-such' }, 'not-found'],
		['a group that there is not', { sgc: '123457' }, 'vending-key-unknown'],
		['a revision that there is not', { krn: 4 }, 'vending-key-unknown'],
		['EA11 under a key of DKGA02', { sgc: TOWN, krn: 1 }, 'vending-key-type'],
		['a move to a group that there is not', { nextSgc: '123457' }, 'vending-key-unknown'],
	])('is refused for %s, and nothing is left of it', async (_, change, refusal) => {
		const before = await rowsOf('customer');
		expect(await put(change)).toEqual({ refusal });
		expect(await rowsOf('customer')).toBe(before);
		expect(await readRegistration(shop.backend, office, NEW)).toEqual({ refusal: 'meter-unknown' });
	});

	it('may be of EA07 under a key of DKGA02', async () => {
		expect(await put({ sgc: TOWN, krn: 1, ea: 7 })).toMatchObject({ sgc: TOWN, krn: 1 });
	});

	it('needs a number that is one', async () => {
		expect(await put({}, '04111111111')).toEqual({ refusal: 'meter-check-digit' });
	});
});

describe('a meter that is known', () => {
	beforeEach(async () => void mustBeTaken(await put()));

	it('is changed in what was said, and the audit names the fields and nothing else', async () => {
		const customer = { ...asked.customer, name: 'Someone Else', phone: null };
		const account = { arrearsPlan: null, fbeDeciKwh: 0 };
		const change = { customer, account, area: 'Pier Head', nextSgc: TOWN, nextTi: '07' } as const;
		const changed = mustBeTaken(await put(change));
		expect(changed).toMatchObject({ ...change, account: { ...account, arrearsMinor: 0 } });
		expect(await put(change)).toEqual(changed);
		expect(await readRegistration(shop.backend, office, NEW)).toEqual(changed);
		const names = [
			...['customer.name', 'customer.phone', 'area', 'nextSgc', 'nextTi'],
			...['account.arrearsPlan', 'account.fbeDeciKwh'],
		];
		const [facts, ...more] = await factsOf('meter-registration-changed');
		expect(more).toEqual([]);
		expect((facts as { changed: string }).changed.split(' ').sort()).toEqual(names.sort());
	});

	it('keeps what it bought and owes', async () => {
		await buy(shop.backend, NEW, 50_000);
		const { database } = shop.backend;
		const read = () =>
			database
				.selectFrom('account')
				.select(['bought_deci_kwh', 'fixed_charge_due', 'left_over_minor', 'last_vend_id'])
				.where('drn', '=', NEW)
				.executeTakeFirstOrThrow();
		const before = await read();
		mustBeTaken(await put({ area: 'Elsewhere' }));
		expect(await read()).toEqual(before);
	});

	it.each<[string, Partial<MeterRegistrationRequest>]>([
		['another group', { sgc: '999001', krn: 1 }],
		['another index', { ti: '02' }],
		['another tariff', { tariffId: 'domestic-steps' }],
	])('is given %s by two people only', async (_, change) => {
		expect(await put(change)).toEqual({ refusal: 'approval-needed' });
	});

	it('is blocked and unblocked by decisions with a reason only', async () => {
		expect(await put({ state: 'blocked' })).toEqual({ refusal: 'block-decision-needed' });
		expect(await readRegistration(shop.backend, office, NEW)).toMatchObject({ state: 'active' });
		const { database } = shop.backend;
		await database.updateTable('meter').set({ state: 'blocked' }).where('drn', '=', NEW).execute();
		expect(await put()).toEqual({ refusal: 'block-decision-needed' });
		expect(await put({ state: 'blocked', area: 'Pier Head' })).toMatchObject({ area: 'Pier Head' });
	});

	it('is moved with its next sale, and then stands where it was to go', async () => {
		mustBeTaken(await put({ nextSgc: TOWN, nextTi: '07' }));
		const { answer } = await buy(shop.backend, NEW, 50_000);
		expect(answer).toMatchObject({ state: 'issued', receipt: { sgc: TOWN, krn: 2, ti: '07' } });
		expect(await readRegistration(shop.backend, office, NEW)).toMatchObject({
			...{ sgc: TOWN, krn: 2, ti: '07', nextSgc: null, nextTi: null },
		});
	});
});

describe('another utility’s meter', () => {
	it('is neither read nor changed', async () => {
		const other = { ...office, utilityId: 'elsewhere' };
		const before = await readRegistration(shop.backend, office, KITCHEN);
		expect(await put({}, KITCHEN, other)).toEqual({ refusal: 'meter-unknown' });
		expect(await readRegistration(shop.backend, other, KITCHEN)).toEqual({
			refusal: 'meter-unknown',
		});
		expect(await readRegistration(shop.backend, office, KITCHEN)).toEqual(before);
	});
});
