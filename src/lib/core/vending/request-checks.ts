/**
 * What is checked of a sale before anything is asked or stored, by the app while typing and by the
 * backend again. Each decision is a function of its arguments; the first refusal in its order stands.
 */
import { parseDrn, type DrnRefusal } from '#lib/core/sts/drn.ts';
import type { RefusalCode } from './refusals.ts';

type MeterNumberRefusal = Extract<
	RefusalCode,
	'meter-number-empty' | 'meter-number-not-digits' | 'meter-number-length' | 'meter-check-digit'
>;

const REFUSED: Record<DrnRefusal, MeterNumberRefusal> = {
	empty: 'meter-number-empty',
	'not-digits': 'meter-number-not-digits',
	'wrong-length': 'meter-number-length',
	'check-digit': 'meter-check-digit',
};

/**
 * A meter number as typed or scanned, as its digits; spaces and hyphens between them are passed over.
 * Order: `meter-number-empty`, `meter-number-not-digits`, `meter-number-length`, `meter-check-digit`.
 */
export function decideMeterNumber(text: string): { drn: string } | { refusal: MeterNumberRefusal } {
	const parsed = parseDrn(text);
	return 'drn' in parsed ? parsed : { refusal: REFUSED[parsed.refusal] };
}

/** What a utility sells in one sale, in its currency's minor units. */
export interface AmountLimits {
	readonly minTenderMinor: number;
	readonly maxTenderMinor: number;
	readonly currency: { readonly code: string };
}

/**
 * Whether a sale of this amount may be made at all. Order: `currency-unknown`, `amount-not-whole`,
 * `amount-not-positive`, `amount-below-minimum`, `amount-above-maximum`; undefined: it may.
 */
export function decideAmount(
	amountMinor: number,
	currency: string,
	limits: AmountLimits,
):
	| Extract<
			RefusalCode,
			| 'currency-unknown'
			| 'amount-not-whole'
			| 'amount-not-positive'
			| 'amount-below-minimum'
			| 'amount-above-maximum'
	  >
	| undefined {
	if (currency !== limits.currency.code) return 'currency-unknown';
	if (!Number.isInteger(amountMinor)) return 'amount-not-whole';
	if (amountMinor <= 0) return 'amount-not-positive';
	if (amountMinor < limits.minTenderMinor) return 'amount-below-minimum';
	if (amountMinor > limits.maxTenderMinor) return 'amount-above-maximum';
	return undefined;
}
