/** How fast an operator sells: above the house's limit the office is told, and nothing is refused. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAlarms } from '#lib/server/till/alarms.ts';
import { RATE_OF_MS, salesUntil } from '#lib/server/till/judge-rate.ts';
import { DEFAULT_TILL, readTillSettings } from '#lib/server/till/settings.ts';
import { whatIsWrong } from '../harness/books.ts';
import { JournalTill, openTillShop } from '../harness/journal-till.ts';
import type { Counter } from '../harness/counter.ts';
import { employ } from '../harness/people.ts';
import { GUEST, KITCHEN, newId, type Shop } from '../harness/shop.ts';

const MOST = 3;
const office = { ...GUEST, roles: ['office-manager'] as const, operatorId: newId() };

let shop: Shop;
let counter: Counter;
let till: JournalTill;
beforeEach(async () => {
	({ shop, counter, till } = await openTillShop());
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const limited = () => ({
	...shop.backend,
	till: { ...DEFAULT_TILL, operatorSalesHour: MOST },
});
const handIn = async (entries: readonly unknown[]) => await till.handIn(entries, limited());
const alarms = async () => (await listAlarms(shop.backend, office, {})).alarms;
/** Sold one after the other, so far apart. */
async function sold(count: number, everyMs: number, wish = {}) {
	const entries = [];
	for (let at = 0; at < count; at += 1) {
		entries.push(await till.provisional(KITCHEN, 10_000, wish));
		shop.clock.ms += everyMs;
	}
	return entries;
}

describe('an operator who sells too fast', () => {
	it('is told of with the first sale above the limit, once an hour, and sells on', async () => {
		const entries = await sold(MOST + 2, 1_000);
		for (const entry of entries) expect(await handIn([entry])).toMatchObject([{ taken: true }]);
		const { operatorId } = counter;
		expect(await alarms()).toMatchObject([
			{
				...{ kind: 'rate', terminalId: counter.caller.terminalId, deviceId: till.deviceId },
				...{ entryId: entries[MOST]?.id, sequence: MOST + 1 },
				facts: { operator: operatorId, sales: MOST + 1, most: MOST },
			},
		]);
		const vends = await shop.backend.database.selectFrom('vend').select('state').execute();
		expect(vends.map(({ state }) => state)).toEqual(entries.map(() => 'issued'));
		shop.clock.ms += RATE_OF_MS;
		await handIn(await sold(MOST + 1, 1_000));
		expect(await alarms()).toHaveLength(2);
	});

	it('is found in the middle of a queue that comes in at once', async () => {
		const queue = [
			...(await sold(2, RATE_OF_MS)),
			...(await sold(MOST + 1, 60_000)),
			...(await sold(2, RATE_OF_MS)),
		];
		await handIn(queue);
		expect(await alarms()).toMatchObject([{ kind: 'rate', entryId: queue[2 + MOST]?.id }]);
	});

	it('is one person: two who share a till, or a day’s queue, are none', async () => {
		const { vendorId } = counter.caller;
		const { operatorId } = await employ(shop.backend, { roles: ['agent'], vendorId });
		const other = { operatorId, request: { operatorId } };
		await handIn([...(await sold(MOST, 1_000)), ...(await sold(MOST, 1_000, other))]);
		shop.clock.ms += RATE_OF_MS;
		await handIn(await sold(3 * MOST, RATE_OF_MS / MOST));
		expect(await alarms()).toEqual([]);
	});
});

it('an hour is open at its beginning and closed at its end', () => {
	expect(salesUntil([0, 1, RATE_OF_MS, RATE_OF_MS + 1], RATE_OF_MS)).toBe(2);
	expect(salesUntil([], 0)).toBe(0);
});

it('the limit is a setting', () => {
	expect(readTillSettings({ TOKENLINE_OPERATOR_SALES_HOUR: '90' }).operatorSalesHour).toBe(90);
	for (const text of ['0', '100000', '1.5', 'many', ''])
		expect(() => readTillSettings({ TOKENLINE_OPERATOR_SALES_HOUR: text })).toThrow(
			/TOKENLINE_OPERATOR_SALES_HOUR must be a whole number, 1 to 99999/,
		);
});
