/** What was bought in each calendar month of the utility, for a chart. Energy in 0.1 kWh. */
import { civilDateOf, formatMonth } from '#lib/core/units/instant.ts';
import type { BoughtEnergy } from './use-facts.ts';

export interface MonthBought {
	readonly year: number;
	/** 1 – 12. */
	readonly month: number;
	readonly energyDeciKwh: number;
}

/** The months up to this one, the oldest first; those without a purchase are there too. */
export function boughtByMonth(
	bought: readonly BoughtEnergy[],
	nowMs: number,
	timeZone: string,
	months: number,
): MonthBought[] {
	const sums = new Map<string, number>();
	for (const { atMs, energyDeciKwh } of bought) {
		const key = formatMonth(civilDateOf(atMs, timeZone));
		sums.set(key, (sums.get(key) ?? 0) + energyDeciKwh);
	}
	const now = civilDateOf(nowMs, timeZone);
	return Array.from({ length: months }, (_, at) => {
		const number = now.year * 12 + now.month - 1 - (months - 1 - at);
		const [year, month] = [Math.floor(number / 12), (number % 12) + 1];
		const energyDeciKwh = sums.get(formatMonth({ year, month, day: 1 })) ?? 0;
		return { year, month, energyDeciKwh };
	});
}

/**
 * The top of an axis that holds a value: one to five, or one and a half, of a power of ten, and half of it whole
 * kWh as well.
 */
export function axisTop(mostDeciKwh: number): number {
	for (let scale = 20; ; scale *= 10)
		for (const half of [2, 3, 4, 6, 8, 10]) {
			const top = (scale / 2) * half;
			if (top >= mostDeciKwh && top % 20 === 0) return top;
		}
}
