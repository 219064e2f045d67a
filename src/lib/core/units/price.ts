/** Prices and rates as a person reads them. Display only. */
import { DIRECTION_MARKS, type Currency } from './money.ts';

/** A price of 10⁻⁴ minor units per kWh, such as `KES 12.23`: two decimals, up to four where it has them. */
export function formatPrice(pricePerKwhE4: number, currency: Currency, language: string): string {
	return new Intl.NumberFormat(language, {
		style: 'currency',
		currency: currency.code,
		currencyDisplay: 'code',
		minimumFractionDigits: currency.minorDigits,
		maximumFractionDigits: currency.minorDigits + 2,
	})
		.format(pricePerKwhE4 / 10_000 / 10 ** currency.minorDigits)
		.replace(DIRECTION_MARKS, '');
}

/** A rate of basis points, such as `16%`. */
export function formatRate(basisPoints: number, language: string): string {
	return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(
		basisPoints / 10_000,
	);
}
