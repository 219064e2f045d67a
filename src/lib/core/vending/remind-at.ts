/** When a person is told that credit runs low: in the morning of the day, not in the night. */
import { civilDateOf, startOfDay } from '#lib/core/units/instant.ts';
import { DAY_MS } from './use-facts.ts';

/** Nine hours after the civil day began. */
const MORNING_MS = 9 * 60 * 60_000;

/** @param days how many before the credit is used up, by estimate @throws {RangeError} slip: unknown zone */
export function remindAt(emptyAtMs: number, days: number, timeZone: string): number {
	const day = civilDateOf(emptyAtMs - days * DAY_MS, timeZone);
	return startOfDay(day, timeZone) + MORNING_MS;
}
