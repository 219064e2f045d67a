/**
 * `npm run bench -- page`: the consumer's pages as Lighthouse judges them (performance, accessibility, best practices),
 * each as a first visit with nothing kept, on a phone of 360×740 whose processor is four times slower than this
 * machine's, over a slow network; and how soon the app is usable when it starts cold without a network. `--runs 5` of
 * each, `--cold 5` of the starts; 0 leaves a part out. `--link requests` slows requests down instead of octets. Reports and fails nobody, but with `--strict` ends with 1 when
 * something is short of its aim. What a processor does depends on how busy the machine is: before every visit it is
 * measured (Lighthouse's `benchmarkIndex`), and the least beside the best says how much it was disturbed.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { findChromium } from '../chromium.mjs';
import { BROWSER_FLAGS } from './bench-browser.ts';
import { machine } from './measure.ts';
import { PageApp } from './page-app.ts';
import { buy, DEMO_METER } from './page-buyer.ts';
import { COLD_STARTS, coldStarts } from './page-cold-start.ts';
import { processorIndex } from './page-in-browser.ts';
import { PHONE, SLOW, slowOctets, slowRequests, SLOWER, type SlowLink } from './page-phone.ts';
import {
	heading,
	lineOf,
	shortfalls,
	spreadOf,
	WANTED_COLD_MS,
	written,
	type Spread,
} from './page-report.ts';
import { visit, type Visit } from './page-visit.ts';

const FIRST_VISITS = ['/', `/meter/${DEMO_METER}`, '/purchases', '/claim'];
const TOKEN = 'token, app kept';

export async function run(): Promise<void> {
	const { values } = parseArgs({
		options: {
			runs: { type: 'string', default: '5' },
			cold: { type: 'string', default: '5' },
			link: { type: 'string', default: 'octets' },
			strict: { type: 'boolean', default: false },
		},
		strict: false,
		allowPositionals: true,
	});
	const executablePath = findChromium();
	if (executablePath === undefined) throw new Error('no Chromium or Chrome here');
	const app = await PageApp.start();
	const short: string[] = [];
	try {
		const link = values.link === 'requests' ? slowRequests : slowOctets(app.wire);
		const runs = Number(values.runs);
		const cold = Number(values.cold);
		if (runs > 0) short.push(...(await visits(executablePath, app, runs, link)));
		if (cold > 0) short.push(...(await starts(executablePath, app, cold)));
	} finally {
		await app.close();
	}
	console.log(short.length > 0 ? `\n${short.join('\n')}` : '\nNothing is short of its aim.');
	if (values.strict && short.length > 0) process.exitCode = 1;
}

/** @returns what is under its aim */
async function visits(
	executablePath: string,
	app: PageApp,
	runs: number,
	link: SlowLink,
): Promise<string[]> {
	console.log(
		`\nThe consumer’s pages, ${machine()}, load ${loadavg()[0]?.toFixed(1)}\n` +
			`${runs} first visits each, processor ${SLOWER}× slower, ${SLOW.kbitPerSecond} kbit/s, ${SLOW.roundTripMs} ms there and back`,
	);
	const browser = await chromium.launch({
		...{ executablePath, args: [...BROWSER_FLAGS], headless: true },
	});
	try {
		const buyer = await browser.newContext(PHONE);
		const bought = await bookedBy(buyer, app.origin);
		const seen = new Map<string, Visit[]>();
		const indices: number[] = [];
		// Turn by turn, so that what else the machine does meets all alike.
		for (let round = 0; round < runs; round += 1) {
			for (const path of FIRST_VISITS)
				await inNewContext(browser, async (context) => {
					indices.push(await indexIn(context));
					const one = await visit(browser, context, `${app.origin}${path}`, link);
					seen.set(path, [...(seen.get(path) ?? []), one]);
				});
			const token = await visit(browser, buyer, `${app.origin}${bought}`, link);
			seen.set(TOKEN, [...(seen.get(TOKEN) ?? []), token]);
		}
		console.log(heading());
		for (const [route, all] of seen) console.log(lineOf(route, all));
		printProcessor(spreadOf(indices));
		const found = [...seen].flatMap(([route, all]) =>
			all.flatMap((each) => each.found.map((what) => `  ${route}: ${what}`)),
		);
		for (const line of new Set(found)) console.log(line);
		return [...seen].flatMap(([route, all]) => shortfalls(route, all));
	} finally {
		await browser.close();
	}
}

async function bookedBy(buyer: BrowserContext, origin: string): Promise<string> {
	const page = await buyer.newPage();
	const path = await buy(page, origin);
	await page.close();
	return path;
}

async function inNewContext(
	browser: Browser,
	use: (context: BrowserContext) => Promise<void>,
): Promise<void> {
	const context = await browser.newContext(PHONE);
	try {
		await use(context);
	} finally {
		await context.close();
	}
}

async function indexIn(context: BrowserContext): Promise<number> {
	const page = await context.newPage();
	const index = await page.evaluate(processorIndex);
	await page.close();
	return index;
}

function printProcessor({ median, least, most }: Spread): void {
	console.log(
		`Processor’s index ${written({ median, least, most }, 0)}, the least ${(least / most).toFixed(2)}× the best` +
			`, load ${loadavg()[0]?.toFixed(1)}`,
	);
}

/** @returns what is over its aim */
async function starts(executablePath: string, app: PageApp, rounds: number): Promise<string[]> {
	console.log(
		`\nCold start without a network, a new browser each time, processor ${SLOWER}× slower, load ${loadavg()[0]?.toFixed(1)}`,
	);
	const all = await coldStarts(executablePath, app, rounds);
	return Object.keys(COLD_STARTS).flatMap((path) => {
		const own = all.filter((each) => each.path === path);
		const shown = spreadOf(own.map(({ shownMs }) => shownMs));
		const interactive = spreadOf(own.map(({ interactiveMs }) => interactiveMs));
		const ratio = interactive.median / WANTED_COLD_MS;
		console.log(
			`${path.padEnd(24)}shown ${written(shown, 0)} ms  interactive ${written(interactive, 0)} ms` +
				`  ${ratio.toFixed(2)}× the aim of ${WANTED_COLD_MS} ms`,
		);
		return ratio > 1 ? [`${path}: cold start ${interactive.median.toFixed(0)} ms`] : [];
	});
}
