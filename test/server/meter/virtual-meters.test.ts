import { afterEach, beforeEach, expect, it } from 'vitest';
import { manufacture } from '#lib/browser/store/virtual-meter-factory.ts';
import { enterToken } from '#lib/core/meter/enter-token.ts';
import { listVirtualMeters, provisionVirtualMeter } from '#lib/server/meter/virtual-meters.ts';
import { ROLLOVER_TEST_SGC } from '#lib/server/security-module/demo-slots.ts';
import {
	BARN,
	COTTAGE,
	GUEST,
	KITCHEN,
	mustBeTaken,
	openShop,
	type Shop,
} from '../harness/shop.ts';

let shop: Shop;
beforeEach(async () => {
	shop = await openShop();
});
afterEach(() => shop.dispose());

const provision = async (drn: string) =>
	mustBeTaken(await provisionVirtualMeter(shop.backend, GUEST, drn));

/** The books after a key change: the meter is on another revision and tariff index. */
const moveOn = async (drn: string, krn: number, ti: string) =>
	await shop.backend.database
		.updateTable('meter')
		.set({ krn, ti })
		.where('drn', '=', drn)
		.execute();

it('lists the estate, before and after a key change', async () => {
	const { meters } = await listVirtualMeters(shop.backend, GUEST);
	expect(meters.map(({ drn }) => drn)).toEqual([
		...['00000000018', '00000000026', '00000000034', '00000000042', COTTAGE, BARN],
	]);
	await moveOn(COTTAGE, 2, '01');
	expect((await listVirtualMeters(shop.backend, GUEST)).meters).toEqual(meters);
});

it('makes a meter with the key it left the factory with, whatever it was given since', async () => {
	for (const drn of [KITCHEN, COTTAGE]) {
		const made = await provision(drn);
		await moveOn(drn, drn === COTTAGE ? 2 : 1, '07');
		expect(await provision(drn)).toEqual(made);
	}
});

it('lets a person live through a rollover: old key, key-change tokens, credit under the new one', async () => {
	const papers = await provision(COTTAGE);
	expect(papers).toMatchObject({ sgc: ROLLOVER_TEST_SGC, krn: 1, baseYear: 1993, ea: 7 });
	const { drn, sgc, krn, ti, ea, tct } = papers;
	const nowMs = shop.clock.ms;
	const from = { ...{ slot: 'rollover-test-1', drn, sgc, krn, ti, tct }, ea: ea as 7 };
	const to = { slot: 'rollover-test-2', sgc, krn: 2, ti };
	const set = mustBeTaken(
		await shop.module.issueKeyChange({
			requestId: 'change',
			from,
			to,
			sections: 3,
			nowMs,
		}),
	);
	expect(set.rollover).toBe(true);
	const tid = Math.floor((nowMs - Date.UTC(2014, 0, 1)) / 60_000);
	const credit = mustBeTaken(
		await shop.module.issueCredit({
			...{ ...from, ...to, requestId: 'credit', amountDeciKwh: 200, tid, nowMs },
		}),
	);
	let meter = manufacture(papers);
	const results: string[] = [];
	for (const digits of [credit.digits, ...set.digits, credit.digits, credit.digits]) {
		const step = enterToken(meter, digits, nowMs);
		meter = step.meter;
		results.push(step.outcome.result);
	}
	expect(results).toEqual(['CRCError', '1stKCT', '2ndKCT', '3rdKCT', 'Accept', 'UsedError']);
});
