/**
 * What a device knows of how a meter's electricity is used: what was bought on this device, and what somebody
 * read off the meter's display. What others bought for the meter is not known here. Energy in Wh, instants in
 * epoch milliseconds by the backend's clock, as a device follows it (`units/service-time`).
 */
import { WH_PER_DECI_KWH } from '#lib/core/units/energy.ts';

export const DAY_MS = 86_400_000;

/** A token with credit that came to this device. */
export interface BoughtEnergy {
	readonly atMs: number;
	readonly energyDeciKwh: number;
}

/** The credit on the meter's display, by the person's word. */
export interface MeterReading {
	readonly atMs: number;
	readonly creditWh: number;
}

export interface UseFacts {
	readonly bought: readonly BoughtEnergy[];
	readonly readings: readonly MeterReading[];
}

/** Something that changed the credit, or told it. */
export type UseEvent =
	| { readonly kind: 'bought'; readonly atMs: number; readonly wh: number }
	| { readonly kind: 'read'; readonly atMs: number; readonly wh: number };

/** Purchases within a day of each other are one: the second tops the first up. */
const ONE_PURCHASE_MS = DAY_MS;
/** A reading soon after another one puts it right. */
const PUTS_RIGHT_MS = 60 * 60_000;

/** Purchases in their order, those of one day as one at the time of its first. */
export function purchasesOf({ bought }: UseFacts): UseEvent[] {
	const joined: { kind: 'bought'; atMs: number; wh: number }[] = [];
	for (const { atMs, energyDeciKwh } of inOrder(bought)) {
		const wh = energyDeciKwh * WH_PER_DECI_KWH;
		const last = joined.at(-1);
		if (last && atMs - last.atMs < ONE_PURCHASE_MS) last.wh += wh;
		else if (wh > 0) joined.push({ kind: 'bought', atMs, wh });
	}
	return joined;
}

/** Readings in their order; of two within an hour the later one. */
export function readingsOf({ readings }: UseFacts): MeterReading[] {
	const ordered = inOrder(readings);
	return ordered.filter(({ atMs }, at) => {
		const next = ordered[at + 1];
		return next === undefined || next.atMs - atMs >= PUTS_RIGHT_MS;
	});
}

/** Wh bought after an instant and not after another. */
export function boughtBetween({ bought }: UseFacts, afterMs: number, untilMs: number): number {
	return bought.reduce(
		(sum, { atMs, energyDeciKwh }) =>
			atMs > afterMs && atMs <= untilMs ? sum + energyDeciKwh * WH_PER_DECI_KWH : sum,
		0,
	);
}

function inOrder<T extends { readonly atMs: number }>(rows: readonly T[]): T[] {
	return [...rows].sort((one, other) => one.atMs - other.atMs);
}
