/** What an amount buys by what this device knows: the same function that the backend prices with. */
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import { civilMomentOf, formatMonth } from '#lib/core/units/instant.ts';
import { accountInMonth, priceVend } from '#lib/core/vending/price.ts';
import { tariffAt } from '#lib/core/vending/tariff-at.ts';
import type { Waterfall } from '#lib/core/vending/waterfall.ts';

export type Offer = { readonly waterfall: Waterfall } | { readonly refusal: 'amount-buys-nothing' };

/** @param nowMs the device's clock; one that is behind the backend's last word is not believed */
export function priceOffer(
	{ tariff, account, utility, asOfMs }: MeterConfirmation,
	amountMinor: number,
	nowMs: number,
): Offer {
	const moment = civilMomentOf(Math.max(nowMs, asOfMs), utility.timeZone);
	const month = formatMonth(moment);
	return priceVend(amountMinor, tariffAt(tariff, moment), accountInMonth(account, month));
}
