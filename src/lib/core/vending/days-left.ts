/**
 * When a meter's credit is used up, as an estimate: from the last reading of the meter, or else from the
 * purchases, taken to have been made with nothing left. What is bought comes on top. Pure; energy in Wh.
 *
 * Always: the instant follows from the facts and the rate alone, not from when it is asked; credit never goes
 * below nothing; more credit never ends earlier.
 */
import { decideBurnRate, withoutPauses, type BurnRate, type NoRate } from './burn-rate.ts';
import {
	DAY_MS,
	purchasesOf,
	readingsOf,
	type MeterReading,
	type UseEvent,
	type UseFacts,
} from './use-facts.ts';

/** Further ahead nothing is told apart. */
const LONGEST_DAYS = 3_650;

export interface CreditLeft {
	readonly rate: BurnRate;
	/** What the credit is reckoned from. */
	readonly from: 'reading' | 'purchases';
	/** What is on the meter now, by this estimate. */
	readonly creditWh: number;
	readonly emptyAtMs: number;
	/** Whole days until then, rounded down; 0: today, or over already. */
	readonly days: number;
	/** It should have been used up: somebody else bought, or less was used. */
	readonly isOver: boolean;
}

/** Order of what is missing: `decideBurnRate`. */
export function decideCreditLeft(
	facts: UseFacts,
	nowMs: number,
): CreditLeft | { readonly missing: NoRate } {
	const rate = decideBurnRate(facts, nowMs);
	if ('missing' in rate) return rate;
	const reading = readingsOf(facts).findLast(({ atMs }) => atMs <= nowMs);
	const { wh, atMs } = creditAtLast(eventsFrom(facts, reading), rate.whPerDay);
	const lastsMs = Math.min(timeFor(wh, rate.whPerDay), LONGEST_DAYS * DAY_MS);
	const emptyAtMs = atMs + lastsMs;
	const leftMs = Math.max(0, emptyAtMs - nowMs);
	return {
		rate,
		from: reading === undefined ? 'purchases' : 'reading',
		creditWh: Math.min(wh, usedIn(leftMs, rate.whPerDay)),
		emptyAtMs,
		days: Math.floor(leftMs / DAY_MS),
		isOver: emptyAtMs <= nowMs,
	};
}

/** The reading and what was bought since; without one, what was bought since the last long pause. */
function eventsFrom(facts: UseFacts, reading: MeterReading | undefined): UseEvent[] {
	if (reading === undefined) return withoutPauses(purchasesOf(facts));
	const later = facts.bought.filter(({ atMs }) => atMs > reading.atMs);
	const read: UseEvent = { kind: 'read', atMs: reading.atMs, wh: reading.creditWh };
	return [read, ...purchasesOf({ bought: later, readings: [] })];
}

/** What is there right after the last event. @param events one or more, in their order */
function creditAtLast(
	events: readonly UseEvent[],
	whPerDay: number,
): { readonly wh: number; readonly atMs: number } {
	let wh = 0;
	let atMs = events[0]?.atMs ?? 0;
	for (const event of events) {
		wh = Math.max(0, wh - usedIn(event.atMs - atMs, whPerDay)) + event.wh;
		atMs = event.atMs;
	}
	return { wh, atMs };
}

const usedIn = (ms: number, whPerDay: number): number =>
	Number((BigInt(ms) * BigInt(whPerDay)) / BigInt(DAY_MS));

const timeFor = (wh: number, whPerDay: number): number =>
	Number((BigInt(wh) * BigInt(DAY_MS)) / BigInt(whPerDay));
