/** The demo's year: planned the same every time, and sold by the pipeline so that the books are sound. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { YEARS_BUYERS } from '#lib/server/seed/demo-estate.ts';
import { DELIVERY_METER, KEY_CHANGE_METER } from '#lib/server/seed/demo-field.ts';
import { planYear, WEB } from '#lib/server/seed/plan-year.ts';
import { sellForJobs } from '#lib/server/seed/sell-for-jobs.ts';
import { sellYear } from '#lib/server/seed/sell-year.ts';
import { whatIsWrong } from '../harness/books.ts';
import { FieldDevice } from '../harness/field.ts';
import { GUEST, mustBeTaken, MORNING_MS, openShop, type Shop } from '../harness/shop.ts';

const DAY_MS = 86_400_000;
const TILLS = ['T-001', 'T-002', 'T-003'];
const plan = () => planYear(YEARS_BUYERS, TILLS, MORNING_MS);

describe('the plan', () => {
	it('is the same for the same day', () => {
		expect(plan()).toEqual(plan());
		expect(planYear(YEARS_BUYERS, TILLS, MORNING_MS + DAY_MS)).not.toEqual(plan());
	});

	it('is of the year before, oldest first, and no meter buys twice on one day', () => {
		const sales = plan();
		expect(sales.length).toBeGreaterThan(3_000);
		for (const [at, { atMs }] of sales.entries()) {
			expect(atMs).toBeLessThan(MORNING_MS);
			expect(atMs).toBeGreaterThanOrEqual(MORNING_MS - 365 * DAY_MS);
			expect(atMs).toBeGreaterThanOrEqual(sales[at - 1]?.atMs ?? 0);
		}
		const days = sales.map(({ drn, atMs }) => `${drn} ${Math.floor((atMs - MORNING_MS) / DAY_MS)}`);
		expect(new Set(days).size).toBe(sales.length);
	});

	it('sells at every till and over the web', () => {
		expect(new Set(plan().map(({ at }) => at))).toEqual(new Set([...TILLS, WEB]));
	});
});

describe('its sales', () => {
	let shop: Shop;
	beforeEach(async () => {
		shop = await openShop();
	});
	afterEach(() => shop.dispose());

	it('leave sound books, and shifts closed with the cash that was taken', async () => {
		const { database } = shop.backend;
		// The books of a test begin on its own morning: the plan's last days come after it.
		const sales = plan()
			.slice(-150)
			.map((sale) => ({ ...sale, atMs: sale.atMs + 30 * DAY_MS }));
		const paid: Shop['backend'] = { ...shop.backend, provider: await paysAtOnce(shop) };
		await sellYear(paid, sales);
		expect(await whatIsWrong(database)).toEqual([]);
		const states = await database.selectFrom('vend').select(['state', 'released_at_ms']).execute();
		expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['issued']));
		const batches = await database.selectFrom('batch').select(['state', 'totals']).execute();
		expect(batches.length).toBeGreaterThan(3);
		for (const { state, totals } of batches) {
			expect(state).toBe('closed');
			const { counted } = JSON.parse(totals ?? '{}') as {
				counted: { differences: { verdict: string }[] };
			};
			for (const { verdict } of counted.differences) expect(verdict).toBe('exact');
		}
	});
});

describe('what its technician is to hand over', () => {
	let shop: Shop;
	beforeEach(async () => {
		shop = await openShop();
	});
	afterEach(() => shop.dispose());

	it('is one credit that nobody has seen, and one key-change set, in the packs of the two jobs', async () => {
		const { database } = shop.backend;
		const { id: operatorId } = await database
			.selectFrom('operator')
			.select('id')
			.where('login', '=', 'technician')
			.executeTakeFirstOrThrow();
		const paid: Shop['backend'] = { ...shop.backend, provider: await paysAtOnce(shop) };
		await sellForJobs(paid, MORNING_MS);
		const device = new FieldDevice(shop.backend, {
			...{ ...GUEST, roles: ['technician'], operatorId },
		});
		mustBeTaken(await device.register());
		const unseen = await database
			.selectFrom('vend')
			.select('drn')
			.where('released_at_ms', 'is', null)
			.execute();
		expect(unseen).toEqual([{ drn: DELIVERY_METER }]);
		const { meters } = await device.takePack();
		expect(meters.map(({ drn, tokens }) => [drn, ...tokens.map(({ kind }) => kind)])).toEqual([
			[DELIVERY_METER, 'credit'],
			[KEY_CHANGE_METER, 'key-change', 'key-change'],
		]);
		expect(await whatIsWrong(database)).toEqual([]);
	});
});

async function paysAtOnce({ backend }: Shop): Promise<Shop['backend']['provider']> {
	return {
		...backend.provider,
		ask: () => Promise.resolve(),
		status: async (reference) => {
			const row = await backend.database
				.selectFrom('payment')
				.selectAll()
				.where('id', '=', reference)
				.executeTakeFirstOrThrow();
			return { state: 'paid', amountMinor: row.amount_minor, currency: row.currency };
		},
	};
}
