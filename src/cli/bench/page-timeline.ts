/** From what a page's own observers saw to what it is judged by: first and largest paint, what blocked, what moved. */
import type { Measures } from './page-scores.ts';

/** All times in milliseconds from the start of the navigation, each list in the order of time. */
export interface Timeline {
	/** Text or picture was painted first. */
	readonly firstPaintMs: number;
	/** Paints each larger than the one before. */
	readonly largestPaintsMs: readonly number[];
	/** Tasks of more than 50 ms. */
	readonly tasks: readonly Task[];
	readonly shifts: readonly Shift[];
}

export interface Task {
	readonly atMs: number;
	readonly tookMs: number;
}

export interface Shift {
	readonly atMs: number;
	/** Share of the screen that moved times how far. */
	readonly score: number;
}

const LONG_MS = 50;

/** @throws {Error} when nothing was painted */
export function measuresOf(timeline: Timeline): Omit<Measures, 'si'> {
	const { firstPaintMs, largestPaintsMs, tasks, shifts } = timeline;
	const lcp = largestPaintsMs.at(-1);
	if (lcp === undefined) throw new Error('nothing was painted');
	return {
		...{ fcp: firstPaintMs, lcp },
		tbt: blockedAfter(firstPaintMs, tasks),
		cls: worstShifting(shifts),
	};
}

/** Of every task after the first paint what is beyond 50 ms; one that was running then counts from there. */
function blockedAfter(firstPaintMs: number, tasks: readonly Task[]): number {
	return tasks
		.map(({ atMs, tookMs }) => atMs + tookMs - Math.max(atMs, firstPaintMs))
		.reduce((sum, tookMs) => sum + Math.max(0, tookMs - LONG_MS), 0);
}

const WINDOW_MS = 5_000;
const GAP_MS = 1_000;

/** The worst window of at most five seconds without a second of rest: "Cumulative Layout Shift", web.dev/articles/cls. */
function worstShifting(shifts: readonly Shift[]): number {
	let [beganMs, lastMs, sum, worst] = [-Infinity, -Infinity, 0, 0];
	for (const { atMs, score } of shifts) {
		if (atMs - beganMs > WINDOW_MS || atMs - lastMs > GAP_MS) [beganMs, sum] = [atMs, 0];
		lastMs = atMs;
		sum += score;
		worst = Math.max(worst, sum);
	}
	return worst;
}
