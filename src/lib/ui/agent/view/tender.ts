/** What the customer hands over, and the change. Pure; money in minor units. */
import { parseAmount, type AmountRefusal, type Currency } from '#lib/core/units/money.ts';
import type { TenderMethod } from '#lib/core/sync/wire.ts';

export type Tender =
	| { readonly tenderedMinor: number; readonly changeMinor: number }
	| { readonly refusal: Exclude<AmountRefusal, 'empty'> }
	| { readonly refusal: 'too-little'; readonly missingMinor: number };

/** Nothing typed, or not cash: exactly the amount. */
export function decideTender(
	text: string,
	amountMinor: number,
	method: TenderMethod,
	currency: Currency,
): Tender {
	const exact = { tenderedMinor: amountMinor, changeMinor: 0 };
	if (method !== 'cash') return exact;
	const parsed = parseAmount(text, currency);
	if ('refusal' in parsed) return parsed.refusal === 'empty' ? exact : { refusal: parsed.refusal };
	const changeMinor = parsed.amountMinor - amountMinor;
	if (changeMinor < 0) return { refusal: 'too-little', missingMinor: -changeMinor };
	return { tenderedMinor: parsed.amountMinor, changeMinor };
}

/** What people round up to, in major units. */
const NOTES = [50, 100, 200, 500, 1_000, 5_000, 10_000, 50_000, 100_000];
const MOST = 3;

/** Up to three amounts above the one to be paid that a customer is likely to hand over, rising. */
export function quickNotes(amountMinor: number, { minorDigits }: Currency): number[] {
	const scale = 10 ** minorDigits;
	const rounded = NOTES.map((note) => Math.ceil(amountMinor / (note * scale)) * note * scale);
	return [...new Set(rounded)].filter((notes) => notes > amountMinor).slice(0, MOST);
}
