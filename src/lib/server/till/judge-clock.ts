/** Whether a device's clock is wrong by more than waiting can explain: pure. */
import { serverTimeOf } from '#lib/core/sync/journal-chain.ts';

const DAY_MS = 24 * 60 * 60_000;

/**
 * What it is off by, ms, ahead as more than zero; undefined: nothing to tell. An entry may be as old as the
 * terms let it wait.
 * @param ageMs of the terms; 0: nothing may wait
 */
export function clockError(
	entry: { readonly atMs: number; readonly offsetMs: number | null },
	takenAtMs: number,
	ageMs: number,
): number | undefined {
	const aheadMs = serverTimeOf(entry) - takenAtMs;
	const isWrong = aheadMs > DAY_MS || -aheadMs > Math.max(DAY_MS, ageMs);
	return isWrong ? aheadMs : undefined;
}

/** One alarm about a clock is enough for so long. */
export const CLOCK_ALARM_EVERY_MS = DAY_MS;
