/** The pack by which a till prices alone: what is in it, for whom, and how long it is good. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { TariffPack } from '#lib/core/sync/wire-till.ts';
import { DEFAULT_TILL, readTillSettings } from '#lib/server/till/settings.ts';
import { readTillStatus } from '#lib/server/till/status.ts';
import { makeTariffPack } from '#lib/server/till/tariff-pack.ts';
import { openCounter, type Counter } from '../harness/counter.ts';
import { employ } from '../harness/people.ts';
import {
	GUEST,
	KITCHEN,
	mustBeTaken,
	openShop,
	TEST_SALE_KEY,
	type Shop,
} from '../harness/shop.ts';

let shop: Shop;
let counter: Counter;
beforeEach(async () => {
	shop = await openShop();
	counter = await openCounter(shop.backend);
});
afterEach(async () => {
	await shop.dispose();
});

const DAY_MS = 86_400_000;
const pack = async () => mustBeTaken(await makeTariffPack(shop.backend, counter.caller));

describe('the tariff pack', () => {
	it('has all that a sale is priced and sealed by, under the name that the status says', async () => {
		const made = await pack();
		expect(v.parse(TariffPack, made)).toEqual(made);
		expect(made).toMatchObject({
			...{ utilityId: 'lakeside', terminalId: 'T-101', saleKey: TEST_SALE_KEY.publicKey },
			utility: { currency: { code: 'KES', minorDigits: 2 } },
			...{ issuedAtMs: shop.clock.ms, validUntilMs: shop.clock.ms + 7 * DAY_MS },
			terms: { queued: null },
		});
		expect(made.denominationsMinor[0]).toBe(100_000);
		expect(made.maxTenderMinor).toBeGreaterThan(made.minTenderMinor);
		const status = mustBeTaken(await readTillStatus(shop.backend, counter.caller));
		expect(made.version).toBe(status.packVersion);
	});

	it('has each tariff once, in force now, the most used first', async () => {
		const { database } = shop.backend;
		const meters = await database.selectFrom('meter').select('tariff_id').execute();
		const usedBy = (id: string) => meters.filter((row) => row.tariff_id === id).length;
		const { tariffs } = await pack();
		expect(tariffs.length).toBeGreaterThan(2);
		expect(new Set(tariffs.map(({ id }) => id)).size).toBe(tariffs.length);
		const uses = tariffs.map(({ id }) => usedBy(id));
		expect(uses).toEqual([...uses].sort((one, other) => other - one));
		expect(uses[0]).toBeGreaterThan(uses.at(-1) ?? 0);
		const flat = await database
			.selectFrom('tariff')
			.selectAll()
			.where('id', '=', 'domestic-flat')
			.executeTakeFirstOrThrow();
		const next = { ...(JSON.parse(flat.definition) as object), version: 2, name: 'Dearer' };
		await database
			.insertInto('tariff')
			.values({
				...{ ...flat, version: 2, valid_from_ms: shop.clock.ms + 1 },
				definition: JSON.stringify(next),
			})
			.execute();
		const named = async () => (await pack()).tariffs.find(({ id }) => id === 'domestic-flat');
		expect(await named()).toMatchObject({ version: 1 });
		shop.clock.ms += 1;
		expect(await named()).toMatchObject({ version: 2, name: 'Dearer' });
		await database
			.updateTable('meter')
			.set({ tariff_id: tariffs.at(-1)?.id ?? '' })
			.where('drn', '!=', KITCHEN)
			.execute();
		expect((await pack()).tariffs[0]?.id).toBe(tariffs.at(-1)?.id);
	});

	it('names the vendor’s agents who are active, and nobody else', async () => {
		const own = { vendorId: 'corner-shop', roles: ['agent'] } as const;
		const second = await employ(shop.backend, { ...own, login: 'otieno' });
		const gone = await employ(shop.backend, { ...own, login: 'gone' });
		await employ(shop.backend, { ...own, login: 'counts', roles: ['vendor-manager'] });
		const before = mustBeTaken(await readTillStatus(shop.backend, counter.caller)).packVersion;
		await employ(shop.backend, { login: 'rival', roles: ['agent'], vendorId: 'harbour-kiosk' });
		await shop.backend.database
			.updateTable('operator')
			.set({ state: 'suspended' })
			.where('id', '=', gone.operatorId)
			.execute();
		const { operators } = await pack();
		expect(operators.map(({ id }) => id).sort()).toEqual(
			[counter.operatorId, second.operatorId].sort(),
		);
		const after = mustBeTaken(await readTillStatus(shop.backend, counter.caller)).packVersion;
		expect(after).not.toBe(before);
	});

	it('is for nobody but a till', async () => {
		expect(await makeTariffPack(shop.backend, GUEST)).toEqual({ refusal: 'not-allowed' });
	});
});

describe('its life', () => {
	it('is a setting', async () => {
		const backend = { ...shop.backend, till: { ...DEFAULT_TILL, tariffPackDays: 2 } };
		const made = mustBeTaken(await makeTariffPack(backend, counter.caller));
		expect(made.validUntilMs - made.issuedAtMs).toBe(2 * DAY_MS);
		expect(readTillSettings({})).toEqual(DEFAULT_TILL);
		expect(readTillSettings({ TOKENLINE_TARIFF_PACK_DAYS: '14' })).toEqual({
			...DEFAULT_TILL,
			tariffPackDays: 14,
		});
	});

	it.each(['0', '61', '-1', '1.5', 'week', ''])('is refused as %j', (text) => {
		expect(() => readTillSettings({ TOKENLINE_TARIFF_PACK_DAYS: text })).toThrow(
			/TOKENLINE_TARIFF_PACK_DAYS must be a whole number, 1 to 60/,
		);
	});
});
