/** One visit to a page on a cheap phone with a slow network, and all that Lighthouse would say about it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { ACCESS_RULES, accessScore } from './page-access.ts';
import {
	countColours,
	lookAtDocument,
	readTimeline,
	runAxe,
	watchPage,
} from './page-in-browser.ts';
import { slowProcessor, SLOWER, type SlowLink } from './page-phone.ts';
import { judgePractices, type Heard } from './page-practices.ts';
import { performanceScore, type Measures } from './page-scores.ts';
import { speedIndex } from './page-speed-index.ts';
import { measuresOf } from './page-timeline.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A page has come to rest when this long hardly anything was on its way. */
const REST_MS = 2_000;
const HARDLY = 2;
const AT_REST_WITHIN_MS = 120_000;

export interface Visit {
	readonly measures: Measures;
	/** From 0 to 100. */
	readonly performance: number;
	readonly access: number;
	readonly practices: number;
	/** What stands in the way of a hundred, but for speed. */
	readonly found: readonly string[];
	/** What the page itself fetched, headers included; what its service worker keeps is not in it. */
	readonly octets: number;
	readonly requests: number;
}

/** @param context what of the app is kept there already, if anything */
export async function visit(
	browser: Browser,
	context: BrowserContext,
	url: string,
	slowLink: SlowLink,
): Promise<Visit> {
	const page = await context.newPage();
	let asItWas = (): void => undefined;
	try {
		const session = await context.newCDPSession(page);
		await session.send('Network.enable');
		const ears = await listen(page, session);
		asItWas = await slowLink(session);
		await slowProcessor(session, SLOWER);
		await session.send('Performance.enable');
		await page.addInitScript(watchPage);
		await browser.startTracing(page, { screenshots: true, categories: ['-*'] });
		await page.goto(url, { timeout: AT_REST_WITHIN_MS });
		await page.getByRole('heading', { level: 1 }).waitFor({ timeout: AT_REST_WITHIN_MS });
		await ears.rest();
		const trace = JSON.parse((await browser.stopTracing()).toString()) as Trace;
		await slowProcessor(session, 1);
		const measures: Measures = {
			...measuresOf(await page.evaluate(readTimeline)),
			si: await speedIndexOf(browser, snapshotsIn(trace, await beginningOf(session))),
		};
		// By way of the debugger: the pages' own policy lets no foreign script in.
		await page.evaluate(AXE);
		const axe = await page.evaluate(runAxe, ACCESS_RULES);
		const practices = judgePractices({
			...ears.heard(),
			...(await page.evaluate(lookAtDocument)),
		});
		return {
			...{ measures, performance: performanceScore(measures) },
			...{ access: accessScore(axe), practices: practices.score },
			found: [...axe.failed.map(({ rule, where }) => `${rule}: ${where}`), ...practices.failed],
			...{ octets: ears.octets(), requests: ears.heard().requests.length },
		};
	} finally {
		asItWas();
		await page.close();
	}
}

/** The part of Chromium's trace that is read here. */
interface Trace {
	readonly traceEvents: readonly {
		readonly name: string;
		/** Microseconds on the browser's own clock. */
		readonly ts: number;
		/** `snapshot`: a JPEG in base64. */
		readonly args: { readonly snapshot?: string };
	}[];
}

interface Snapshot {
	readonly atMs: number;
	readonly jpeg: string;
}

/** When the navigation began, on the browser's own clock, milliseconds. */
async function beginningOf(session: CDPSession): Promise<number> {
	const { metrics } = await session.send('Performance.getMetrics');
	const began = metrics.find(({ name }) => name === 'NavigationStart');
	if (!began) throw new Error('this browser does not say when a navigation began');
	return began.value * 1_000;
}

/** Those since then, in the order of time. */
const snapshotsIn = ({ traceEvents }: Trace, beganMs: number): Snapshot[] =>
	traceEvents
		.filter(({ name }) => name === 'Screenshot')
		.map(({ ts, args }) => ({ atMs: ts / 1_000 - beganMs, jpeg: args.snapshot ?? '' }))
		.filter(({ atMs, jpeg }) => atMs >= 0 && jpeg !== '')
		.sort((one, other) => one.atMs - other.atMs);

async function speedIndexOf(browser: Browser, shots: readonly Snapshot[]): Promise<number> {
	const context = await browser.newContext();
	try {
		const page = await context.newPage();
		const colours = await page.evaluate(
			countColours,
			shots.map(({ jpeg }) => jpeg),
		);
		return speedIndex(shots.map(({ atMs }, at) => ({ atMs, colours: colours[at] ?? [] })));
	} finally {
		await context.close();
	}
}

interface Ears {
	heard(): Heard;
	octets(): number;
	/** Until hardly anything is on its way. @throws {Error} when that does not come */
	rest(): Promise<void>;
}

async function listen(page: Page, session: CDPSession): Promise<Ears> {
	const requests: string[] = [];
	const issues: string[] = [];
	const errors: string[] = [];
	const violations: string[] = [];
	const onTheWay = new Set<string>();
	let [octets, lastMs] = [0, performance.now()];
	page.on('pageerror', ({ message }) => errors.push(message));
	page.on('console', (line) => {
		if (line.type() === 'error') errors.push(line.text());
	});
	session.on('Network.requestWillBeSent', ({ requestId, request }) => {
		requests.push(request.url);
		onTheWay.add(requestId);
		lastMs = performance.now();
	});
	const ended = ({ requestId }: { readonly requestId: string }): void => {
		onTheWay.delete(requestId);
		lastMs = performance.now();
	};
	session.on('Network.loadingFailed', ended);
	session.on('Network.loadingFinished', (finished) => {
		octets += finished.encodedDataLength;
		ended(finished);
	});
	session.on('Audits.issueAdded', ({ issue }) => issues.push(issue.code));
	session.on('Log.entryAdded', ({ entry }) => {
		if (entry.source === 'violation') violations.push(entry.text);
		else if (entry.level === 'error') errors.push(`${entry.text} ${entry.url ?? ''}`);
	});
	await session.send('Audits.enable');
	await session.send('Log.enable');
	await session.send('Log.startViolationsReport', { config: [] });
	return {
		heard: () => ({ requests, issues, errors, violations }),
		octets: () => octets,
		async rest() {
			const deadline = performance.now() + AT_REST_WITHIN_MS;
			while (onTheWay.size > HARDLY || performance.now() - lastMs < REST_MS) {
				if (performance.now() > deadline) throw new Error(`no rest at ${page.url()}`);
				await new Promise((resolve) => setTimeout(resolve, 100));
				// Answered between two tasks of the page: it is no busier than that.
				await page.evaluate(() => undefined);
			}
		},
	};
}
