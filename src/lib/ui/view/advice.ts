/** Advice on when to buy, from what this device knows of a meter. */
import type { MeterUse } from '#lib/browser/store/use.ts';
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import { civilMomentOf, formatMonth, startOfDay } from '#lib/core/units/instant.ts';
import { decideBlockAdvice, type BlockAdvice } from '#lib/core/vending/block-advice.ts';
import { decideCreditLeft } from '#lib/core/vending/days-left.ts';
import { firstOfNext } from '#lib/core/vending/month-end.ts';
import { accountInMonth } from '#lib/core/vending/price.ts';
import type { AccountState } from '#lib/core/vending/tariff.ts';
import { DAY_MS } from '#lib/core/vending/use-facts.ts';

/** Older words of the backend are no ground for advice: a tariff may have changed. */
const OLDEST_MS = 7 * DAY_MS;
/** Until then the account is taken to be what the backend said. */
const FRESH_MS = DAY_MS;

/** Null: none is given. @param nowMs by the backend's clock as last heard; one that is behind the meter's look-up gives none */
export function adviceFor(
	confirmation: MeterConfirmation,
	use: MeterUse,
	amountMinor: number,
	nowMs: number,
): BlockAdvice | null {
	const { tariff, nextTariff, utility, asOfMs } = confirmation;
	const ageMs = nowMs - asOfMs;
	if (ageMs > OLDEST_MS || ageMs < -FRESH_MS || amountMinor <= 0) return null;
	const moment = civilMomentOf(Math.max(nowMs, asOfMs), utility.timeZone);
	const left = decideCreditLeft(use, nowMs);
	const known = 'missing' in left ? null : left;
	const firstMs = startOfDay(firstOfNext(moment), utility.timeZone);
	return decideBlockAdvice({
		...{ amountMinor, tariff, moment, freeDeciKwh: use.freeDeciKwh },
		// One that comes later than the first is not the first's.
		nextTariff: nextTariff && nextTariff.fromMs <= firstMs ? nextTariff.tariff : tariff,
		account: withOwnPurchases(confirmation, use, formatMonth(moment)),
		accountIsFresh: ageMs <= FRESH_MS,
		whPerDay: known?.rate.whPerDay ?? null,
		daysLeft: known?.days ?? null,
	});
}

/** The account as the backend said it, moved on by what was bought on this device since. */
function withOwnPurchases(
	{ account, asOfMs, utility }: MeterConfirmation,
	{ bought }: MeterUse,
	month: string,
): AccountState {
	const now = accountInMonth(account, month);
	const since = bought.filter(
		({ atMs, energyDeciKwh }) =>
			energyDeciKwh > 0 &&
			atMs > asOfMs &&
			formatMonth(civilMomentOf(atMs, utility.timeZone)) === month,
	);
	if (since.length === 0) return now;
	const more = since.reduce((sum, { energyDeciKwh }) => sum + energyDeciKwh, 0);
	return { ...now, boughtDeciKwh: now.boughtDeciKwh + more, fixedChargeDue: false };
}
