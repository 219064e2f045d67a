/**
 * A cold start without a network: the app is kept from a visit before, its service is gone, and a browser process that
 * never ran opens it on a phone that is four times slower.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { BROWSER_FLAGS } from './bench-browser.ts';
import type { PageApp } from './page-app.ts';
import { buy, untilKept } from './page-buyer.ts';
import { watchColdStart, type Awaited, type ColdTimes } from './page-in-browser.ts';
import { PHONE, slowProcessor, SLOWER } from './page-phone.ts';

/** Where somebody begins, and what they wait for beside the heading. */
export const COLD_STARTS: Readonly<Record<string, Awaited>> = {
	'/': { element: '#meter-number', typed: { text: '1', answer: en.topUp.soFar('1') } },
	'/purchases': { element: 'main a[href^="/purchases/"]' },
};

/** Without a task of more than 50 ms: then the one before it was the last. */
const QUIET_MS = 5_000;

export interface ColdStart {
	readonly path: string;
	/** What is waited for is on the screen, milliseconds from the start of the navigation. */
	readonly shownMs: number;
	/** It also answers to what is typed, and nothing holds the page up any more. */
	readonly interactiveMs: number;
}

/** @returns one for each path and round; the app is away afterwards */
export async function coldStarts(
	executablePath: string,
	app: PageApp,
	rounds: number,
): Promise<ColdStart[]> {
	const profile = mkdtempSync(join(tmpdir(), 'tokenline-bench-profile-'));
	const open = (): Promise<BrowserContext> =>
		chromium.launchPersistentContext(profile, {
			...{ executablePath, args: [...BROWSER_FLAGS], headless: true, ...PHONE },
		});
	try {
		const before = await open();
		const page = await before.newPage();
		await page.goto(app.origin);
		await untilKept(page);
		await buy(page, app.origin);
		await before.close();
		await app.goAway();
		const starts: ColdStart[] = [];
		for (let round = 0; round < rounds; round += 1)
			for (const [path, awaited] of Object.entries(COLD_STARTS)) {
				const context = await open();
				try {
					starts.push({ path, ...(await coldStart(context, `${app.origin}${path}`, awaited)) });
				} finally {
					await context.close();
				}
			}
		return starts;
	} finally {
		rmSync(profile, { recursive: true, force: true });
	}
}

async function coldStart(
	context: BrowserContext,
	url: string,
	awaited: Awaited,
): Promise<Omit<ColdStart, 'path'>> {
	await context.addInitScript(watchColdStart, awaited);
	const page = await context.newPage();
	await slowProcessor(await context.newCDPSession(page), SLOWER);
	await page.goto(url);
	const times = await page.waitForFunction((quietMs) => {
		const { coldTimes } = globalThis as unknown as { coldTimes: ColdTimes };
		const { answeredMs, busyUntilMs } = coldTimes;
		const isQuiet = performance.now() - Math.max(answeredMs, busyUntilMs) > quietMs;
		return answeredMs > 0 && isQuiet && coldTimes;
	}, QUIET_MS);
	const { shownMs, answeredMs, busyUntilMs } = (await times.jsonValue()) as ColdTimes;
	if (awaited.typed) {
		// What was typed by a script is one thing; a key of the keyboard has to be heard too.
		await page.locator(awaited.element).press('End');
		await page.keyboard.press('2');
		await page.getByText(en.topUp.soFar('2')).waitFor();
	}
	return { shownMs, interactiveMs: Math.max(answeredMs, busyUntilMs) };
}
