/**
 * Tasks that keep a page from answering, by the time that the processor worked on each: on a busy machine a short
 * one takes long by the clock on the wall.
 */
import type { Page } from 'playwright-core';

/** Of the processor, as browsers count a task as long. */
const LONG_MS = 50;
/** Names the page's own thread among those that are noted. */
const MARK = 'own-thread';

/** One event of a trace, as Chromium writes it. */
interface TraceEvent {
	readonly name: string;
	readonly pid: number;
	readonly tid: number;
	/** Processor's time, in microseconds. */
	readonly tdur?: number;
}

/** @returns the page's long tasks while the work was done, each in milliseconds */
export async function longTasksDuring(page: Page, work: () => Promise<unknown>): Promise<number[]> {
	const session = await page.context().newCDPSession(page);
	const events: TraceEvent[] = [];
	session.on('Tracing.dataCollected', ({ value }) =>
		events.push(...(value as unknown as TraceEvent[])),
	);
	const isWhole = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
	const includedCategories = ['disabled-by-default-devtools.timeline', 'blink.user_timing'];
	await session.send('Tracing.start', {
		transferMode: 'ReportEvents',
		traceConfig: { includedCategories },
	});
	await page.evaluate((mark) => void performance.mark(mark), MARK);
	await work();
	// A task is noted when it ends, which the one that has just answered may not have done.
	await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
	await session.send('Tracing.end');
	await isWhole;
	await session.detach();
	return longOf(events);
}

function longOf(events: readonly TraceEvent[]): number[] {
	const own = events.find(({ name }) => name === MARK);
	if (!own) throw new Error('nothing of the page was noted');
	return events
		.filter(({ name, pid, tid }) => name === 'RunTask' && pid === own.pid && tid === own.tid)
		.map(({ tdur = 0 }) => Math.round(tdur / 1000))
		.filter((tookMs) => tookMs > LONG_MS);
}
