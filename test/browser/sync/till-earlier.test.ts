/** Provisional sales of an enrolment before: asked after by their codes, because their journal hands in nothing. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setStop } from '#lib/browser/store/agent-outbox.ts';
import type { OpenedSale, TillDesk } from '#lib/browser/sync/till-desk.ts';
import { soon } from '../../harness/soon.ts';
import { PIN } from '../vault/bench.ts';
import { toRefund } from './as-shown.ts';
import { closeDesks, sell, TillBench } from './till-desk-bench.ts';
import { DRN, TERMS, UTILITY } from './till-office.ts';

let bench: TillBench;
beforeEach(async () => (bench = await TillBench.open()));
afterEach(closeDesks);

/** Sold without the network, and the device enrolled anew before any of it was handed in. */
async function allSoldBefore(count: number): Promise<{ desk: TillDesk; sales: OpenedSale[] }> {
	bench.office.terms = { ...TERMS, queued: { ...TERMS.queued!, count } };
	const before = await bench.ready();
	await bench.goOffline(before);
	const sales: OpenedSale[] = [];
	for (let sold = 0; sold < count; sold += 1) {
		const outcome = await sell(before);
		if (outcome.kind !== 'provisional') throw new TypeError(outcome.kind);
		sales.push(outcome.sale);
		bench.clocks.pass(1);
	}
	// What of it is under way hands in nothing any more.
	await setStop(bench.store, (await before.terminal()).deviceId, 'suspended');
	before.close();
	bench.office.weather = 'fine';
	await bench.enrol();
	const desk = await bench.openWith(before.operator);
	return { desk, sales };
}

async function soldBefore(): Promise<{ desk: TillDesk; sale: OpenedSale }> {
	const { desk, sales } = await allSoldBefore(1);
	return { desk, sale: sales[0]! };
}

const refused = (refundedAtMs: number | null) => () => ({
	...({ state: 'refused', code: 'meter-blocked', amountMinor: 10_000 } as const),
	...{ currency: UTILITY.currency, refundedAtMs },
});
const stateOf = async ({ row }: OpenedSale) => (await bench.store.sales.get(row.id))?.state;

describe('a sale of an enrolment before', () => {
	it('is asked after once its operator has opened the desk, and its money is here', async () => {
		bench.office.claim = refused(null);
		const { desk, sale } = await soldBefore();
		await desk.tryNow();
		expect(bench.office.claimsAsked).toEqual([]);
		expect(await stateOf(sale)).toBe('provisional');
		await desk.vault.unlock(PIN);
		await desk.tryNow();
		await soon(async () => expect(await stateOf(sale)).toBe('refused'));
		const code = sale.details!.claimCode;
		expect(bench.office.claimsAsked).toEqual([{ drn: DRN, code }]);
		expect(await toRefund(desk)).toHaveLength(1);
		expect((await desk.mending()).earlier).toEqual([]);
		bench.clocks.pass(61_000);
		await desk.tryNow();
		expect(bench.office.claimsAsked).toHaveLength(1);
	});

	it('whose money has gone back already is not paid twice', async () => {
		bench.office.claim = refused(1);
		const { desk, sale } = await soldBefore();
		await desk.vault.unlock(PIN);
		await desk.tryNow();
		await soon(async () => expect(await stateOf(sale)).toBe('refunded'));
		expect(await toRefund(desk)).toEqual([]);
	});

	it('that has not arrived is asked after again later, not with every word', async () => {
		const { desk, sale } = await soldBefore();
		await desk.vault.unlock(PIN);
		await desk.tryNow();
		await soon(() => expect(bench.office.claimsAsked).toHaveLength(1));
		await desk.tryNow();
		expect(bench.office.claimsAsked).toHaveLength(1);
		expect(await stateOf(sale)).toBe('provisional');
		expect(await toRefund(desk)).toEqual([]);
		bench.clocks.pass(61_000);
		await desk.tryNow();
		await soon(() => expect(bench.office.claimsAsked).toHaveLength(2));
	});

	it('that does not open stands in no other’s way', async () => {
		bench.office.claim = refused(null);
		const { desk, sales } = await allSoldBefore(2);
		const [damaged, whole] = [sales[0]!, sales[1]!];
		const { sealed } = damaged.row;
		const octets = sealed.octets.map((octet, at) => (at === 0 ? octet ^ 1 : octet));
		await bench.store.sales.update(damaged.row.id, { sealed: { ...sealed, octets } });
		await desk.vault.unlock(PIN);
		await desk.tryNow();
		await soon(async () => expect(await stateOf(whole)).toBe('refused'));
		expect(await stateOf(damaged)).toBe('provisional');
		expect(bench.office.claimsAsked).toHaveLength(1);
	});

	it('has its turn, however many before it do not end', async () => {
		const { desk, sales } = await allSoldBefore(11);
		await desk.vault.unlock(PIN);
		for (const heard of [5, 10, 15]) {
			await desk.tryNow();
			await soon(() => expect(bench.office.claimsAsked).toHaveLength(heard));
			bench.clocks.pass(61_000);
		}
		const codes = bench.office.claimsAsked.map(({ code }) => code);
		expect(codes.slice(0, 11)).toEqual(sales.map(({ details }) => details!.claimCode));
	});

	it('of this enrolment is not asked after: its journal tells', async () => {
		bench.office.wait = () => 'float-exhausted';
		const desk = await bench.ready();
		await bench.goOffline(desk);
		expect((await sell(desk)).kind).toBe('provisional');
		await bench.goOnline(desk);
		await soon(async () => expect((await desk.glance()).unsynced.count).toBe(1));
		expect(bench.office.claimsAsked).toEqual([]);
	});
});
