/**
 * Time of use as a value: the calendar that holds, the one that waits, the rate now, and a register for
 * each rate. What the registers hold together is what the meter has counted since it has a tariff.
 */
import { type Calendar, isWhole, nextSwitchMs, rateAt, RATES } from './calendar.ts';

export interface Tariff {
	readonly active: Calendar;
	readonly passive: Calendar;
	/** When, on the meter's clock, the passive calendar takes over; null: not planned. */
	readonly activateAtMs: number | null;
	/** The rate that counts now, 1 … 8. */
	readonly rate: number;
	/** Wh by rate, the first one first. */
	readonly registersWh: readonly number[];
}

/** Registers at nothing, by the calendar of the factory. */
export function createTariff(calendar: Calendar, clockMs: number): Tariff {
	return {
		active: calendar,
		passive: calendar,
		activateAtMs: null,
		rate: rateAt(calendar, clockMs),
		registersWh: Array.from({ length: RATES }, () => 0),
	};
}

/** The tariff after `energyWh` at the rate that counts. */
export function countRate(tariff: Tariff, energyWh: number): Tariff {
	if (energyWh === 0) return tariff;
	const at = tariff.rate - 1;
	const counted = (tariff.registersWh[at] as number) + energyWh;
	return { ...tariff, registersWh: tariff.registersWh.with(at, counted) };
}

/** The passive calendar made active; undefined where it is not whole. */
export function activatePassive(tariff: Tariff): Tariff | undefined {
	if (!isWhole(tariff.passive)) return undefined;
	return { ...tariff, active: tariff.passive, activateAtMs: null };
}

/** The tariff as the clock has it: a planned calendar taken over, the rate of that moment. */
export function setByClock(tariff: Tariff, clockMs: number): Tariff {
	const isDue = tariff.activateAtMs !== null && tariff.activateAtMs <= clockMs;
	// A plan that cannot be carried out is dropped.
	const planned = isDue ? (activatePassive(tariff) ?? { ...tariff, activateAtMs: null }) : tariff;
	return { ...planned, rate: rateAt(planned.active, clockMs) };
}

/** The next moment on the clock after `clockMs` at which something of the tariff may change. */
export function nextTariffMs({ active, activateAtMs }: Tariff, clockMs: number): number {
	const planned = activateAtMs !== null && activateAtMs > clockMs ? activateAtMs : Infinity;
	return Math.min(planned, nextSwitchMs(active, clockMs));
}
