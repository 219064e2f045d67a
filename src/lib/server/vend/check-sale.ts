/**
 * Whether a sale may be made, and what it would buy: the same checks before a trial vend, before a real
 * one is accepted, and again when its money has come.
 */
import type { FloatVendRequest, VendRequest } from '#lib/core/sync/wire.ts';
import { formatAmount } from '#lib/core/units/money.ts';
import { priceVend, type VendPrice } from '#lib/core/vending/price.ts';
import { decideAmount } from '#lib/core/vending/request-checks.ts';
import type { UtilityRow } from '../database/schema.ts';
import type { MeterFacts } from '../meter/find-meter.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { planNewestKey, type KeyPlan } from './plan-keys.ts';

export interface Sale {
	readonly amountMinor: number;
	readonly currency: string;
}

/**
 * Order: `meter-blocked`, the amount's own (`decideAmount`), those of the key (`planNewestKey`),
 * `amount-buys-nothing`.
 */
export function checkSale(
	facts: MeterFacts,
	sale: Sale,
	nowMs: number,
): { price: VendPrice; keys: KeyPlan } | Refusal {
	if (isBlocked(facts)) return BLOCKED;
	const amount = checkAmount(facts.utility, sale);
	if (amount !== undefined) return amount;
	const keys = checkMeter(facts, nowMs);
	if (isRefusal(keys)) return keys;
	const price = priceVend(sale.amountMinor, facts.tariff, facts.account);
	return 'refusal' in price ? price : { price, keys };
}

/** Whether credit is sold to a meter at all. Order: `meter-blocked`, those of the key (`planNewestKey`). */
export function checkMeter(facts: MeterFacts, nowMs: number): KeyPlan | Refusal {
	if (isBlocked(facts)) return BLOCKED;
	return planNewestKey(facts, facts.utility.key_change_policy, nowMs);
}

const BLOCKED: Refusal = { refusal: 'meter-blocked' };
const isBlocked = ({ meter }: MeterFacts): boolean => meter.state === 'blocked';

function checkAmount(utility: UtilityRow, sale: Sale): Refusal | undefined {
	const currency = { code: utility.currency_code, minorDigits: utility.currency_minor_digits };
	const limits = {
		currency,
		minTenderMinor: utility.min_tender_minor,
		maxTenderMinor: utility.max_tender_minor,
	};
	const refusal = decideAmount(sale.amountMinor, sale.currency, limits);
	if (refusal === undefined) return undefined;
	const written = (amountMinor: number) => formatAmount(amountMinor, currency, 'en');
	return {
		refusal,
		facts: {
			currency: currency.code,
			minimum: written(limits.minTenderMinor),
			minimumMinor: limits.minTenderMinor,
			maximum: written(limits.maxTenderMinor),
			maximumMinor: limits.maxTenderMinor,
		},
	};
}

/**
 * Order: `confirmation-needed`, `price-changed`. Undefined: the person agreed to this, to less, or to whatever
 * it is.
 */
export function checkAgreement(
	{ agreed, estimated }: Pick<VendRequest, 'agreed'> & Pick<FloatVendRequest, 'estimated'>,
	{ waterfall }: VendPrice,
): Refusal | undefined {
	if (estimated) return undefined;
	if (agreed === null) return { refusal: 'confirmation-needed', waterfall };
	if (waterfall.energyDeciKwh < agreed.energyDeciKwh)
		return { refusal: 'price-changed', waterfall };
	return undefined;
}
