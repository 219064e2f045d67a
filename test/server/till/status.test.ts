/** What a till is told of itself, and when the name of its pack changes. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { EMPTY_JOURNAL } from '#lib/core/sync/journal-chain.ts';
import { TillStatus } from '#lib/core/sync/wire-till.ts';
import { DEFAULT_OFFLINE_TERMS } from '#lib/core/vending/offline-terms.ts';
import { putOfflineTerms } from '#lib/server/till/offline-terms.ts';
import { readTillStatus } from '#lib/server/till/status.ts';
import { openCounter, sell, type Counter } from '../harness/counter.ts';
import { employ } from '../harness/people.ts';
import { GUEST, KITCHEN, mustBeTaken, newId, openShop, type Shop } from '../harness/shop.ts';

let shop: Shop;
let counter: Counter;
beforeEach(async () => {
	shop = await openShop();
	counter = await openCounter(shop.backend, { floatMinor: 1_000_000, creditLimitMinor: 5_000 });
});
afterEach(async () => {
	await shop.dispose();
});

const status = async () => mustBeTaken(await readTillStatus(shop.backend, counter.caller));
const DAY_MS = 86_400_000;

describe('a till’s status', () => {
	it('has the float, what may be sold and what is held', async () => {
		const before = await status();
		expect(v.parse(TillStatus, before)).toEqual(before);
		expect(before).toMatchObject({
			...{ terminalId: 'T-101', name: 'Till', utilityId: 'lakeside', state: 'active' },
			vendor: { id: 'corner-shop', name: 'Corner shop', state: 'active' },
			...{ floatMinor: 1_000_000, availableMinor: 1_005_000, heldMinor: 0 },
			...{ terms: DEFAULT_OFFLINE_TERMS, journal: null, serverMs: shop.clock.ms },
			currency: { code: 'KES', minorDigits: 2 },
		});
		await sell(shop.backend, counter, KITCHEN, 10_000);
		expect(await status()).toMatchObject({ floatMinor: 990_000 });
		shop.module.behaviour = 'hangs';
		await sell(shop.backend, counter, KITCHEN, 20_000);
		expect(await status()).toMatchObject({ floatMinor: 970_000, heldMinor: 20_000 });
	});

	it('has the head of its own journal, and says when that is suspended', async () => {
		const deviceId = newId();
		const { database } = shop.backend;
		const head = { device_id: deviceId, utility_id: 'lakeside', terminal_id: 'T-101' };
		await database
			.insertInto('till_head')
			.values({ ...head, signing_key: '{}', ...EMPTY_JOURNAL })
			.execute();
		await database
			.updateTable('terminal')
			.set({ device_id: deviceId, journal_state: 'active' })
			.where('id', '=', 'T-101')
			.execute();
		expect(await status()).toMatchObject({ state: 'active', journal: EMPTY_JOURNAL });
		await database
			.updateTable('till_head')
			.set({ sequence: 7, hash: 'ab'.repeat(32) })
			.where('device_id', '=', deviceId)
			.execute();
		await database
			.updateTable('terminal')
			.set({ journal_state: 'suspended' })
			.where('id', '=', 'T-101')
			.execute();
		expect(await status()).toMatchObject({
			state: 'suspended',
			journal: { sequence: 7, hash: 'ab'.repeat(32) },
		});
	});

	it('names another pack when the terms, the tariffs or the people change, and not with time', async () => {
		const office = await employ(shop.backend, { roles: ['office-manager'] });
		const names = [(await status()).packVersion];
		shop.clock.ms += DAY_MS;
		await sell(shop.backend, counter, KITCHEN, 10_000);
		expect((await status()).packVersion).toBe(names[0]);
		const queued = { perSaleMinor: 1, sumMinor: 1, count: 1, ageMs: 1 };
		const terms = { ...DEFAULT_OFFLINE_TERMS, queued };
		mustBeTaken(await putOfflineTerms(shop.backend, office, 'corner-shop', terms));
		names.push((await status()).packVersion);
		await employ(shop.backend, { login: 'otieno', roles: ['agent'], vendorId: 'corner-shop' });
		names.push((await status()).packVersion);
		await shop.backend.database
			.updateTable('operator')
			.set({ state: 'suspended' })
			.where('login', '=', 'otieno')
			.execute();
		names.push((await status()).packVersion);
		expect(new Set(names).size).toBe(3);
		expect(names[3]).toBe(names[1]);
		const tariff = await shop.backend.database
			.selectFrom('tariff')
			.selectAll()
			.where('id', '=', 'domestic-flat')
			.executeTakeFirstOrThrow();
		const next = { ...(JSON.parse(tariff.definition) as object), version: 99 };
		await shop.backend.database
			.insertInto('tariff')
			.values({
				...{ ...tariff, version: 99, valid_from_ms: shop.clock.ms + DAY_MS },
				definition: JSON.stringify(next),
			})
			.execute();
		expect((await status()).packVersion).toBe(names[3]);
		shop.clock.ms += DAY_MS;
		expect((await status()).packVersion).not.toBe(names[3]);
	});

	it('is of nobody but a till, and of one of this utility', async () => {
		expect(await readTillStatus(shop.backend, GUEST)).toEqual({ refusal: 'not-allowed' });
		const elsewhere = { ...counter.caller, utilityId: 'elsewhere' };
		expect(await readTillStatus(shop.backend, elsewhere)).toEqual({ refusal: 'terminal-unknown' });
	});
});
