/** Provisional sales of an enrolment before: asked after by their codes, because their journal hands in nothing. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setStop } from '#lib/browser/store/agent-outbox.ts';
import type { OpenedSale, TillDesk } from '#lib/browser/sync/till-desk.ts';
import { soon } from '../../harness/soon.ts';
import { PIN } from '../vault/bench.ts';
import { toRefund } from './as-shown.ts';
import { closeDesks, sell, TillBench } from './till-desk-bench.ts';
import { DRN, UTILITY } from './till-office.ts';

let bench: TillBench;
beforeEach(async () => (bench = await TillBench.open()));
afterEach(closeDesks);

/** Sold without the network, and the device enrolled anew before it was handed in. */
async function soldBefore(): Promise<{ desk: TillDesk; sale: OpenedSale }> {
	const before = await bench.ready();
	await bench.goOffline(before);
	const outcome = await sell(before);
	if (outcome.kind !== 'provisional') throw new TypeError(outcome.kind);
	// What of it is under way hands in nothing any more.
	await setStop(bench.store, (await before.terminal()).deviceId, 'suspended');
	before.close();
	bench.office.weather = 'fine';
	await bench.enrol();
	const desk = await bench.openWith(before.operator);
	return { desk, sale: outcome.sale };
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
