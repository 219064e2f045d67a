/**
 * Whether a sale may be made, and what it would buy: the same checks before a trial vend, before a real
 * one is accepted, and again when its money has come.
 */
import { formatAmount } from '#lib/core/units/money.ts';
import { decideTid, isBaseDate } from '#lib/core/sts/tid.ts';
import { priceVend, type VendPrice } from '#lib/core/vending/price.ts';
import { decideAmount } from '#lib/core/vending/request-checks.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { SupplyGroupKeyRow, UtilityRow } from '../database/schema.ts';
import type { MeterFacts } from '../meter/find-meter.ts';
import { isRefusal, type Refusal } from '../refusal.ts';

/**
 * Order: `meter-blocked`, the amount's own (`decideAmount`), `vending-key-unknown`, `vending-key-expired`,
 * `tid-exhausted`, `amount-buys-nothing`.
 */
export function checkSale(
	facts: MeterFacts,
	sale: { amountMinor: number; currency: string },
	nowMs: number,
): VendPrice | Refusal {
	if (facts.meter.state === 'blocked') return { refusal: 'meter-blocked' };
	const amount = checkAmount(facts.utility, sale);
	if (amount !== undefined) return amount;
	const tid = nextTid(facts.key, undefined, nowMs);
	if (isRefusal(tid)) return tid;
	return priceVend(sale.amountMinor, facts.tariff, facts.account);
}

function checkAmount(
	utility: UtilityRow,
	sale: { amountMinor: number; currency: string },
): Refusal | undefined {
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

const TID_REFUSALS = {
	'before-base-date': 'vending-key-unknown',
	'era-over': 'tid-exhausted',
	'key-expired': 'vending-key-expired',
} as const satisfies Record<string, RefusalCode>;

/** The TID that a token made now would carry, after the meter's last one. */
export function nextTid(
	key: SupplyGroupKeyRow | undefined,
	lastTid: number | undefined,
	nowMs: number,
): { tid: number } | Refusal {
	if (key === undefined || !isBaseDate(key.base_year)) return { refusal: 'vending-key-unknown' };
	const decided = decideTid({ instantMs: nowMs, baseDate: key.base_year, ken: key.ken, lastTid });
	return 'refusal' in decided ? { refusal: TID_REFUSALS[decided.refusal] } : decided;
}
