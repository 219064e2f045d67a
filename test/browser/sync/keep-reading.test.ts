/** Readings and purchases on a phone whose clock is wrong: in which order they were. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { hearServiceTime, serviceNow } from '#lib/browser/sync/service-clock.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import { readUse } from '#lib/browser/store/use.ts';
import { keepReading } from '#lib/browser/sync/keep-reading.ts';
import { startProgress } from '#lib/core/sync/outbox.ts';
import { decideCreditLeft } from '#lib/core/vending/days-left.ts';
import { newId } from '../../server/harness/shop.ts';
import * as sales from '../../core/sync/sale.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = Date.UTC(2026, 10, 30, 9);
const { drn } = sales.row().request;

let store: TokenlineStore;
beforeEach(() => {
	store = new TokenlineStore('keep-reading');
	vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(async () => {
	vi.useRealTimers();
	await store.delete();
});

/** A token of 50 kWh that the backend made at this time. */
async function bought(issuedAtMs: number): Promise<void> {
	if (sales.issued.state !== 'issued') throw new Error(sales.issued.state);
	const waterfall = { ...sales.waterfall, energyDeciKwh: 500 };
	const receipt = { ...sales.issued.receipt, issuedAtMs, waterfall };
	const id = newId();
	await store.outbox.add(sales.row(id));
	await store.progress.add({
		...{ ...startProgress(id, issuedAtMs), state: 'issued' },
		answer: { ...sales.issued, id, receipt },
	});
}

it.each([
	['right', 0],
	['five minutes fast', 5 * MINUTE],
	['two hours slow', -120 * MINUTE],
	['in 2099', Date.UTC(2099, 0, 1) - NOW],
])('what was bought after a reading counts on a phone that is %s', async (_, aheadMs) => {
	const clockAt = (ms: number) => vi.setSystemTime(ms + aheadMs);
	for (const daysAgo of [20, 10]) await bought(NOW - daysAgo * DAY);
	clockAt(NOW);
	hearServiceTime(NOW);
	await keepReading(store, drn, 2_000);
	await bought(NOW + 3 * MINUTE);
	clockAt(NOW + DAY / 2);
	// 5 kWh a day: 2 kWh were left, 50 came, and half a day has gone.
	expect(decideCreditLeft(await readUse(store, drn), serviceNow().ms)).toMatchObject({
		...{ from: 'reading', days: 9, isOver: false },
	});
});
