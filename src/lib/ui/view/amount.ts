/** What the amount field says of what is typed in it: an amount, or the first reason why it is none. */
import { parseAmount, type AmountRefusal, type Currency } from '#lib/core/units/money.ts';
import { decideAmount, type AmountLimits } from '#lib/core/vending/request-checks.ts';

export type TypedAmount =
	| { readonly amountMinor: number }
	| { readonly refusal: AmountRefusal | 'amount-below-minimum' | 'amount-above-maximum' };

/** @param limits null for a meter that this device does not know: the backend says them later */
export function decideTypedAmount(
	text: string,
	currency: Currency,
	limits: Omit<AmountLimits, 'currency'> | null,
): TypedAmount {
	const parsed = parseAmount(text, currency);
	if ('refusal' in parsed || limits === null) return parsed;
	const refusal = decideAmount(parsed.amountMinor, currency.code, { ...limits, currency });
	switch (refusal) {
		case 'amount-below-minimum':
		case 'amount-above-maximum':
			return { refusal };
		default:
			// Whole, positive and of this currency: it was parsed as such.
			return parsed;
	}
}

/** An amount as it would be typed, for a quick choice. */
export function typedFrom(amountMinor: number, currency: Currency): string {
	const scale = 10 ** currency.minorDigits;
	return amountMinor % scale === 0
		? String(amountMinor / scale)
		: (amountMinor / scale).toFixed(currency.minorDigits);
}
