/**
 * A measured value, exact: a whole number × 10^scaler with its unit, as COSEM registers carry it (IEC
 * 62056-6-2, class 3). Floats of meters become the shortest decimal that is the same float.
 */
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { formatScaled } from '#lib/core/dlms/cosem/scaled.ts';

export interface Quantity {
	readonly raw: bigint;
	/** −128 … 127, and below for floats. */
	readonly scaler: number;
	/** "Wh", "V", "KES"; empty where the meter names none. */
	readonly unit: string;
}

/** A decimal number, exact. */
export interface Decimal {
	readonly raw: bigint;
	readonly scaler: number;
}

/** The exact decimal text: 12345 × 10⁻² is "123.45". */
export function quantityText({ raw, scaler }: Decimal): string {
	return formatScaled(raw, scaler);
}

/** The value as a float, for charts and comparisons only. */
export function quantityNumber({ raw, scaler }: Decimal): number {
	return Number(`${raw}e${scaler}`);
}

/** The number in a Data: whole, or a float as its shortest decimal; undefined for anything else. */
export function decimalIn(data: Data): Decimal | undefined {
	switch (data.type) {
		case 'float32':
			return decimalOfFloat(data.value, Math.fround);
		case 'float64':
			return decimalOfFloat(data.value, Number);
		case 'boolean':
			return undefined;
		default:
			if (!('value' in data)) return undefined;
			return typeof data.value === 'number' || typeof data.value === 'bigint'
				? { raw: BigInt(data.value), scaler: 0 }
				: undefined;
	}
}

/** Digits that tell any two floats of 64 bits apart. */
const MOST_DIGITS = 17;

/** The shortest decimal that `round` takes back to the same float; undefined for what is no number. */
export function decimalOfFloat(
	value: number,
	round: (decimal: number) => number = Number,
): Decimal | undefined {
	if (!Number.isFinite(value)) return undefined;
	for (let digits = 1; digits <= MOST_DIGITS; digits += 1) {
		const text = value.toExponential(digits - 1);
		if (round(Number(text)) !== value) continue;
		const [mantissa = '0', exponent = '0'] = text.split('e');
		const [whole = '0', fraction = ''] = mantissa.split('.');
		return { raw: BigInt(whole + fraction), scaler: Number(exponent) - fraction.length };
	}
	return undefined;
}

/** Units that people read in thousands. */
const IN_THOUSANDS: readonly string[] = ['Wh', 'varh', 'VAh', 'W', 'var', 'VA'];

/** Decimals that a language is asked to write; what has more is no measurement. */
const MOST_DECIMALS = 20;

/**
 * A quantity for a person in the manner of the language, every digit the meter has and none more:
 * "1,234.56 kWh". Energy and power from a thousand on are written in thousands. Display only.
 */
export function formatQuantity({ raw, scaler, unit }: Quantity, language: string): string {
	const large = Math.abs(quantityNumber({ raw, scaler })) >= 1000;
	const thousands = large && IN_THOUSANDS.includes(unit);
	const places = thousands ? scaler - 3 : scaler;
	const number = formatDecimal({ raw, scaler: places }, language);
	return unit === '' ? number : `${number}\u00a0${thousands ? `k${unit}` : unit}`;
}

/** A decimal for a person in the manner of the language, exact. Display only. */
export function formatDecimal(decimal: Decimal, language: string): string {
	const decimals = Math.max(0, -decimal.scaler);
	const text = quantityText(decimal);
	if (decimals > MOST_DECIMALS) return text;
	return new Intl.NumberFormat(language, {
		minimumFractionDigits: decimals,
		maximumFractionDigits: decimals,
	}).format(text as Intl.StringNumericLiteral);
}
