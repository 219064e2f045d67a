/** Whoever confirms a meter hears of the prices that are set to follow, and of no others. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import { call } from '../harness/call.ts';
import { openShop, STEPS, type Shop } from '../harness/shop.ts';

const DAY_MS = 86_400_000;

let shop: Shop;
beforeEach(async () => void (shop = await openShop()));
afterEach(() => shop.dispose());

const confirm = async () =>
	(await call(shop.backend, 'GET', `/api/v1/meters/${STEPS}`)).json as MeterConfirmation;

async function setTariff(version: number, fromMs: number, id?: string): Promise<void> {
	const { tariff } = await confirm();
	const definition = { ...tariff, version, name: `Version ${version}` };
	await shop.backend.database
		.insertInto('tariff')
		.values({
			...{ id: id ?? tariff.id, version, utility_id: 'lakeside', valid_from_ms: fromMs },
			definition: JSON.stringify(definition),
		})
		.execute();
}

it('says nothing where nothing follows', async () => {
	expect(await confirm()).not.toHaveProperty('nextTariff');
});

it('says the next one, until it is in force', async () => {
	const fromMs = shop.clock.ms + 3 * DAY_MS;
	await setTariff(4, fromMs + 30 * DAY_MS);
	await setTariff(2, fromMs);
	// The office has thought again: of one moment the later version.
	await setTariff(3, fromMs);
	await setTariff(9, fromMs, 'domestic-flat');
	expect((await confirm()).nextTariff).toMatchObject({ tariff: { version: 3 }, fromMs });
	shop.clock.ms = fromMs;
	const then = await confirm();
	expect(then.tariff.version).toBe(3);
	expect(then.nextTariff?.tariff.version).toBe(4);
});
