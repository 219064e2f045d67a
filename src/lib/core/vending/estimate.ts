/**
 * What an amount buys by what a till knows without the network: by the kept confirmation of the meter, else by
 * the tariff that most meters are on. The function is that of the backend; what it is given may be old, so
 * that what comes of it is an estimate. Pure.
 */
import { formatMonth, type CivilMoment } from '#lib/core/units/instant.ts';
import { accountInMonth, priceVend } from './price.ts';
import { tariffAt } from './tariff-at.ts';
import type { AccountState, Tariff } from './tariff.ts';
import type { Waterfall } from './waterfall.ts';

export interface Estimate {
	readonly waterfall: Waterfall;
	/** Together they name the prices. */
	readonly tariff: { readonly id: string; readonly version: number };
}

/**
 * @param account as it was last known; null: the meter was never seen here, and is taken to have bought nothing
 * this month and to owe its fixed charge, so that the estimate is rather too low
 */
export function estimateVend(
	amountMinor: number,
	tariff: Tariff,
	account: AccountState | null,
	moment: CivilMoment,
): Estimate | { readonly refusal: 'amount-buys-nothing' } {
	const month = formatMonth(moment);
	const known = account ?? { ...UNSEEN, month };
	const price = priceVend(amountMinor, tariffAt(tariff, moment), accountInMonth(known, month));
	if ('refusal' in price) return price;
	const { id, version } = tariff;
	return { waterfall: price.waterfall, tariff: { id, version } };
}

const UNSEEN = { boughtDeciKwh: 0, fixedChargeDue: true, arrearsMinor: 0, leftOverMinor: 0 };
