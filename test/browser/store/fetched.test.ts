/** Purchases fetched again, kept among those of this device, and asked about like any other. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepFetched } from '#lib/browser/store/fetched.ts';
import { readKeypad } from '#lib/browser/store/keypad.ts';
import { readSale, readSales, storeSale } from '#lib/browser/store/sales.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import { askMoney, type MoneyPorts } from '#lib/browser/sync/ask-money.ts';
import type { FetchedPurchase } from '#lib/core/sync/fetch.ts';
import { fbeAskedOf } from '#lib/core/sync/fbe.ts';
import { decideStep } from '#lib/core/sync/outbox.ts';
import type { PaymentAnswer, VendAnswer } from '#lib/core/sync/wire.ts';
import { decideFbeStanding } from '#lib/core/vending/fbe-reminder.ts';
import * as sales from '../../core/sync/sale.ts';

const BY = { drn: '01234567895', phone: '+254712345678' };
const currency = { code: 'KES', minorDigits: 2 };

let store: TokenlineStore;
let last = 0;
beforeEach(() => void (store = new TokenlineStore(`fetched-${(last += 1)}`)));
afterEach(() => store.delete());

const purchase = (vend: VendAnswer, more: Partial<FetchedPurchase> = {}): FetchedPurchase => ({
	...{ acceptedAtMs: 1_500, amountMinor: 50_000, currency, vend, ...more },
});
const keep = (...purchases: FetchedPurchase[]) => keepFetched(store, purchases, BY, 9_000);

describe('a fetched purchase', () => {
	it('with its token is kept with receipt and digits, and can be keyed in with the coach', async () => {
		const request = { ...sales.row().request, notifyPhone: BY.phone };
		expect(await keep(purchase(sales.issued, { request }))).toEqual([sales.ID]);
		const sale = await readSale(store, sales.ID);
		expect(sale).toMatchObject({
			row: { request, createdAtMs: 1_500, seen: { ownerMasked: 'A****', currency } },
			progress: { state: 'issued', answer: sales.issued },
		});
		expect((await readKeypad(store, sales.ID))?.issued.tokens).toHaveLength(1);
	});

	it('of a till is kept as far as it is known, and never sent', async () => {
		expect(await keep(purchase(sales.issued))).toEqual([sales.ID]);
		const sale = (await readSale(store, sales.ID))!;
		expect(sale.row.request).toEqual({
			...{ drn: BY.drn, amountMinor: 50_000, currency: 'KES', paymentId: sales.PAYMENT_ID },
			...{ agreed: null, notifyPhone: BY.phone, requestedAtMs: 1_500 },
		});
		expect(decideStep(sale.progress)).toBeNull();
	});

	it('of free electricity counts as this month’s, here as where it was asked for', async () => {
		const issuedAtMs = Date.UTC(2026, 10, 20);
		const free = {
			...{ ...sales.issued, paymentId: null },
			receipt: {
				...(sales.issued.state === 'issued' && sales.issued.receipt),
				...{ kind: 'fbe', issuedAtMs },
			},
		} as VendAnswer;
		await keep(purchase(free, { amountMinor: 0 }));
		const kept = await readSales(store);
		expect(kept[0]?.row.request).toEqual({
			...{ kind: 'fbe', drn: BY.drn, notifyPhone: BY.phone, requestedAtMs: 1_500 },
		});
		const atMs = Date.UTC(2026, 10, 10);
		const heard = { asOfMs: atMs, heardAtMs: atMs, timeZone: 'Africa/Nairobi' };
		const standing = decideFbeStanding(
			{ entitledDeciKwh: 500, given: false, ...heard },
			fbeAskedOf(kept, BY.drn),
			Date.UTC(2026, 10, 25),
		);
		expect(standing).toEqual({ kind: 'given', month: '2026-11', id: sales.ID });
		expect(decideStep(kept[0]!.progress)).toBeNull();
	});

	it('under way goes on here, as the same purchase', async () => {
		const { request } = sales.row();
		await keep(purchase(sales.awaiting, { request, payment: sales.payment }));
		const { row, progress } = (await readSale(store, sales.ID))!;
		expect(row.request).toEqual(request);
		expect(progress).toMatchObject({
			...{ state: 'awaiting-payment', sent: true, paymentAsked: true },
			payUrl: sales.payment.payUrl,
		});
		expect(decideStep(progress)).toBe('ask-vend');
	});

	it('under way of which the request is not known is not kept', async () => {
		expect(await keep(purchase(sales.awaiting))).toEqual([]);
		expect(await readSales(store)).toEqual([]);
	});

	it('that is here already keeps its row, and comes to where the backend says', async () => {
		await storeSale(store, sales.row());
		expect(await keep(purchase(sales.issued))).toEqual([sales.ID]);
		expect(await readSale(store, sales.ID)).toMatchObject({
			row: sales.row(),
			progress: { state: 'issued' },
		});
		await keep(purchase(sales.issued));
		expect(await readSales(store)).toHaveLength(1);
	});

	it('is kept with the others or not at all', async () => {
		const broken = purchase({ ...sales.issued, id: undefined as unknown as string });
		await expect(keep(purchase(sales.issued), broken)).rejects.toThrow();
		expect(await readSales(store)).toEqual([]);
	});
});

describe('the money of a sale that has ended', () => {
	const told = {
		...{ paidMinor: 5, takenBackMinor: 0, owedMinor: 5, returnedMinor: 0 },
		...{ returned: null, foreign: false },
	};
	const ports = (money?: PaymentAnswer['money']) => {
		const asked: string[] = [];
		const askPayment = async (id: string) => {
			asked.push(id);
			const answer = { ...sales.payment, ...(money && { money }) };
			return { kind: 'answer', answer } as const;
		};
		const faults: unknown[] = [];
		const kept: MoneyPorts['keep'] = async (work) => {
			try {
				return { kept: await stored(work) };
			} catch (fault) {
				faults.push(fault);
				return undefined;
			}
		};
		return { asked, faults, store, api: { askPayment }, now: () => 9_500, keep: kept };
	};

	it('is asked for by its payment and kept with it', async () => {
		await keep(purchase(sales.refused));
		const own = ports(told);
		expect(await askMoney(own, (await readSale(store, sales.ID))!)).toBe(true);
		expect(own.asked).toEqual([sales.PAYMENT_ID]);
		expect((await readSale(store, sales.ID))?.progress).toMatchObject({
			...{ state: 'refused', money: { told, heardMs: 9_500 } },
		});
	});

	it('is not asked for while the sale is under way; no answer changes nothing', async () => {
		await storeSale(store, sales.row());
		const own = ports(told);
		expect(await askMoney(own, (await readSale(store, sales.ID))!)).toBe(false);
		expect(own.asked).toEqual([]);
		await keep(purchase(sales.refused));
		const before = (await readSale(store, sales.ID))!;
		expect(await askMoney(ports(), before)).toBe(false);
		const silent = { ...own, api: { askPayment: async () => ({ kind: 'unknown' }) as const } };
		expect(await askMoney(silent, before)).toBe(false);
		expect(await readSale(store, sales.ID)).toEqual(before);
	});

	it('is known as before where the device is full, which the screens say', async () => {
		await keep(purchase(sales.refused));
		const before = (await readSale(store, sales.ID))!;
		const own = ports(told);
		const full = new DOMException('full', 'QuotaExceededError');
		vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
			throw full;
		});
		expect(await askMoney(own, before)).toBe(false);
		expect(own.faults).toMatchObject([{ name: 'StoreFault', kind: 'no-space' }]);
		vi.restoreAllMocks();
		expect(await readSale(store, sales.ID)).toEqual(before);
	});
});
