/** What was promised without a token, held to the caps again by the journal itself; and clocks that are wrong. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAlarms } from '#lib/server/till/alarms.ts';
import { clockError } from '#lib/server/till/judge-clock.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatOf, openCounter, type Counter } from '../harness/counter.ts';
import { allowQueue, JournalTill } from '../harness/journal-till.ts';
import { GUEST, KITCHEN, newId, openShop, WORKSHOP, type Shop } from '../harness/shop.ts';

let shop: Shop;
let counter: Counter;
let till: JournalTill;
beforeEach(async () => {
	shop = await openShop();
	counter = await openCounter(shop.backend);
	till = await new JournalTill(shop, counter).enrol();
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const office = { ...GUEST, roles: ['office-manager'] as const, operatorId: newId() };
const alarms = async () => (await listAlarms(shop.backend, office, {})).alarms;
const DAY_MS = 86_400_000;
const sales = async (count: number, amountMinor = 10_000) => {
	const made = [];
	for (let at = 0; at < count; at += 1) made.push(await till.provisional(KITCHEN, amountMinor));
	return made;
};
const times = (count: number, verdict: string) => Array.from({ length: count }, () => verdict);

describe('a sale that was promised without a token', () => {
	it('is refused where the office has not switched that on', async () => {
		expect(await till.verdicts([...(await sales(1)), await till.sale(WORKSHOP, 10_000)])).toEqual([
			'refused offline-not-allowed',
			'issued',
		]);
		expect(await floatOf(shop.backend, counter)).toBe(990_000);
	});

	it('is refused above the cap for one sale, in number and in sum; what broke a cap is told once', async () => {
		await allowQueue(shop, counter, { perSaleMinor: 20_000, count: 3, sumMinor: 50_000 });
		const tooMuch = await till.provisional(KITCHEN, 20_001);
		till.acknowledged = 1;
		expect(await till.verdicts([tooMuch])).toEqual(['refused offline-sale-cap']);
		const four = await sales(4);
		expect(await till.verdicts(four)).toEqual([...times(3, 'issued'), 'refused offline-count-cap']);
		till.acknowledged = till.head.sequence;
		const three = await sales(3, 20_000);
		const verdicts = ['issued', 'issued', 'refused offline-sum-cap'];
		expect(await till.verdicts(three)).toEqual(verdicts);
		expect(await till.verdicts(three)).toEqual(verdicts);
		const told = (await alarms()).map(({ kind, facts }) => `${kind} ${facts.code}`);
		expect(told.sort()).toEqual([
			'caps-broken offline-count-cap',
			'caps-broken offline-sale-cap',
			'caps-broken offline-sum-cap',
		]);
		expect(await floatOf(shop.backend, counter)).toBe(1_000_000 - 30_000 - 40_000);
	});

	it('counts with those of the requests before, where the device had not heard of them', async () => {
		await allowQueue(shop, counter, { count: 5 });
		const queue = await sales(7);
		expect(await till.verdicts(queue.slice(0, 3))).toEqual(times(3, 'issued'));
		expect(await till.verdicts(queue.slice(3, 5))).toEqual(times(2, 'issued'));
		expect(await till.verdicts(queue.slice(5))).toEqual(times(2, 'refused offline-count-cap'));
		till.acknowledged = till.head.sequence;
		expect(await till.verdicts(await sales(5))).toEqual(times(5, 'issued'));
	});

	it('counts for nothing where it has a token already, nor what is no sale', async () => {
		await allowQueue(shop, counter, { count: 1 });
		const entries = [
			await till.sale(KITCHEN, 10_000),
			await till.sale(KITCHEN, 10_000),
			...(await sales(1)),
			await till.sale(WORKSHOP, 10_000),
		];
		expect(await till.verdicts(entries)).toEqual(times(4, 'issued'));
	});

	it('is held to the caps by a device that lies about what was acknowledged', async () => {
		await allowQueue(shop, counter, { count: 2 });
		const lying = [];
		for (let at = 0; at < 4; at += 1)
			lying.push(await till.provisional(KITCHEN, 10_000, { acknowledged: till.head.sequence }));
		expect(await till.verdicts(lying)).toEqual([
			...times(2, 'issued'),
			...times(2, 'refused offline-count-cap'),
		]);
		const ahead = await till.provisional(KITCHEN, 10_000, { acknowledged: 1_000_000 });
		expect(await till.verdicts([ahead])).toEqual(['issued']);
	});

	it('has the same answer when it is asked about again after a crash, and when the terms have changed', async () => {
		await allowQueue(shop, counter, { count: 2 });
		const queue = await sales(3);
		const rows = queue.map((entry) => ({ what: 'entry' as const, entry }));
		await till.post(rows, shop.backend, () => Number.MAX_SAFE_INTEGER);
		const verdicts = [...times(2, 'issued'), 'refused offline-count-cap'];
		expect(await till.verdicts(queue)).toEqual(verdicts);
		await allowQueue(shop, counter, { count: 0 });
		expect(await till.verdicts(queue)).toEqual(verdicts);
	});

	it('is held to the caps that its device knew, where they were lowered while it was out of reach', async () => {
		await allowQueue(shop, counter, { count: 5 });
		till.acknowledged = 1;
		expect(await till.verdicts([await till.sale(WORKSHOP, 10_000)])).toEqual(['issued']);
		shop.clock.ms += 1_000;
		await allowQueue(shop, counter, { count: 1 });
		shop.clock.ms += 1_000;
		const unheard = await sales(6);
		expect(await till.verdicts(unheard)).toEqual([
			...times(5, 'issued'),
			'refused offline-count-cap',
		]);
		// Now it has heard of them.
		till.acknowledged = till.head.sequence;
		shop.clock.ms += 1_000;
		expect(await till.verdicts(await sales(2))).toEqual(['issued', 'refused offline-count-cap']);
		// Nothing that a device was told before its first entry is older than that entry.
		await allowQueue(shop, counter, {}, { queued: null });
		till.acknowledged = till.head.sequence;
		await till.handIn([await till.sale(WORKSHOP, 10_000)]);
		till.acknowledged = till.head.sequence;
		shop.clock.ms += 1_000;
		await till.handIn([await till.sale(WORKSHOP, 10_000)]);
		till.acknowledged = till.head.sequence;
		expect(await till.verdicts(await sales(1))).toEqual(['refused offline-not-allowed']);
	});

	it('is refused when it comes too late, or was made after others had waited too long', async () => {
		await allowQueue(shop, counter, { ageMs: 2 * DAY_MS });
		const [old] = await sales(1);
		shop.clock.ms += DAY_MS;
		const [younger] = await sales(1);
		shop.clock.ms += DAY_MS + 1;
		const [last] = await sales(1);
		expect(await till.verdicts([old, younger, last])).toEqual([
			'refused offline-age-cap',
			'issued',
			'refused offline-age-cap',
		]);
	});

	it('is counted by what it asks for, whatever that is', async () => {
		await allowQueue(shop, counter, { perSaleMinor: 50_000, sumMinor: 50_000 });
		const wrong = [-1, 0, 0.5, 1e300];
		const made = [];
		for (const amountMinor of wrong)
			made.push(await till.provisional(KITCHEN, 10_000, { request: { amountMinor } }));
		const verdicts = await till.verdicts([...made, ...(await sales(1))]);
		expect(verdicts.slice(0, 4).every((verdict) => verdict.startsWith('refused '))).toBe(true);
		expect(verdicts[4]).toBe('issued');
	});
});

describe('a device’s clock', () => {
	beforeEach(() => allowQueue(shop, counter, { ageMs: DAY_MS }));

	it('may be two days off where it knows by how much', async () => {
		for (const behindMs of [2 * DAY_MS, -2 * DAY_MS]) {
			till.behindMs = behindMs;
			till.offsetMs = behindMs;
			till.acknowledged = till.head.sequence;
			expect(await till.verdicts(await sales(1))).toEqual(['issued']);
		}
		expect(await alarms()).toEqual([]);
	});

	it('two days behind is told, and what it sold without a token is too old', async () => {
		till.behindMs = 2 * DAY_MS;
		till.offsetMs = null;
		const entries = [...(await sales(1)), await till.sale(WORKSHOP, 10_000)];
		expect(await till.verdicts(entries)).toEqual(['refused offline-age-cap', 'issued']);
		const told = (await alarms()).map(({ kind, facts }) => [kind, facts] as const);
		expect(told.sort(([one], [other]) => one.localeCompare(other))).toEqual([
			['caps-broken', { code: 'offline-age-cap', amountMinor: 10_000 }],
			['clock', { aheadMs: -2 * DAY_MS }],
		]);
	});

	it('two days ahead is told once a day, and sells', async () => {
		till.behindMs = -2 * DAY_MS;
		expect(await till.verdicts(await sales(2))).toEqual(['issued', 'issued']);
		till.acknowledged = till.head.sequence;
		expect(await till.verdicts(await sales(1))).toEqual(['issued']);
		expect((await alarms()).map(({ kind, sequence }) => [kind, sequence])).toEqual([['clock', 1]]);
		shop.clock.ms += DAY_MS;
		till.acknowledged = till.head.sequence;
		await till.handIn(await sales(1));
		expect((await alarms()).map(({ sequence }) => sequence)).toEqual([4, 1]);
	});

	it('is not wrong by waiting', () => {
		const at = (offMs: number, ageMs: number) =>
			clockError({ atMs: 10 * DAY_MS + offMs, offsetMs: 0 }, 10 * DAY_MS, ageMs);
		expect(at(DAY_MS, 0)).toBeUndefined();
		expect(at(DAY_MS + 1, 9 * DAY_MS)).toBe(DAY_MS + 1);
		expect(at(-DAY_MS, 0)).toBeUndefined();
		expect(at(-3 * DAY_MS, 3 * DAY_MS)).toBeUndefined();
		expect(at(-3 * DAY_MS - 1, 3 * DAY_MS)).toBe(-3 * DAY_MS - 1);
	});
});
