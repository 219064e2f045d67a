/**
 * Which meters sealed tokens are made for: whether a meter is a regular, asked by the device before it wishes and
 * by the backend before it makes one; and what a device should wish for. Pure. Money in minor units, instants in
 * epoch milliseconds.
 */
import type { ReserveTerms } from './offline-terms.ts';

/** A meter is a regular of whoever sold to it at least so often within the window. */
export const REGULAR_SALES = 2;
export const REGULAR_WINDOW_MS = 60 * 24 * 60 * 60_000;

/** How many sealed tokens are wished for in one request. */
export const MOST_RESERVE_WISHES = 50;

/** @param soldAtMs when the meter was sold to, in any order, also before the window */
export function isRegular(soldAtMs: readonly number[], nowMs: number): boolean {
	return soldAtMs.filter((atMs) => isRecent(atMs, nowMs)).length >= REGULAR_SALES;
}

function isRecent(atMs: number, nowMs: number): boolean {
	return atMs > nowMs - REGULAR_WINDOW_MS;
}

/** A meter that was sold to from here, and what for. */
export interface RegularMeter {
	readonly drn: string;
	readonly sales: readonly { readonly amountMinor: number; readonly atMs: number }[];
}

/** A sealed token that is out: also one that has run out and whose end the backend has not heard. */
export interface HeldReserve {
	readonly drn: string;
	readonly denominationMinor: number;
}

/**
 * Whether a token may be in the making, or be made, behind a wish that was answered so: its float is held then, and
 * it is asked for again under its own id. Everything else the backend says after it looked for the id: there is
 * nothing of it, or it came to nothing and its float is back. @param status of the problem document
 */
export function isWishOpen({ status }: { readonly status: number }): boolean {
	return status >= 500;
}

export interface ReserveWish {
	readonly drn: string;
	readonly denominationMinor: number;
}

/**
 * One token for each regular meter that has none, those sold to most often first, as far as count and sum go.
 * Each is of the largest denomination that is left to it and not above what its customer usually pays: who
 * pays less than the smallest gets none. At most `MOST_RESERVE_WISHES`.
 * @param terms null: switched off, nothing is wished for
 */
export function planReserve(
	regulars: readonly RegularMeter[],
	held: readonly HeldReserve[],
	terms: ReserveTerms | null,
	nowMs: number,
): ReserveWish[] {
	if (terms === null) return [];
	const isHeld = new Set(held.map(({ drn }) => drn));
	let restMinor = terms.sumMinor - held.reduce((sum, each) => sum + each.denominationMinor, 0);
	const most = Math.min(terms.count - held.length, MOST_RESERVE_WISHES);
	const wishes: ReserveWish[] = [];
	for (const { drn, usualMinor } of ranked(regulars, nowMs)) {
		if (wishes.length >= most) break;
		if (isHeld.has(drn)) continue;
		const limitMinor = Math.min(usualMinor, restMinor);
		const fitting = terms.denominationsMinor.filter((each) => each <= limitMinor);
		if (fitting.length === 0) continue;
		const denominationMinor = Math.max(...fitting);
		wishes.push({ drn, denominationMinor });
		restMinor -= denominationMinor;
	}
	return wishes;
}

/** The regulars, the most frequent first, then whoever came last. */
function ranked(regulars: readonly RegularMeter[], nowMs: number) {
	return regulars
		.map(({ drn, sales }) => ({ drn, recent: sales.filter(({ atMs }) => isRecent(atMs, nowMs)) }))
		.filter(({ recent }) => recent.length >= REGULAR_SALES)
		.map(({ drn, recent }) => ({
			drn,
			times: recent.length,
			lastMs: Math.max(...recent.map(({ atMs }) => atMs)),
			usualMinor: lowerMedian(recent.map(({ amountMinor }) => amountMinor)),
		}))
		.sort(
			(one, other) =>
				other.times - one.times ||
				other.lastMs - one.lastMs ||
				(one.drn < other.drn ? -1 : Number(one.drn > other.drn)),
		);
}

/** Of an even number the lower of the two in the middle. */
function lowerMedian(amounts: readonly number[]): number {
	const rising = [...amounts].sort((one, other) => one - other);
	return rising[Math.floor((rising.length - 1) / 2)] ?? 0;
}
