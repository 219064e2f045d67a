/** Tariffs and supply groups as the office reads them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '#lib/server/access/caller.ts';
import { listSupplyGroups } from '#lib/server/meter/list-supply-groups.ts';
import { listTariffs } from '#lib/server/meter/list-tariffs.ts';
import { employ } from '../harness/people.ts';
import { openShop, type Shop } from '../harness/shop.ts';

let shop: Shop;
let office: Caller;
beforeEach(async () => {
	shop = await openShop();
	office = await employ(shop.backend, { roles: ['office-manager'] });
});
afterEach(() => shop.dispose());

const DAY_MS = 86_400_000;

describe('tariffs', () => {
	it('are told in every version, those to come too, page by page', async () => {
		const { database } = shop.backend;
		const flat = await database
			.selectFrom('tariff')
			.selectAll()
			.where('id', '=', 'domestic-flat')
			.executeTakeFirstOrThrow();
		const definition = JSON.parse(flat.definition) as object;
		const versions = Array.from({ length: 120 }, (_, at) => ({
			...{ ...flat, version: at + 2, valid_from_ms: shop.clock.ms + (at + 1) * DAY_MS },
			definition: JSON.stringify({ ...definition, version: at + 2 }),
		}));
		await database.insertInto('tariff').values(versions).execute();
		const first = await listTariffs(shop.backend, office, {});
		expect(first.tariffs).toHaveLength(100);
		expect(first.currency).toEqual({ code: 'KES', minorDigits: 2 });
		const second = await listTariffs(shop.backend, office, { after: first.next ?? '' });
		expect(second.next).toBeNull();
		const all = [...first.tariffs, ...second.tariffs];
		const stored = await database
			.selectFrom('tariff')
			.select(['id', 'version', 'valid_from_ms'])
			.orderBy('id')
			.orderBy('version')
			.execute();
		expect(
			all.map(({ tariff: { id, version }, validFromMs }) => ({
				...{ id, version },
				valid_from_ms: validFromMs,
			})),
		).toEqual(stored);
		const hours = all.find(({ tariff }) => tariff.id === 'workshop-hours');
		expect(hours?.tariff.timeOfUse?.length).toBeGreaterThan(0);
	});

	it('of another utility are none', async () => {
		const hilltop = await otherUtility();
		expect((await listTariffs(shop.backend, hilltop, {})).tariffs).toEqual([]);
		expect((await listSupplyGroups(shop.backend, hilltop)).supplyGroups).toEqual([]);
	});
});

async function otherUtility(): Promise<Caller> {
	const { database } = shop.backend;
	const lakeside = await database.selectFrom('utility').selectAll().executeTakeFirstOrThrow();
	const hilltop = { ...lakeside, id: 'hilltop', host_name: 'hilltop.example' };
	await database.insertInto('utility').values(hilltop).execute();
	return { ...office, utilityId: 'hilltop' };
}

describe('supply groups', () => {
	it('tell their keys, the current one, and what is left of each', async () => {
		await shop.backend.database
			.updateTable('supply_group_key')
			.set({ issue_until_ms: shop.clock.ms + 29.5 * DAY_MS })
			.where('sgc', '=', '400171')
			.where('krn', '=', 2)
			.execute();
		const { supplyGroups } = await listSupplyGroups(shop.backend, office);
		expect(supplyGroups.map(({ sgc }) => sgc)).toEqual(['400171', '400284', '999001', '999002']);
		expect(supplyGroups[0]).toMatchObject({
			...{ name: 'Lakeside Town', currentKrn: 2, blindTariffId: 'domestic-flat' },
			keys: [
				{ krn: 1, baseYear: 1993, dkga: 2, issueUntilMs: null, daysLeft: null, warning: null },
				{ krn: 2, baseYear: 2014, dkga: 4, daysLeft: 29, warning: 'within-30-days' },
			],
		});
	});

	it('never tell where the security module keeps a key', async () => {
		const rows = await shop.backend.database
			.selectFrom('supply_group_key')
			.select('slot')
			.execute();
		const keys = (await listSupplyGroups(shop.backend, office)).supplyGroups.flatMap(
			(group) => group.keys,
		);
		expect(keys).toHaveLength(rows.length);
		for (const key of keys) expect(key).not.toHaveProperty('slot');
		for (const { slot } of rows) expect(JSON.stringify(keys)).not.toContain(slot);
	});
});
