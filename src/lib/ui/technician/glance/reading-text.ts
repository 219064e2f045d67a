/** Readings of a glance as texts: the value, or quietly why there is none. */
import { formatQuantity, type Quantity } from '#lib/core/field/quantity.ts';
import type { Reading } from '#lib/core/field/reading.ts';
import { language } from '#lib/ui/state/language.ts';
import { words } from '#lib/ui/technician/words.ts';

export interface ShownReading {
	readonly text: string;
	/** There is no value; the text says why. */
	readonly absent: boolean;
}

const isResult = (result: string): result is keyof typeof words.glance.results =>
	Object.hasOwn(words.glance.results, result);

/** A reading, its value through `format`. */
export function readingText<Value>(
	reading: Reading<Value>,
	format: (value: Value) => string,
): ShownReading {
	switch (reading.state) {
		case 'read':
			return { text: format(reading.value), absent: false };
		case 'not-readable': {
			const { results, otherResult, notReadable } = words.glance;
			const { result } = reading;
			const said = isResult(result) ? results[result] : otherResult(result);
			return { text: notReadable(said), absent: true };
		}
		default:
			return { text: words.glance.absent[reading.state], absent: true };
	}
}

export const quantityText = (quantity: Quantity): string => formatQuantity(quantity, language);

export const quantityReading = (reading: Reading<Quantity>): ShownReading =>
	readingText(reading, quantityText);

export const numberText = (value: number): string => new Intl.NumberFormat(language).format(value);

const SECOND_MS = 1000;
const UNITS = [
	{ unit: 'day', ms: 86_400_000 },
	{ unit: 'hour', ms: 3_600_000 },
	{ unit: 'minute', ms: 60_000 },
	{ unit: 'second', ms: SECOND_MS },
] as const;

/** A span of time in its two largest units: `2 hr 3 min`, `40 sec`. Whole seconds. */
export function spanText(ms: number): string {
	const whole = Math.round(Math.abs(ms) / SECOND_MS) * SECOND_MS;
	const first = UNITS.findIndex((each) => whole >= each.ms);
	if (first < 0) return unitText(0, 'second');
	let rest = whole;
	const parts: string[] = [];
	for (const { unit, ms: length } of UNITS.slice(first, first + 2)) {
		const count = Math.floor(rest / length);
		rest -= count * length;
		if (count > 0) parts.push(unitText(count, unit));
	}
	return parts.join(' ');
}

const unitText = (count: number, unit: string): string =>
	new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
