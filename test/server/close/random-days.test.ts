/**
 * Random days: sold, deposited, settled, refunded, refused, left half done, taken back, in any order. At the
 * end of each the books are sound and the close is clean.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Caller } from '#lib/server/access/caller.ts';
import { closeBatch } from '#lib/server/batch/close-batch.ts';
import { openBatch } from '#lib/server/batch/open-batch.ts';
import { closeDay } from '#lib/server/close/close-day.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { listRefunds } from '#lib/server/refund/owed-money.ts';
import { settleRefund } from '#lib/server/refund/settle-refund.ts';
import { putDeposit } from '#lib/server/vendor/deposits.ts';
import { settleCommission } from '#lib/server/vendor/settle-commission.ts';
import { readVendorStatus } from '#lib/server/vendor/vendor-status.ts';
import { finishVends } from '#lib/server/vend/recovery.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { reverseVend } from '#lib/server/vend/reverse-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatSaleOf, openCounter, type Counter } from '../harness/counter.ts';
import { employ } from '../harness/people.ts';
import {
	COTTAGE,
	GUEST,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	order,
	pay,
	saleOf,
	sendWebhook,
	STEPS,
	vendOf,
	WORKSHOP,
	type Shop,
} from '../harness/shop.ts';

interface Town {
	readonly shop: Shop;
	readonly counter: Counter;
	readonly office: Caller;
	/** The shift changes hands. */
	shiftId: string;
}

interface Event {
	readonly what: keyof typeof EVENTS;
	readonly drn: string;
	readonly amountMinor: number;
}

/** Whatever may happen; a refusal is as good an end as any. */
const EVENTS = {
	async 'sold at the till'({ shop, counter }: Town, { drn, amountMinor }: Event) {
		const request = floatSaleOf(counter, drn, amountMinor);
		await requestVend(shop.backend, counter.caller, newId(), request);
	},
	async 'sold over the web'({ shop }: Town, { drn, amountMinor }: Event) {
		const sale = saleOf(drn, amountMinor);
		await order(shop.backend, sale);
		await pay(shop.backend, sale);
		await vendOf(shop.backend, sale.id);
	},
	async 'refused by the module'(town: Town, event: Event) {
		town.shop.module.behaviour = 'vending-key-limit';
		await EVENTS[event.amountMinor % 2 === 0 ? 'sold at the till' : 'sold over the web'](
			town,
			event,
		);
		town.shop.module.behaviour = 'answers';
	},
	async 'left half done'(town: Town, event: Event) {
		town.shop.module.behaviour = 'hangs';
		await EVENTS['sold at the till'](town, event);
		town.shop.module.behaviour = 'answers';
	},
	async 'taken back'({ shop }: Town, { drn, amountMinor }: Event) {
		const sale = saleOf(drn, amountMinor);
		await order(shop.backend, sale);
		await pay(shop.backend, sale);
		const clerk = { ...GUEST, roles: ['office-clerk'] as const, operatorId: newId() };
		await reverseVend(shop.backend, clerk, sale.id);
	},
	async 'paid too late'({ shop }: Town, { drn, amountMinor }: Event) {
		const sale = saleOf(drn, amountMinor);
		await order(shop.backend, sale);
		await pay(shop.backend, sale, 'declined');
		await shop.backend.database
			.updateTable('sandbox_charge')
			.set({ state: 'approved' })
			.where('reference', '=', sale.paymentId)
			.execute();
		await sendWebhook(shop.backend, sale.paymentId, newId());
	},
	async 'paid in'({ shop, office }: Town, { amountMinor }: Event) {
		const slip = { amountMinor, currency: 'KES', bankingReference: newId() };
		mustBeTaken(
			await putDeposit(shop.backend, office, newId(), { vendorId: 'corner-shop', ...slip }),
		);
	},
	async 'commission paid'({ shop, counter, office }: Town, { amountMinor }: Event) {
		const { commissionMinor } = mustBeTaken(await readVendorStatus(shop.backend, counter.caller));
		await settleCommission(shop.backend, office, newId(), {
			...{ vendorId: 'corner-shop', currency: 'KES', reference: 'as agreed' },
			amountMinor: Math.max(1, Math.min(amountMinor, commissionMinor)),
			paidTo: amountMinor % 2 === 0 ? 'float' : 'bank',
		});
	},
	async refunded({ shop, office }: Town, { drn, amountMinor }: Event) {
		const { open } = mustBeTaken(await listRefunds(shop.backend, office, {}));
		const item = open[amountMinor % Math.max(1, open.length)];
		if (item === undefined) return;
		const way = (['provider', 'bank', 'arrears'] as const)[amountMinor % 3]!;
		const { owedAs, subjectId, amountMinor: owed, currency } = item;
		await settleRefund(shop.backend, office, newId(), {
			...{ owedAs, subjectId, amountMinor: owed, currency, way, reference: 'R' },
			...(way === 'arrears' && { drn }),
		});
	},
	async 'next shift'(town: Town, { amountMinor }: Event) {
		const { shop, counter } = town;
		const cash = [{ denominationMinor: amountMinor, count: 1 }];
		const counted = { cash, others: [], reference: null };
		mustBeTaken(await closeBatch(shop.backend, counter.caller, town.shiftId, counted));
		town.shiftId = newId();
		const wish = { kind: 'shift', parentId: null, operatorId: counter.operatorId } as const;
		mustBeTaken(await openBatch(shop.backend, counter.caller, town.shiftId, wish));
	},
	async recovered({ shop }: Town) {
		await finishVends(shop.backend, 0);
	},
};

const anyEvent: fc.Arbitrary<Event> = fc.record({
	what: fc.constantFrom(...(Object.keys(EVENTS) as (keyof typeof EVENTS)[])),
	drn: fc.constantFrom(KITCHEN, WORKSHOP, STEPS, COTTAGE),
	// Enough for the fixed charge of the month.
	amountMinor: fc.integer({ min: 12_000, max: 150_000 }),
});
const anyDay = fc.array(anyEvent, { minLength: 5, maxLength: 25 });

async function openTown(): Promise<Town> {
	const shop = await openShop();
	const counter = await openCounter(shop.backend, {
		floatMinor: 500_000,
		creditLimitMinor: 50_000,
	});
	const office = await employ(shop.backend, { roles: ['office-manager'] });
	return { shop, counter, office, shiftId: counter.shiftId };
}

describe('random days', () => {
	it('end with sound books and a clean close', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(anyDay, { minLength: 1, maxLength: 3 }), async (days) => {
				const town = await openTown();
				const { shop, office } = town;
				try {
					for (const [at, day] of days.entries()) {
						for (const event of day) {
							shop.clock.ms += 60_000;
							await EVENTS[event.what](town, event);
						}
						// Eight in the morning after, in Nairobi.
						shop.clock.ms = Date.UTC(2026, 10, 21 + at, 5);
						const report = await closeDay(shop.backend, office, `2026-11-${20 + at}`);
						expect(isRefusal(report) ? report : report.differences).toEqual([]);
						expect(await whatIsWrong(shop.backend.database)).toEqual([]);
					}
				} finally {
					await shop.dispose();
				}
			}),
			{ numRuns: 12, seed: 20_261_120, endOnFailure: true },
		);
	});
});
