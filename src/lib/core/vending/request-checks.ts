/**
 * What is checked of a sale before anything is asked or stored, by the app while typing and by the
 * backend again. Each decision is a function of its arguments; the first refusal in its order stands.
 */
import type { RefusalCode } from './refusals.ts';

/** Lengths of a decoder reference number: with a 2-digit and with a 4-digit manufacturer code. */
const DRN_LENGTHS = [11, 13];

/**
 * A meter number as typed or scanned, as its digits; white space and dashes between them are allowed.
 * Order: `meter-number-empty`, `meter-number-not-digits`, `meter-number-length`, `meter-check-digit`
 * (Luhn over all digits, IEC 62055-41 on the DRN).
 */
export function decideMeterNumber(text: string):
	| { drn: string }
	| {
			refusal: Extract<
				RefusalCode,
				| 'meter-number-empty'
				| 'meter-number-not-digits'
				| 'meter-number-length'
				| 'meter-check-digit'
			>;
	  } {
	const drn = text.replace(/[\s\u00a0\u202f\u2010-\u2015-]/g, '');
	if (drn === '') return { refusal: 'meter-number-empty' };
	if (!/^[0-9]+$/.test(drn)) return { refusal: 'meter-number-not-digits' };
	if (!DRN_LENGTHS.includes(drn.length)) return { refusal: 'meter-number-length' };
	if (!passesLuhn(drn)) return { refusal: 'meter-check-digit' };
	return { drn };
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

/** Every second digit from the right doubled (less 9 above 9): the sum of a sound number ends in 0. */
function passesLuhn(digits: string): boolean {
	let sum = 0;
	for (let place = 0; place < digits.length; place += 1) {
		const digit = Number(digits[digits.length - 1 - place]);
		const doubled = place % 2 === 1 ? digit * 2 : digit;
		sum += doubled > 9 ? doubled - 9 : doubled;
	}
	return sum % 10 === 0;
}
