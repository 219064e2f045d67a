/**
 * What a person can wish for: a sale, a second look at its price, taking it back, free electricity. Each wish is stored first;
 * sending is the outbox's business.
 */
import { device } from '#lib/browser/device/device.ts';
import { serviceNow } from '#lib/browser/sync/service-clock.ts';
import { readSale, storeFbe, storeSale, withdrawSale } from '#lib/browser/store/sales.ts';
import type { TokenlineStore } from '#lib/browser/store/store.ts';
import { OUTBOX_SCHEMA, type OutboxRow } from '#lib/core/sync/outbox.ts';
import { isFbe } from '#lib/core/sync/fbe.ts';
import type { MeterConfirmation, VendRequest } from '#lib/core/sync/wire.ts';
import type { Currency } from '#lib/core/units/money.ts';
import type { Waterfall } from '#lib/core/vending/waterfall.ts';
import { withOutboxStill } from './drain.ts';

/** A sale as wished for on a screen. */
export interface SaleWish {
	readonly drn: string;
	readonly amountMinor: number;
	readonly currency: Currency;
	/** The meter as confirmed; null when this device has never seen it and is offline. */
	readonly confirmation: MeterConfirmation | null;
	/** What the screen said the money buys; null with no confirmation. */
	readonly waterfall: Waterfall | null;
	readonly offline: boolean;
	/** Where to send the token too; E.164, or null. */
	readonly notifyPhone: string | null;
}

/**
 * Stores a sale at the tap, before anything is sent.
 * @returns its id; where it is, is to be watched in the store
 */
export async function wishSale(store: TokenlineStore, wish: SaleWish): Promise<string> {
	const row = outboxRow(wish, null);
	await storeSale(store, row);
	return row.id;
}

/** Free electricity as wished for on a screen. */
export interface FbeWish {
	readonly drn: string;
	readonly currency: Currency;
	/** As in `SaleWish`. */
	readonly confirmation: MeterConfirmation | null;
	/** The month that the screen spoke of, `2026-11`; null: none. */
	readonly month: string | null;
	readonly offline: boolean;
}

/**
 * Stores at the tap that this month's free electricity is asked for, before anything is sent.
 * @returns its id: that of an earlier tap, in whatever tab, while it is under way or where it brought this month's
 */
export async function wishFbe(
	store: TokenlineStore,
	{ drn, currency, confirmation, month, offline }: FbeWish,
): Promise<string> {
	return storeFbe(store, {
		id: device.newId(),
		schema: OUTBOX_SCHEMA,
		createdAtMs: serviceNow().ms,
		request: { kind: 'fbe', drn, requestedAtMs: device.nowMs() },
		seen: {
			currency,
			ownerMasked: confirmation?.ownerMasked ?? null,
			area: confirmation?.area ?? null,
			waterfall: null,
			offline,
			...(month !== null && { month }),
		},
		supersedes: null,
	});
}

/**
 * Agrees to the price that the backend named: a new sale under a new id takes the old one's place.
 * @returns the new id, or null when the old sale no longer waits for it
 */
export async function confirmAgain(
	store: TokenlineStore,
	id: string,
	confirmation: MeterConfirmation | null,
): Promise<string | null> {
	return withOutboxStill(async () => {
		const sale = await readSale(store, id);
		if (sale?.progress.state !== 'confirm-again' || !sale.progress.waterfall || !confirmation)
			return null;
		const { request, seen } = sale.row;
		if (isFbe(request)) return null;
		const row = outboxRow(
			{
				drn: request.drn,
				amountMinor: request.amountMinor,
				currency: seen.currency,
				confirmation,
				waterfall: sale.progress.waterfall,
				offline: false,
				notifyPhone: request.notifyPhone ?? null,
			},
			id,
		);
		await storeSale(store, row);
		return row.id;
	});
}

/** Takes a sale back while nothing of it can be at the backend. Answers whether it was taken back. */
export function withdraw(store: TokenlineStore, id: string): Promise<boolean> {
	return withOutboxStill(() => withdrawSale(store, id, device.nowMs()));
}

function outboxRow(wish: SaleWish, supersedes: string | null): OutboxRow {
	// By the backend's time where it is known: a phone that woke up in 1970 still has its purchases in order.
	const nowMs = Math.max(0, serviceNow().ms);
	const { confirmation, waterfall } = wish;
	const agreed: VendRequest['agreed'] =
		confirmation && waterfall
			? {
					energyDeciKwh: waterfall.energyDeciKwh,
					tariff: { id: confirmation.tariff.id, version: confirmation.tariff.version },
				}
			: null;
	return {
		id: device.newId(),
		schema: OUTBOX_SCHEMA,
		createdAtMs: nowMs,
		request: {
			drn: wish.drn,
			amountMinor: wish.amountMinor,
			currency: wish.currency.code,
			paymentId: device.newId(),
			agreed,
			...(wish.notifyPhone !== null && { notifyPhone: wish.notifyPhone }),
			requestedAtMs: Math.max(0, device.nowMs()),
		},
		seen: {
			currency: wish.currency,
			ownerMasked: confirmation?.ownerMasked ?? null,
			area: confirmation?.area ?? null,
			waterfall,
			offline: wish.offline,
		},
		supersedes,
	};
}
